import type { Question } from '../question.ts'
import { type Locale, say, type Text } from '../text.ts'
import { type Shape, shapeOf, undeclared } from './answer-shape.ts'
import { wrapWords } from './fit-text.ts'
import { type Heading, type Rows, renderTable } from './render-table.ts'
import { isEmpty, showOf } from './render-value.ts'

type Item = Readonly<Record<string, unknown>>

interface Page {
  readonly locale: Locale
  readonly width: number | undefined
}

/**
 * All that an answer holds for a person, in the order of its declaration: single values as lines, lists of records as
 * tables, its notes last.
 */
export function renderAnswer({ result }: Pick<Question, 'result'>, answer: unknown, page: Page): string {
  const { notes = [], ...parts } = answer as Item & { notes?: readonly Text[] }
  const { properties } = shapeOf(result)
  const shown = Object.keys(properties).flatMap((name) => {
    const shape = properties[name]
    const value = parts[name]
    return !shape || name === 'notes' || shape.isDetail || isEmpty(value) ? [] : [{ name, shape, value }]
  })
  const lists = shown.filter(({ shape }) => isListOfRecords(shape))
  const lines = shown.filter(({ shape }) => !isListOfRecords(shape))
  const sections = [
    lines.map(({ name, shape, value }) => renderLine(name, shape, value, page)).join('\n'),
    ...lists.flatMap(({ shape, value }) => renderList(shape, value as Rows, lists.length > 1, page)),
    notes
      .flatMap((note) => say(note, page.locale).split('\n'))
      .flatMap((line) => wrapWords(line, page.width ?? Infinity))
      .join('\n'),
  ].filter((section) => section !== '')
  return sections.length === 0 ? '' : `${sections.join('\n\n')}\n`
}

const isListOfRecords = ({ item }: Shape) => item?.kind === 'record' || item?.kind === 'map'

function renderLine(name: string, shape: Shape, value: unknown, { locale, width = Infinity }: Page): string {
  const label = say(shape.title ?? { en: name, zh: name }, locale)
  const line = `${label}${say({ en: ': ', zh: '：' }, locale)}${showOf(shape, [value], locale)(value)}`
  return shape.kind === 'value' ? line : wrapWords(line, width).join('\n')
}

/** A table; one for each record where these hold `rows` of their own. */
function renderList(shape: Shape, all: Rows, isTitled: boolean, page: Page): string[] {
  const rows = all.filter((row) => !Object.entries(shape.except).some(([name, value]) => row[name] === value))
  if (rows.length === 0) return []
  const title = isTitled && shape.title ? say(shape.title, page.locale) : undefined
  const inner = shape.item?.properties.rows
  if (inner?.kind !== 'list') return [titled(title, renderRows(shape, rows, page))]
  return rows.map(({ rows: own, ...about }) => {
    const parts = Object.entries(about).flatMap(([name, part]) =>
      isEmpty(part) || shape.item?.properties[name]?.isDetail ? [] : [part],
    )
    const colon = say({ en: ': ', zh: '：' }, page.locale)
    return titled([title, parts.join(' · ')].filter(Boolean).join(colon), renderRows(inner, own as Rows, page))
  })
}

const titled = (title: string | undefined, table: string) => (title ? `${title}\n${table}` : table)

function renderRows(shape: Shape, rows: Rows, { locale, width }: Page): string {
  const shown = rows.slice(0, shape.most)
  const names = shape.item?.kind === 'map' ? Object.keys(rows[0] ?? {}) : []
  const headings =
    names.length > 0
      ? names.map((name): Heading => ({ name, shape: undeclared(name), read: (row) => row[name] }))
      : headingsOf(shape.item?.properties ?? {})
  const table = renderTable(headings, shown, locale, width)
  const left = rows.length - shown.length
  const more = { en: `… ${left} more with --json`, zh: `… 另有 ${left} 行，见 --json` }
  return left > 0 ? `${table}\n${say(more, locale)}` : table
}

/** The columns of records; a record within a record gives its columns to the table. */
function headingsOf(
  properties: Shape['properties'],
  inside: (row: Item) => Item | null | undefined = (row) => row,
): Heading[] {
  return Object.entries(properties).flatMap(([name, shape]): Heading[] => {
    if (shape.isDetail) return []
    const read = (row: Item) => inside(row)?.[name]
    if (shape.kind === 'record') return headingsOf(shape.properties, (row) => read(row) as Item | null | undefined)
    return [{ name, shape, read }]
  })
}
