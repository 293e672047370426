import { basename, isAbsolute, relative, sep } from 'node:path'
import type { ColumnSettings } from '../../project/settings.ts'
import type { Text } from '../../text.ts'
import { type Field, type Kind, kinds } from '../../warehouse/schema.ts'
import { assignFields, fieldsOf, isActorColumn, needsTitle, type Reading } from './assign-fields.ts'
import { joinDay } from './compare-columns.ts'
import { matchMeasure } from './dictionary/look-up.ts'
import { findWideColumns, holdsRanks, matchHeaders, type WideTable } from './find-wide-columns.ts'
import { mapColumn, readColumns, type SampleColumn } from './map-column.ts'
import {
  askColumn,
  askKind,
  askSlipped,
  askTimeZone,
  askTitle,
  askUnknownKind,
  asWritten,
  explainMisfit,
  isCalled,
  isUnknown,
  tellPreamble,
} from './open-questions.ts'
import { compactHeader, parseHeader } from './parse-header.ts'
import { matchPreset } from './presets/match-preset.ts'
import type { Preset } from './presets/preset.ts'
import { missingTexts } from './profile-column.ts'
import type { Ambiguity, FormatDraft, Proposal, ProposedColumn, ProposeOptions, Sample } from './proposal.ts'
import { readStatedUnit, type StatedUnit, tellAmountUnit, withStatedUnit } from './stated-unit.ts'
import { findTerritoryColumns, noteSmallGross, territoryOf, territoryPattern } from './territory-columns.ts'

/** A second reading this close to the best one makes the kind a question. */
const closeShare = 0.92

interface Draft {
  readonly kind: Kind
  readonly columns: Record<string, ColumnSettings>
  readonly proposed: Map<SampleColumn, ProposedColumn>
  readonly ambiguities: Ambiguity[]
  readonly notes: Text[]
  readonly instants: SampleColumn[]
  readonly otherMeasures: string[]
  readonly unit: StatedUnit | undefined
  unpivot?: NonNullable<FormatDraft['unpivot']>
}

const text = (en: string, zh: string): Text => ({ en, zh })

function nameSource(path: string): string {
  const stem = basename(path).replace(/(\.(csv|tsv|txt|dat|json|jsonl|ndjson|parquet|log|gz|zst))+$/i, '')
  const name = stem.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '')
  return name === '' ? 'source' : name
}

function locateFile(path: string, folder: string): string {
  const inside = relative(folder, path)
  const isInside = inside !== '' && !inside.startsWith('..') && !isAbsolute(inside)
  return (isAbsolute(path) && isInside ? inside : path).split(sep).join('/')
}

/** The start of an end and the end of a start: both are written alike. */
const twinOf = (name: string): string =>
  name.includes('start') ? name.replace('start', 'end') : name.replace('end', 'start')

/** The answers, of which one about the unit of a start holds for the end, and the other way round. */
function shareAnswer(item: Field, answers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const shared = answers[`${item.name}.unit`] ?? answers[`${twinOf(item.name)}.unit`]
  return item.type !== 'duration' || shared === undefined ? answers : { ...answers, [`${item.name}.unit`]: shared }
}

/** `column` with the unit that the header of its start or end says, where its own says none. */
function takeUnit(item: Field, column: SampleColumn, reading: Reading): SampleColumn {
  const twin = reading.assignments.find((entry) => entry.item.name === twinOf(item.name))?.column
  const unit = column.parsed.unit ?? twin?.parsed.unit
  const isBare =
    item.type === 'duration' && column.profile.duration === undefined && twin?.profile.duration === undefined
  return unit === undefined || !isBare ? column : { ...column, parsed: { ...column.parsed, unit } }
}

