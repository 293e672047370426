import stringWidth from 'string-width'
import type { Locale } from '../text.ts'
import { say } from '../text.ts'
import type { Shape } from './answer-shape.ts'
import { cut, shortenPath, widthOfName, wrap } from './fit-text.ts'
import { type Column, gap, narrowColumns } from './narrow-columns.ts'
import { isEmpty, showOf } from './render-value.ts'

export type Rows = readonly Readonly<Record<string, unknown>>[]

/** One column of a table: where its values are and how they read. */
export interface Heading {
  readonly name: string
  readonly shape: Shape
  readonly read: (row: Readonly<Record<string, unknown>>) => unknown
}

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
  return narrowColumns(columns, width) ? renderGrid(columns) : renderBlocks(columns, rows.length, locale)
}

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
