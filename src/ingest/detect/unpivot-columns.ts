import { basename } from 'node:path'
import type { ColumnSettings } from '../../project/settings.ts'
import type { Text } from '../../text.ts'
import { fieldsOf, type Reading } from './assign-fields.ts'
import { matchMeasure } from './dictionary/look-up.ts'
import { type Draft, markUnpivoted } from './draft.ts'
import { holdsRanks, matchHeaders, type WideTable } from './find-wide-columns.ts'
import { mapColumn, readColumns, type SampleColumn } from './map-column.ts'
import { nameSource } from './name-source.ts'
import { compactHeader, parseHeader } from './parse-header.ts'
import { territoryPattern } from './territory-columns.ts'

const text = (en: string, zh: string): Text => ({ en, zh })

/** A rating written with its share, as in 4.3/12; a bare number in such a column is a cell that slipped. */
const ratingOfShare = '^\\s*([\\d.]+)\\s*/\\s*[\\d.]+\\s*$'
const shareOfRating = '^\\s*[\\d.]+\\s*/\\s*([\\d.]+)\\s*$'

function valueShape(column: SampleColumn, measure = 'rating'): ColumnSettings {
  if (column.profile.slashed > 0.2) return { extract: measure === 'share' ? shareOfRating : ratingOfShare }
  const { from: _, ...shape } = mapColumn(
    { name: 'value', type: 'number', label: text('Value', '数值') },
    column,
    {},
  ).settings
  return shape
}

const measureOrder = ['rating', 'hours_viewed', 'viewers', 'views', 'heat', 'grp', 'share', 'reach', 'loyalty', 'rank']

/** The measures of a sample, the share that stands behind each rating among them, and the likeliest first. */
function listMeasures(reading: Reading): Reading['measures'] {
  const shares = reading.measures
    .filter(({ measure, column }) => measure === 'rating' && column.profile.slashed > 0.2)
    .map(({ column }) => ({ measure: 'share', column }))
  return [...reading.measures, ...shares].sort(
    (a, b) =>
      measureOrder.indexOf(a.measure) - measureOrder.indexOf(b.measure) || (a.column.header < b.column.header ? -1 : 1),
  )
}

/** Reads the measures of a panel: alike ones as rows of one source, else the one that is `wanted` or the likeliest. */
export function applyMeasures(draft: Draft, reading: Reading, wanted: string | undefined): void {
  const listed = listMeasures(reading)
  const found = listed.filter((entry, index) => listed.findIndex(({ measure }) => measure === entry.measure) === index)
  const first = found.find(({ measure }) => measure === wanted) ?? found[0]
  if (first === undefined) return
  const shape = valueShape(first.column, first.measure)
  const alike =
    wanted === undefined
      ? found.filter(({ column, measure }) => JSON.stringify(valueShape(column, measure)) === JSON.stringify(shape))
      : [first]
  if (alike.length > 1) {
    const columns = alike.map((entry) => entry.column)
    draft.unpivot = { columns: matchHeaders(columns.map((column) => column.header)), key: 'measure', value: 'value' }
    draft.columns.measure = { from: 'measure' }
    draft.columns.value = { from: 'value', ...shape }
    markUnpivoted(
      draft,
      columns,
      'value',
      text('one of several measures: its header becomes the measure', '多个指标之一：列名成为指标名'),
    )
  } else {
    draft.columns.measure = { value: first.measure }
    draft.columns.value = { from: first.column.header, ...shape }
    const reason = text(`the header names the measure ${first.measure}`, `列名表示指标 ${first.measure}`)
    draft.proposed.set(first.column, { header: first.column.header, field: 'value', reason, confidence: 0.9 })
  }
  if (wanted === undefined) {
    draft.otherMeasures.push(...found.filter((entry) => !alike.includes(entry)).map(({ measure }) => measure))
  }
  for (const { column, measure } of listed) {
    if (draft.proposed.has(column)) continue
    const isKept = found.some((entry) => entry.column === column)
    const reason = isKept
      ? text(
          `a measure (${measure}) written differently: a source of its own reads it`,
          `写法不同的指标（${measure}）：由单独的来源读取`,
        )
      : text(`another column of ${measure}; the first one is read`, `另一列 ${measure}；只读取第一列`)
    draft.proposed.set(column, { header: column.header, field: null, reason, confidence: 0.8 })
  }
}

