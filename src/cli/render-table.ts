import stringWidth from 'string-width'
import type { Locale } from '../text.ts'
import { say } from '../text.ts'
import type { Shape } from './answer-shape.ts'
import { cut, longestPiece, shortenPath, widthOfName, wrap } from './fit-text.ts'
import { isEmpty, showOf } from './render-value.ts'

export type Rows = readonly Readonly<Record<string, unknown>>[]

/** One column of a table: where its values are and how they read. */
export interface Heading {
  readonly name: string
  readonly shape: Shape
  readonly read: (row: Readonly<Record<string, unknown>>) => unknown
}

interface Column {
  readonly label: string
  readonly cells: readonly string[]
  readonly isNumber: boolean
  readonly as: Shape['as']
  /** The narrowest that its values need whole. */
  readonly content: number
  /** The same, where paths lose their folders. */
  readonly names: number
  width: number
}

const gap = 2
const comfortable = 16
const least = 8
const shortest = 6

/**
 * Rows as aligned text: numbers to the right, columns that are empty throughout left out. Where `width` is too small,
 * headings break, then texts give way; where that does not help, each row becomes a block of lines.
 */
export function renderTable(headings: readonly Heading[], rows: Rows, locale: Locale, width = Infinity): string {
  const columns = headings.flatMap(({ name, shape, read }): Column[] => {
    const values = rows.map(read)
    if (values.every(isEmpty)) return []
    const cells = values.map(showOf(shape, values, locale))
    const label = say(shape.label ?? { en: name, zh: name }, locale)
    const lines = cells.flatMap((cell) => cell.split('\n'))
    const content = Math.max(...lines.map((line) => stringWidth(line)))
    const names = shape.as === 'path' ? Math.max(...lines.map(widthOfName)) : 0
    const isNumber = values.some((value) => typeof value === 'number')
    return [{ label, cells, isNumber, as: shape.as, content, names, width: Math.max(stringWidth(label), content) }]
  })
  return narrowTo(columns, width) ? renderGrid(columns) : renderBlocks(columns, rows.length, locale)
}

/**
 * Narrows columns until they fit side by side; false where they cannot. First headings break, then paths lose their
 * folders, other texts are cut, then prose takes more lines (each column its share of them).
 */
function narrowTo(columns: readonly Column[], width: number): boolean {
  const excess = () => columns.reduce((sum, column) => sum + column.width + gap, -gap) - width
  const narrow = (
    chosen: readonly Column[],
    leastOf: (column: Column) => number,
    sizeOf: (column: Column) => number = (column) => column.width,
  ) => {
    while (excess() > 0) {
      const able = chosen.filter((column) => column.width > leastOf(column))
      const [widest] = able.sort((a, b) => sizeOf(b) - sizeOf(a))
      if (!widest) return
      widest.width--
    }
  }
  const texts = columns.filter(({ isNumber }) => !isNumber)
  const prose = texts.filter((column) => column.as === 'prose')
  narrow(columns, (column) => Math.max(column.content, leastHeading(column)))
  narrow(
    texts.filter((column) => column.as === 'path'),
    ({ names }) => Math.max(names, comfortable),
  )
  narrow(
    texts.filter((column) => column.as === undefined),
    () => comfortable,
  )
  narrow(
    prose,
    ({ cells }) => Math.max(least, ...cells.map(longestPiece)),
    (column) => column.width / column.content,
  )
  narrow(texts, ({ names }) => Math.max(names, comfortable))
  narrow(columns, ({ isNumber, content }) => (isNumber ? Math.max(content, shortest) : least))
  return excess() <= 0
}

const leastHeading = ({ label }: Column) => Math.max(longestPiece(label), Math.min(stringWidth(label), least))

function renderGrid(columns: readonly Column[]): string {
  const headings = columns.map(({ label, width }) => wrap(label, width))
  const height = Math.max(...headings.map((lines) => lines.length))
  const top = headings.map((lines) => [...Array<string>(height - lines.length).fill(''), ...lines])
  const rule = columns.map((column) => ['─'.repeat(column.width)])
  const body = columns[0]?.cells.map((_, row) => columns.map((column) => cellLines(column, column.cells[row] ?? '')))
  return [top, rule, ...(body ?? [])].map((row) => sideBySide(row, columns)).join('\n')
}

function cellLines({ as, width, isNumber }: Column, cell: string): string[] {
  if (isNumber) return [cell]
  if (as === 'prose') return wrap(cell, width)
  if (as === 'path') return cell.split('\n').map((path) => shortenPath(path, width))
  return [cut(cell, width)]
}

/** The cells of one row, each of one or more lines, beside one another. */
function sideBySide(cells: readonly (readonly string[])[], columns: readonly Column[]): string {
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) =>
    columns
      .map((column, index) => pad(cells[index]?.[line] ?? '', column))
      .join(' '.repeat(gap))
      .trimEnd(),
  ).join('\n')
}

function pad(text: string, { width, isNumber }: Pick<Column, 'width' | 'isNumber'>): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return isNumber ? space + text : text + space
}

/** Each row as a line for each of its values. */
function renderBlocks(columns: readonly Column[], rows: number, locale: Locale): string {
  const width = Math.max(...columns.map(({ label }) => stringWidth(label)))
  return Array.from({ length: rows }, (_, row) =>
    columns
      .flatMap(({ label, cells }) => {
        const cell = cells[row] ?? ''
        const shown = cell.replaceAll('\n', locale === 'zh-CN' ? '；' : '; ')
        return shown === '–' ? [] : [`${pad(label, { width, isNumber: false })}  ${shown}`]
      })
      .join('\n'),
  ).join('\n\n')
}