function applyReading(draft: Draft, reading: Reading, answers: Readonly<Record<string, string>>): void {
  for (const { item, column, score, day } of reading.assignments) {
    if (draft.columns[item.name] !== undefined || draft.proposed.has(column)) continue
    if (draft.kind === 'spend' && draft.unpivot !== undefined && /^(impressions|clicks)$/.test(item.name)) continue
    const stated = withStatedUnit(item, column, draft.unit)
    const read = day === undefined ? takeUnit(item, stated, reading) : joinDay(stated, day)
    const mapped = mapColumn(item, read, shareAnswer(item, answers))
    const doubt = tellAmountUnit(item, column, mapped.settings.scale)
    if (doubt !== undefined) draft.notes.push(doubt)
    draft.columns[item.name] = day === undefined ? mapped.settings : { ...mapped.settings, day: day.header }
    if (day !== undefined) draft.proposed.set(day, explainDay(item, day))
    const twin = twinOf(item.name)
    const isAsked = draft.ambiguities.some((open) => open.about === `${twin}.unit`)
    draft.ambiguities.push(...mapped.ambiguities.filter((open) => !isAsked || !open.about.endsWith('.unit')))
    if (mapped.needsTimeZone) draft.instants.push(column)
    const { unit, format } = mapped.settings
    draft.proposed.set(column, {
      header: column.header,
      field: item.name,
      ...(unit === undefined ? {} : { unit }),
      ...(format === undefined ? {} : { format }),
      reason: text(
        `the header means “${item.label.en}”; ${mapped.why.en}`,
        `列名表示“${item.label.zh}”；${mapped.why.zh}`,
      ),
      confidence: Math.min(1, Math.round(score * 100) / 100),
    })
    if (draft.kind === 'credit' && item.name === 'person' && isActorColumn(column.header)) {
      if (!reading.assignments.some((entry) => entry.item.name === 'role')) draft.columns.role = { value: 'actor' }
    }
  }
}

const explainDay = (item: Field, day: SampleColumn): ProposedColumn => ({
  header: day.header,
  field: item.name,
  reason: text(
    `the day of “${item.label.en}”, whose column holds times of day`,
    `“${item.label.zh}”的日期；其列只有时刻`,
  ),
  confidence: 0.9,
})

function markUnpivoted(draft: Draft, columns: readonly SampleColumn[], field: string, reason: Text): void {
  for (const column of columns) draft.proposed.set(column, { header: column.header, field, reason, confidence: 0.9 })
}

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