/** The measure that a file is named for, as in `tv_rank.csv`, and the rest of its name. */
function readFileName(path: string): { readonly measure: string; readonly chart: string } | undefined {
  const stem = nameSource(path).split('__').at(-1) ?? ''
  const [, chart = '', word = ''] = /^(.*)[_\s-]([^_\s-]+)$/u.exec(stem) ?? []
  const found = matchMeasure(parseHeader(word))
  return found === undefined || found.match.score < 0.9 ? undefined : { measure: found.measure, chart }
}

function explainMeasure(path: string, measure: string, isNamed: boolean, isRank: boolean): Text {
  const file = basename(path)
  if (isNamed) {
    return text(
      `No column of ${file} says what its cells measure: it is ${measure}, as the name of the file says.`,
      `${file} 没有列说明单元格的指标：按文件名为 ${measure}。`,
    )
  }
  return isRank
    ? text(
        `The cells of ${file} are whole numbers like places on a chart, so the measure is rank.`,
        `${file} 的单元格是名次般的整数，因此指标为 rank。`,
      )
    : text(
        `No column of ${file} says what its cells measure: they are called rating. If they are something else, add it with --answer measure.value=NAME.`,
        `${file} 没有列说明单元格的指标，暂称 rating；如不是，请以 --answer measure.value=名称 添加。`,
      )
}

/** Reads a wide table: each cell under a period or channel becomes a row. */
export function applyWide(
  draft: Draft,
  wide: WideTable,
  rows: number,
  path: string,
  answers: Readonly<Record<string, string>>,
): void {
  const wanted = answers['measure.value']
  const isRank = holdsRanks(wide, rows)
  const named = readFileName(path)
  const sample = wide.columns.find((column) => column.profile.number !== undefined)
  draft.unpivot = { columns: wide.pattern, key: wide.key, value: 'value' }
  const rowsOfHeaders = wide.columns.map((column) => [column.header.trim()])
  const [headers] = readColumns({ path: '', format: {}, header: [wide.key], rows: rowsOfHeaders })
  const start = fieldsOf('panel_rating').find((item) => item.name === 'period_start')
  if (wide.isDate && headers !== undefined && start !== undefined) {
    const { settings, ambiguities } = mapColumn(start, headers, answers)
    draft.columns.period_start = settings
    draft.ambiguities.push(...ambiguities)
  } else draft.columns[wide.key] = { from: wide.key }
  draft.columns.value = { from: 'value', ...(sample === undefined ? {} : valueShape(sample)) }
  if (named !== undefined && /\D$/.test(named.chart)) draft.columns.category ??= { value: named.chart }
  const measure = wanted ?? named?.measure ?? (isRank ? 'rank' : 'rating')
  draft.columns.measure = { value: measure }
  if (wanted === undefined) draft.notes.push(explainMeasure(path, measure, named !== undefined, isRank))
  markUnpivoted(
    draft,
    wide.columns,
    'value',
    wide.key === 'channel'
      ? text('the header is a channel: each cell becomes a row', '列名是频道：每个单元格成为一行')
      : text('the header is a period: each cell becomes a row', '列名是周期：每个单元格成为一行'),
  )
}

/** The spend of each medium where several columns hold one each. */
export function findSpendColumns(columns: readonly SampleColumn[]): SampleColumn[] {
  const found = columns.filter(
    ({ header, profile }) => /(spend|cost|花费|投放|费用)$/.test(compactHeader(header)) && profile.number !== undefined,
  )
  return found.length > 1 ? found : []
}

/** Reads the spend of each medium as a row. */
export function applySpend(draft: Draft, columns: readonly SampleColumn[]): void {
  draft.unpivot = { columns: matchHeaders(columns.map((column) => column.header)), key: 'media', value: 'amount' }
  draft.columns.media = { from: 'media' }
  draft.columns.amount = { from: 'amount' }
  markUnpivoted(
    draft,
    columns,
    'amount',
    text('the spend of one medium: its header becomes the medium', '一个媒体的花费：列名成为媒体名'),
  )
}

/** Reads the gross of each territory as a row. */
export function applyTerritories(draft: Draft, columns: readonly SampleColumn[]): void {
  const [first] = columns
  if (first === undefined) return
  draft.unpivot = { columns: matchHeaders(columns.map((column) => column.header)), key: 'territory', value: 'gross' }
  draft.columns.territory = { from: 'territory', extract: territoryPattern }
  const { settings } = mapColumn({ name: 'gross', type: 'number', label: text('Gross', '票房') }, first, {})
  draft.columns.gross = { ...settings, from: 'gross' }
  markUnpivoted(
    draft,
    columns,
    'gross',
    text('the gross of one territory: its header becomes the territory', '一个地区的票房：列名成为地区'),
  )
}
