import type { Text } from '../../text.ts'
import type { Field } from '../../warehouse/schema.ts'
import { fieldsOf, isActorColumn, needsTitle, type Reading } from './assign-fields.ts'
import { joinDay } from './compare-columns.ts'
import type { Draft } from './draft.ts'
import { mapColumn, type SampleColumn } from './map-column.ts'
import { askColumn, askTitle, isCalled } from './open-questions.ts'
import type { ProposedColumn } from './proposal.ts'
import { tellAmountUnit, withStatedUnit } from './stated-unit.ts'

const text = (en: string, zh: string): Text => ({ en, zh })

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

/** Adds the columns of `reading` that are free to the draft, as the fields it takes them for. */
export function applyReading(draft: Draft, reading: Reading, answers: Readonly<Record<string, string>>): void {
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

/** Fields that an answer gave a column or a constant. */
export function applyAnswers(
  draft: Draft,
  columns: readonly SampleColumn[],
  answers: Readonly<Record<string, string>>,
): void {
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

/** Asks for the required fields that the draft lacks, or notes them. */
export function askMissing(draft: Draft, reading: Reading, columns: readonly SampleColumn[], path: string): void {
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
