import stringWidth from 'string-width'
import { type Locale, say, type Text } from '../text.ts'

export interface Heading {
  readonly name: string
  readonly label: string
  /** `share` of 1 is written as a percentage, `ratio` to 1 as a change, `minutes` without decimals. */
  readonly unit?: string | undefined
}

type Rows = readonly Readonly<Record<string, unknown>>[]

const widestCell = 48
const leastCell = 16
const gap = 2

/** Rows as aligned text: numbers to the right, columns that are empty throughout left out, text cut to fit `width`. */
export function renderTable(headings: readonly Heading[], rows: Rows, locale: Locale, width = Infinity): string {
  const shown = headings.filter(({ name }) => rows.some((row) => !isEmpty(row[name])))
  const columns = shown.map((heading) => {
    const values = rows.map((row) => row[heading.name])
    const number = numberFormat(
      values.filter((value) => typeof value === 'number'),
      heading.unit,
      locale,
    )
    const cells = values.map((value) => show(value, number, locale))
    const isNumber = values.some((value) => typeof value === 'number')
    const natural = Math.max(stringWidth(heading.label), ...cells.map((cell) => stringWidth(cell)))
    return { label: heading.label, cells, isNumber, width: isNumber ? natural : Math.min(natural, widestCell) }
  })
  shrink(columns, width)
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => {
        const column = columns[index]
        return column ? pad(cut(cell, column.width), column.width, column.isNumber) : cell
      })
      .join(' '.repeat(gap))
      .trimEnd()
  return [
    line(columns.map(({ label }) => label)),
    line(columns.map((column) => '─'.repeat(column.width))),
    ...rows.map((_, index) => line(columns.map(({ cells }) => cells[index] ?? ''))),
  ].join('\n')
}

/** Narrows the widest columns of text, one after another, until the table fits or none can give way. */
function shrink(columns: { isNumber: boolean; width: number }[], width: number): void {
  const total = () => columns.reduce((sum, column) => sum + column.width + gap, -gap)
  while (total() > width) {
    const [widest] = columns.filter((column) => !column.isNumber).sort((a, b) => b.width - a.width)
    if (!widest || widest.width <= leastCell) return
    widest.width--
  }
}

function pad(cell: string, width: number, toTheRight: boolean): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(cell)))
  return toTheRight ? space + cell : cell + space
}

function cut(cell: string, width: number): string {
  if (stringWidth(cell) <= width) return cell
  let kept = ''
  for (const character of cell) {
    if (stringWidth(kept + character) >= width) break
    kept += character
  }
  return `${kept}…`
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0)
}

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && 'en' in value && 'zh' in value
}

/** One format for a column, so that its decimals stand below one another. */
function numberFormat(values: readonly number[], unit: string | undefined, locale: Locale): (value: number) => string {
  if (unit === 'share') {
    const share = new Intl.NumberFormat(locale, {
      style: 'percent',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    })
    return (value) => share.format(value)
  }
  if (unit === 'ratio') {
    const change = new Intl.NumberFormat(locale, {
      style: 'percent',
      maximumFractionDigits: 0,
      signDisplay: 'exceptZero',
    })
    return (value) => change.format(value - 1)
  }
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const isWhole = unit === 'minutes' || values.every((value) => Number.isInteger(value))
  const most = isWhole ? 0 : largest < 10 ? 3 : 1
  const isExact = (digits: number) =>
    values.every((value) => Number(value.toFixed(digits)) === Number(value.toFixed(most)))
  const digits = [0, 1, 2].find((few) => few < most && isExact(few)) ?? most
  const { format } = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: largest >= 10_000,
  })
  return format
}

function show(value: unknown, number: (value: number) => string, locale: Locale): string {
  if (isEmpty(value)) return '–'
  if (typeof value === 'number') return number(value)
  if (typeof value === 'boolean') return say(value ? { en: 'yes', zh: '是' } : { en: 'no', zh: '否' }, locale)
  if (Array.isArray(value)) return value.map((item) => showItem(item, number, locale)).join('; ')
  if (isText(value)) return say(value, locale)
  if (typeof value === 'object') {
    return Object.entries(value ?? {})
      .map(([name, item]) => `${name} ${show(item, number, locale)}`)
      .join(', ')
  }
  return String(value).replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
}

/** An item of a list: of a thing with parts its parts, without their names. */
function showItem(item: unknown, number: (value: number) => string, locale: Locale): string {
  if (typeof item !== 'object' || item === null || isText(item)) return show(item, number, locale)
  return Object.values(item)
    .map((part) => show(part, number, locale))
    .join(' ')
}

/** One value as text. */
export function showValue(value: unknown, locale: Locale): string {
  return show(value, numberFormat([], undefined, locale), locale)
}
