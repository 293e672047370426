import stringWidth from 'string-width'
import { type Locale, say, type Text } from '../text.ts'

export interface Heading {
  readonly name: string
  readonly label: string
}

const widestCell = 48

/** Rows as aligned text: numbers to the right, long text cut, wide characters counted as two. */
export function renderTable(
  headings: readonly Heading[],
  rows: readonly Readonly<Record<string, unknown>>[],
  locale: Locale,
): string {
  const cells = rows.map((row) => headings.map(({ name }) => cut(show(row[name], locale))))
  const isNumber = headings.map(({ name }) => rows.some((row) => typeof row[name] === 'number'))
  const widths = headings.map(({ label }, index) =>
    Math.max(stringWidth(label), ...cells.map((row) => stringWidth(row[index] ?? ''))),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0, isNumber[index] ?? false))
      .join('  ')
      .trimEnd()
  return [
    line(headings.map(({ label }) => label)),
    line(widths.map((width) => '─'.repeat(width))),
    ...cells.map(line),
  ].join('\n')
}

function pad(cell: string, width: number, toTheRight: boolean): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(cell)))
  return toTheRight ? space + cell : cell + space
}

function cut(cell: string): string {
  if (stringWidth(cell) <= widestCell) return cell
  let kept = ''
  for (const character of cell) {
    if (stringWidth(kept + character) >= widestCell) break
    kept += character
  }
  return `${kept}…`
}

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && 'en' in value && 'zh' in value
}

function show(value: unknown, locale: Locale): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'number') {
    return new Intl.NumberFormat(locale, {
      maximumFractionDigits: Math.abs(value) < 10 ? 3 : 1,
      useGrouping: value >= 10_000 ? 'always' : false,
    }).format(value)
  }
  if (Array.isArray(value)) return value.map((item) => show(item, locale)).join('; ')
  if (isText(value)) return say(value, locale)
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, item]) => `${name} ${show(item, locale)}`)
      .join(', ')
  }
  return String(value).replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
}