function applyMeasures(draft: Draft, reading: Reading, wanted: string | undefined): void {
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

function applyWide(
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

function findSpendColumns(columns: readonly SampleColumn[]): SampleColumn[] {
  const found = columns.filter(
    ({ header, profile }) => /(spend|cost|花费|投放|费用)$/.test(compactHeader(header)) && profile.number !== undefined,
  )
  return found.length > 1 ? found : []
}

function applySpend(draft: Draft, columns: readonly SampleColumn[]): void {
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

function applyTerritories(draft: Draft, columns: readonly SampleColumn[]): void {
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

function applyPreset(draft: Draft, preset: Preset, columns: readonly SampleColumn[]): void {
  const find = (header: string): SampleColumn | undefined =>
    columns.find((column) => compactHeader(column.header) === compactHeader(header))
  const unpivot = preset.format?.unpivot
  if (unpivot !== undefined) {
    const test = new RegExp(unpivot.columns)
    draft.unpivot = unpivot
    const reason = text(
      `${preset.about.en}: its header becomes ${unpivot.key}`,
      `${preset.about.zh}：列名成为 ${unpivot.key}`,
    )
    markUnpivoted(
      draft,
      columns.filter((column) => test.test(column.header)),
      unpivot.value,
      reason,
    )
  }
  for (const [field, settings] of Object.entries(preset.columns)) {
    const { from } = settings
    if (from === undefined || from === unpivot?.key || from === unpivot?.value) {
      draft.columns[field] = settings
      continue
    }
    const column = find(from)
    if (column === undefined) continue
    draft.columns[field] = { ...settings, from: column.header }
    const { unit, format } = settings
    const earlier = draft.proposed.get(column)?.field
    draft.proposed.set(column, {
      header: column.header,
      field: earlier ? `${earlier}, ${field}` : field,
      ...(unit === undefined ? {} : { unit }),
      ...(format === undefined ? {} : { format }),
      reason: text(`known layout: ${preset.about.en}`, `已知布局：${preset.about.zh}`),
      confidence: 1,
    })
  }
  for (const [header, reason] of Object.entries(preset.ignore ?? {})) {
    const column = find(header)
    if (column !== undefined) draft.proposed.set(column, { header: column.header, field: null, reason, confidence: 1 })
  }
}

/** Fields that an answer gave a column or a constant. */
function applyAnswers(draft: Draft, columns: readonly SampleColumn[], answers: Readonly<Record<string, string>>): void {
  for (const item of fieldsOf(draft.kind)) {
    const constant = answers[`${item.name}.value`]
    if (constant !== undefined) draft.columns[item.name] = { value: constant }
    const column = columns.find((candidate) => candidate.header === answers[`${item.name}.from`])
    if (column === undefined) continue
    const assignments = [{ item, column, score: 1 }]
    const score = { assignments, kind: draft.kind, measures: [], missing: [], isOfOne: false, score: 1 }
    applyReading(draft, score, answers)
  }
}

function askMissing(draft: Draft, reading: Reading, columns: readonly SampleColumn[], path: string): void {
  const free = columns.filter((column) => (draft.proposed.get(column)?.field ?? null) === null)
  for (const item of reading.missing) {
    if (draft.columns[item.name] !== undefined) continue
    const hasDates = free.some((column) => column.profile.date !== undefined || isCalled(draft.kind, item, column))
    if (item.type === 'instant' && !hasDates) {
      draft.notes.push(
        text(
          `No column holds ${item.label.en.toLowerCase()} (${item.name}).`,
          `没有列是“${item.label.zh}”（${item.name}）。`,
        ),
      )
    } else draft.ambiguities.push(askColumn(draft.kind, item, free))
  }
  const isAboutTitle = draft.columns.title !== undefined || draft.columns.title_id !== undefined
  if (isAboutTitle) return
  if (needsTitle(draft.kind)) draft.ambiguities.push(askTitle(path))
  else if (draft.kind === 'review') draft.notes.push(text('No column names a title.', '没有列注明片名。'))
}

function findMissingTexts(draft: Draft, sample: Sample): string[] {
  const types = new Map(fieldsOf(draft.kind).map((item) => [item.name, item.type]))
  const headers = [...draft.proposed.values()].flatMap((entry) => (entry.field === null ? [] : [entry]))
  const present = new Set<string>()
  for (const { header, field } of headers) {
    const at = sample.header.indexOf(header)
    const isText = types.get(field ?? '') === 'text'
    for (const row of sample.rows) {
      const cell = (row[at] ?? '').trim()
      if (cell === '\\N' || (!isText && missingTexts.includes(cell))) present.add(cell)
    }
  }
  return [...present].sort()
}

function rankReadings(
  columns: readonly SampleColumn[],
  kind: Kind | undefined,
  wide: WideTable | undefined,
): Reading[] {
  const rest = columns.filter((column) => wide?.columns.includes(column) !== true)
  const spends = findSpendColumns(columns)
  const territories = findTerritoryColumns(columns)
  return (kind === undefined ? kinds : [kind])
    .map((candidate): Reading => {
      const split = candidate === 'spend' ? spends : candidate === 'box_office' ? territories : []
      const whole = columns.filter((column) => !split.includes(column))
      const reading = assignFields(candidate, candidate === 'panel_rating' ? rest : whole)
      if (candidate === 'panel_rating' && wide !== undefined) {
        return { ...reading, measures: [], missing: [], score: reading.score / 0.3 ** reading.missing.length + 3 }
      }
      if (split.length === 0) return reading
      const missing = reading.missing.filter(({ name }) => name !== 'media' && name !== 'amount' && name !== 'gross')
      const given = reading.missing.length - missing.length
      return { ...reading, missing, score: reading.score / 0.3 ** given + 2 * given + 0.5 * (split.length - 1) }
    })
    .sort((a, b) => b.score - a.score)
}

/** The sample under the names of an answer, one a column; as it is where there are more or fewer of them. */
function renameColumns(sample: Sample, answer: string | undefined): Sample {
  const names = (answer ?? '').split(',').map((name) => name.trim())
  if (sample.format.header === false || names.length !== sample.header.length || names.includes('')) return sample
  return { ...sample, header: names, format: { ...sample.format, header: false, skip: (sample.format.skip ?? 0) + 1 } }
}

/** Proposes how `sample` becomes a source: kind, format, a field or a reason to be read past for each column, and what is left to ask. */
export function proposeSource(written: Sample, options: ProposeOptions): Proposal {
  const answers = options.answers ?? {}
  const given = renameColumns(written, answers.names)
  const asked = options.kind ?? kinds.find((kind) => kind === answers.kind)
  const preset = matchPreset(given, asked)
  const sample =
    given.format.header === false && preset?.names !== undefined ? { ...given, header: preset.names } : given
  const columns = readColumns(sample)
  const wide = preset === undefined ? findWideColumns(columns) : undefined
  const readings = rankReadings(columns, preset?.kind ?? asked, wide)
  const [best, second] = readings
  const kind = preset?.kind ?? asked ?? best?.kind ?? 'viewing'
  const draft: Draft = {
    kind,
    columns: {},
    proposed: new Map(),
    ambiguities: [],
    notes: [],
    instants: [],
    otherMeasures: [],
    unit: readStatedUnit(given.preamble ?? []),
  }
  if (given.preamble !== undefined && given.preamble.length > 0) draft.notes.push(tellPreamble(given.preamble))
  const isOpen =
    best === undefined || best.score < 2 || (second !== undefined && second.score >= best.score * closeShare)
  if (preset === undefined && asked === undefined && isOpen) {
    const lists = listRowLists(sample, columns)
    if (isUnknown(best)) return onlyAsk(askUnknownKind(lists), draft, sample, options)
    draft.ambiguities.push(askKind(readings, lists))
  }
  if (preset !== undefined) applyPreset(draft, preset, columns)
  applyAnswers(draft, columns, answers)
  if (kind === 'panel_rating' && wide !== undefined) applyWide(draft, wide, sample.rows.length, sample.path, answers)
  if (kind === 'spend' && preset === undefined && best !== undefined) {
    const spends = findSpendColumns(columns)
    if (spends.length > 0) applySpend(draft, spends)
  }
  if (kind === 'box_office' && preset === undefined) applyTerritories(draft, findTerritoryColumns(columns))
  if (best !== undefined) {
    const taken = columns.filter((column) => !draft.proposed.has(column))
    const rest = preset === undefined ? best : assignFields(kind, taken)
    if (kind === 'panel_rating' && wide === undefined && preset === undefined) {
      applyMeasures(draft, best, answers['measure.value'])
    }
    applyReading(draft, rest, answers)
    const only = territoryOf(draft.columns.gross?.from ?? '')
    if (kind === 'box_office' && only !== undefined) draft.columns.territory ??= { value: only }
    const small = noteSmallGross(columns.filter((column) => draft.proposed.get(column)?.field === 'gross'))
    if (preset === undefined && small !== undefined) draft.notes.push(small)
    if (preset === undefined) askMissing(draft, best, columns, sample.path)
    else askMissing(draft, { ...rest, missing: [] }, columns, sample.path)
  }
  const others = preset !== undefined && asked === undefined ? rankReadings(columns, undefined, wide) : readings
  return finish(draft, sample, columns, preset, others, options)
}

/** What can be said of a file before it is known what it holds: all else depends on that. */
function onlyAsk(ambiguity: Ambiguity, draft: Draft, sample: Sample, options: ProposeOptions): Proposal {
  const name = options.source ?? nameSource(sample.path)
  return {
    settings: { name, kind: draft.kind, files: [locateFile(sample.path, options.folder)], columns: {} },
    columns: [],
    ambiguities: [ambiguity],
    otherMeasures: [],
    notes: draft.notes,
  }
}

function explainUnused(draft: Draft, column: SampleColumn): Text {
  const called = fieldsOf(draft.kind).filter((item) => isCalled(draft.kind, item, column))
  const free = called.find((item) => draft.columns[item.name] === undefined)
  if (free) return explainMisfit(free, column)
  const [taken] = called
  const other = taken && draft.columns[taken.name]?.from
  return taken && other
    ? text(`another column of ${taken.name}; “${other}” is read`, `另一列“${taken.label.zh}”；已读取“${other}”`)
    : text(`No free field of ${draft.kind} is called that.`, `${draft.kind} 没有与之对应的空闲字段。`)
}

/** The columns of a JSON file that hold lists of objects, which can be rows themselves. */
function listRowLists(sample: Sample, columns: readonly SampleColumn[]): string[] {
  if (sample.format.type !== 'json' && sample.format.type !== 'jsonl') return []
  return columns.filter(({ profile }) => profile.isObjects && profile.separator === 'json').map(({ header }) => header)
}

/** Whether `reading` needs a column that the draft reads past, as the gross in a catalogue. */
function readsMore(reading: Reading, draft: Draft): boolean {
  const isAboutTitle = reading.assignments.some(({ item }) => item.name === 'title' || item.name === 'title_id')
  const needed = reading.assignments.filter(({ item }) => item.required === true).map(({ column }) => column)
  return isAboutTitle && needed.some((column) => (draft.proposed.get(column)?.field ?? null) === null)
}

function finish(
  draft: Draft,
  sample: Sample,
  columns: readonly SampleColumn[],
  preset: Preset | undefined,
  readings: readonly Reading[],
  options: ProposeOptions,
): Proposal {
  const hinted = draft.instants.map((column) => column.parsed.timeZone).find((zone) => zone !== undefined)
  const types = new Map(fieldsOf(draft.kind).map((item) => [item.name, item.type]))
  const saysOffset = Object.entries(draft.columns).some(
    ([field, { format = 'unix' }]) => types.get(field) === 'instant' && !format.startsWith('unix'),
  )
  const offsetZone = draft.instants.length === 0 && saysOffset ? 'UTC' : undefined
  const timeZone = options.timeZone ?? options.answers?.timeZone ?? hinted ?? preset?.timeZone ?? offsetZone
  if (draft.instants.length > 0 && timeZone === undefined) {
    const system = new Intl.DateTimeFormat().resolvedOptions().timeZone
    draft.ambiguities.push(
      askTimeZone(
        draft.instants.map((column) => column.header),
        system,
      ),
    )
  }
  const others = readings.filter(
    (reading) =>
      reading.kind !== draft.kind &&
      (reading.missing.length === 0 || reading.isOfOne) &&
      ((preset === undefined && reading.score >= 3.5) || readsMore(reading, draft)),
  )
  for (const { kind } of others) {
    draft.notes.push(
      text(`The file can also be added as ${kind}: --kind ${kind}.`, `该文件还可作为 ${kind} 添加：--kind ${kind}。`),
    )
  }
  const proposed = columns.map(
    (column): ProposedColumn =>
      draft.proposed.get(column) ?? {
        header: column.header,
        field: null,
        reason:
          column.profile.filled === 0
            ? text('The column is empty in the sample.', '抽样中该列为空。')
            : column.profile.isObjects
              ? text('Its values are JSON objects, which no field holds.', '值为 JSON 对象，没有字段可以存放。')
              : explainUnused(draft, column),
        confidence: 0.5,
      },
  )
  const missing = [
    ...new Set([
      ...(sample.format.missing ?? []),
      ...(preset?.format?.missing ?? []),
      ...findMissingTexts(draft, sample),
    ]),
  ]
  const isNamed = options.answers?.names === asWritten || sample.format.header === false
  const slipped = preset === undefined && !isNamed ? askSlipped(columns) : undefined
  if (slipped !== undefined) draft.ambiguities.push(slipped)
  const { titleIds, viewerIds } = preset ?? {}
  const names = sample.format.header === false ? { names: [...sample.header] } : {}
  return {
    settings: {
      name: options.source ?? nameSource(sample.path),
      kind: draft.kind,
      files: [locateFile(sample.path, options.folder)],
      ...(preset === undefined ? {} : { preset: preset.name }),
      format: {
        ...sample.format,
        ...(preset?.format ?? {}),
        ...names,
        ...(draft.unpivot === undefined ? {} : { unpivot: draft.unpivot }),
        ...(missing.length === 0 ? {} : { missing }),
      },
      ...(timeZone === undefined ? {} : { timeZone }),
      columns: draft.columns,
      ignore: proposed.filter((column) => column.field === null).map((column) => column.header),
      ...(preset?.requiresAll === true ? { required: Object.keys(draft.columns).sort() } : {}),
      ...(titleIds === undefined ? {} : { titleIds }),
      ...(viewerIds === undefined ? {} : { viewerIds }),
    },
    ...(preset === undefined ? {} : { preset: preset.name }),
    columns: proposed,
    ambiguities: draft.ambiguities,
    otherMeasures: draft.otherMeasures,
    notes: draft.notes,
  }
}
