import stringWidth from 'string-width'
import type { Shape } from './answer-shape.ts'
import { longestPiece } from './fit-text.ts'

/** One column of a table, as far as its width goes. */
export interface Column {
  readonly label: string
  readonly cells: readonly string[]
  readonly isNumber: boolean
  readonly as: Shape['as']
  /** What its values need whole. */
  readonly content: number
  /** The same, where paths lose their folders. */
  readonly names: number
  width: number
}

/** Blanks between two columns. */
export const gap = 2

interface Stage {
  readonly gives: (column: Column) => boolean
  readonly least: (column: Column) => number
  /** Of two columns that can give, the larger does; the wider unless set. */
  readonly size?: (column: Column) => number
}

const is = (...kinds: readonly Shape['as'][]) => {
  return (column: Column) => !column.isNumber && kinds.includes(column.as)
}

/** What gives way, in this order. */
const stages: readonly Stage[] = [
  { gives: () => true, least: (column) => Math.max(column.content, leastHeading(column)) },
  { gives: is('path'), least: ({ names }) => Math.max(names, 16) },
  { gives: is(undefined), least: () => 16 },
  {
    gives: is('prose'),
    least: ({ cells }) => Math.max(8, ...cells.map(longestPiece)),
    size: ({ width, content }) => width / content,
  },
  { gives: is('code', undefined), least: () => 12 },
  { gives: is('path', 'code', undefined), least: () => 8 },
  { gives: () => true, least: ({ isNumber, content }) => (isNumber ? Math.max(content, 6) : 8) },
]

/** Narrows columns until they fit side by side; false where they cannot. */
export function narrowColumns(columns: readonly Column[], width: number): boolean {
  const excess = () => columns.reduce((sum, column) => sum + column.width + gap, -gap) - width
  for (const { gives, least, size = (column: Column) => column.width } of stages) {
    const chosen = columns.filter(gives)
    while (excess() > 0) {
      const able = chosen.filter((column) => column.width > least(column))
      const [first] = able.sort((left, right) => size(right) - size(left))
      if (!first) break
      first.width--
    }
  }
  return excess() <= 0
}

/** Headings break between words, Chinese ones not before they are four characters short. */
function leastHeading({ label }: Column): number {
  return /\p{Script=Han}/u.test(label) ? Math.min(stringWidth(label), 8) : longestPiece(label)
}
