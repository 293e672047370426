import type { Text } from '../../text.ts'
import { type Kind, kinds } from '../../warehouse/schema.ts'
import { assignFields, fieldsOf, type Reading } from './assign-fields.ts'
import type { Draft } from './draft.ts'
import { applyAnswers, applyReading, askMissing } from './fill-draft.ts'
import { findWideColumns, type WideTable } from './find-wide-columns.ts'
import { readColumns, type SampleColumn } from './map-column.ts'
import { locateFile, nameSource } from './name-source.ts'
import {
  askKind,
  askSlipped,
  askTimeZone,
  askUnknownKind,
  asWritten,
  explainMisfit,
  isCalled,
  isUnknown,
  tellPreamble,
} from './open-questions.ts'
import { applyPreset } from './presets/apply-preset.ts'
import { matchPreset } from './presets/match-preset.ts'
import type { Preset } from './presets/preset.ts'
import { missingTexts } from './profile-column.ts'
import type { Ambiguity, Proposal, ProposedColumn, ProposeOptions, Sample } from './proposal.ts'
import { readStatedUnit } from './stated-unit.ts'
import { findTerritoryColumns, noteSmallGross, territoryOf } from './territory-columns.ts'
import { applyMeasures, applySpend, applyTerritories, applyWide, findSpendColumns } from './unpivot-columns.ts'

/** A second reading this close to the best one makes the kind a question. */
const closeShare = 0.92

const text = (en: string, zh: string): Text => ({ en, zh })

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

function explainObjects(sample: Sample, column: SampleColumn): Text {
  if (!listRowLists(sample, [column]).includes(column.header)) {
    return text('Its values are JSON objects, which no field holds.', '值为 JSON 对象，没有字段可以存放。')
  }
  return text(
    `Its values are lists of JSON objects. To read each object as a row, add the file again with --answer explode=${column.header} --source NAME.`,
    `值为 JSON 对象列表。如需将每个对象读为一行，请以 --answer explode=${column.header} --source 名称 再次添加该文件。`,
  )
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
              ? explainObjects(sample, column)
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
