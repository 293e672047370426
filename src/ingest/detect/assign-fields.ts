import { type Field, fields, type Kind, titleFields } from '../../warehouse/schema.ts'
import { findDay, holdsPeriodYears, namesTitles } from './compare-columns.ts'
import { matchField, matchMeasure } from './dictionary/look-up.ts'
import { judgeValues } from './judge-values.ts'
import type { SampleColumn } from './map-column.ts'
import { compactHeader } from './parse-header.ts'

export interface Assignment {
  readonly item: Field
  readonly column: SampleColumn
  /** The column that says the day of an instant, where `column` holds times of day. */
  readonly day?: SampleColumn
  /** 0 to 1: header times values. */
  readonly score: number
}

/** Which column of a sample holds which field of a kind, and how well that fits. */
export interface Reading {
  readonly kind: Kind
  readonly assignments: readonly Assignment[]
  /** Columns that are each a measure of a station or chart; only of panel ratings. */
  readonly measures: readonly { readonly measure: string; readonly column: SampleColumn }[]
  /** Required fields that no column holds. */
  readonly missing: readonly Field[]
  /** Ratings that say no viewer and look like those of one person. */
  readonly isOfOne: boolean
  readonly score: number
}

const threshold = 0.62
const hasNoTitle: ReadonlySet<Kind> = new Set(['spend', 'outcome'])
/** Kinds whose rows may be about a channel or nothing at all instead of a title. */
const needsNoTitle: ReadonlySet<Kind> = new Set(['spend', 'outcome', 'panel_rating', 'review'])

/** The fields that a row of `kind` can have. */
export function fieldsOf(kind: Kind): readonly Field[] {
  return hasNoTitle.has(kind) ? fields[kind] : [...titleFields, ...fields[kind]]
}

/** Whether a row of `kind` says nothing without a title. */
export const needsTitle = (kind: Kind): boolean => !needsNoTitle.has(kind)

/** Kinds whose rows are of a day or period, so that a year may be that of the period and not of the release. */
const isPeriodic: ReadonlySet<Kind> = new Set<Kind>([
  'viewing',
  'airing',
  'panel_rating',
  'spend',
  'outcome',
  'box_office',
])
const hasNoViewer: ReadonlySet<Kind> = new Set<Kind>([
  'title',
  'credit',
  'scene',
  'airing',
  'panel_rating',
  'spend',
  'outcome',
  'box_office',
])

/** Whether the ratings look like those that one person gives: few steps on a scale to ten. */
function isPersonal(assignments: readonly Assignment[]): boolean {
  const profile = assignments.find((entry) => entry.item.name === 'rating')?.column.profile
  return profile !== undefined && profile.distinct <= 21 && profile.minimum >= 0 && profile.maximum <= 10
}

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** Measures of which none is above 100. */
const shares: ReadonlySet<string> = new Set(['rating', 'share', 'loyalty'])

/** Measures that lists of films have as well, as the marks of their users are. */
const common: ReadonlySet<string> = new Set(['rating', 'rank', 'heat'])

function findMeasures(columns: readonly SampleColumn[]): Reading['measures'] {
  return columns.flatMap((column) => {
    const found = matchMeasure(column.parsed)
    const isNumber = column.profile.number !== undefined && column.profile.date === undefined
    const fits = isNumber && !(shares.has(found?.measure ?? '') && column.profile.maximum > 100)
    return found !== undefined && found.match.score > 0.7 && fits ? [{ measure: found.measure, column }] : []
  })
}

/** Whether the column of people is one of actors, whose role needs no column. */
export const isActorColumn = (header: string): boolean => /actor|performer|cast|演员|主演/.test(compactHeader(header))

function listMissing(kind: Kind, assignments: readonly Assignment[], measures: number): Field[] {
  const has = (name: string): boolean => assignments.some((entry) => entry.item.name === name)
  const person = assignments.find((entry) => entry.item.name === 'person')?.column.header ?? ''
  return fields[kind].filter((item) => {
    if (item.required === undefined || has(item.name)) return false
    if (item.name === 'watched_seconds' && has('started_at') && has('ended_at')) return false
    if (kind === 'credit' && item.name === 'role' && isActorColumn(person)) return false
    return !(kind === 'panel_rating' && item.name === 'value' && measures > 0)
  })
}

/** The best reading of `columns` as `kind`: each field at most one column, whatever the order of the columns. */
export function assignFields(kind: Kind, columns: readonly SampleColumn[]): Reading {
  const found = kind === 'panel_rating' ? findMeasures(columns) : []
  const candidates = fieldsOf(kind)
    .flatMap((item) =>
      columns.flatMap((column) => {
        if (found.some((entry) => entry.column === column)) return []
        const match = matchField(kind, item.name, column.parsed)
        if (match === undefined) return []
        const { distinct, filled } = column.profile
        const isBareId = item.name === 'title_id' && compactHeader(column.header) === 'id'
        if (isBareId && ((kind !== 'title' && distinct === filled) || !namesTitles(column, columns))) return []
        if (item.name === 'value' && match.score < 0.9 && found.length > 0) return []
        if (item.name === 'year' && isPeriodic.has(kind) && holdsPeriodYears(column, columns)) return []
        const day = item.type === 'instant' || kind === 'scene' ? findDay(column, columns) : undefined
        if (day !== undefined && kind === 'scene') return []
        const fit = day === undefined ? judgeValues(item, column) : 1
        return [{ item, column, order: match.order, score: match.score * fit, ...(day === undefined ? {} : { day }) }]
      }),
    )
    .filter((candidate) => candidate.score >= threshold)
    .sort(
      (a, b) =>
        Math.round((b.score - a.score) * 100) ||
        a.order - b.order ||
        byText(a.column.header, b.column.header) ||
        byText(a.item.name, b.item.name),
    )
  const assignments: Assignment[] = []
  for (const { item, column, score, day } of candidates) {
    if (assignments.some((entry) => entry.item === item || entry.column === column)) continue
    assignments.push({ item, column, score, ...(day === undefined ? {} : { day }) })
  }
  const value = assignments.some((entry) => entry.item.name === 'value')
  const measures = value ? [] : found
  const has = (name: string): boolean => assignments.some((entry) => entry.item.name === name)
  const missing = listMissing(kind, assignments, measures.length)
  const isAboutTitle = has('title') || has('title_id')
  let score = assignments.reduce((sum, { item, score: fit }) => {
    const isTitle = titleFields.includes(item)
    return sum + fit * (item.required !== undefined ? 2 : isTitle && item.name !== 'title' ? 0.5 : 1)
  }, 0)
  const telling = measures.filter(({ measure }) => !common.has(measure)).length
  score += measures.length === 0 ? 0 : 2 + 0.5 * (telling === 0 ? 0 : measures.length - 1)
  const isOfOne = kind === 'rating' && missing.length === 1 && missing[0]?.name === 'viewer' && isPersonal(assignments)
  score *= isOfOne ? 0.95 : 0.3 ** missing.length
  if (needsTitle(kind) && !isAboutTitle) score *= kind === 'timed_comment' || kind === 'scene' ? 0.9 : 0.6
  const isElsewhere = (other: Kind, name: string): boolean =>
    columns.some((column) => (matchField(other, name, column.parsed)?.score ?? 0) >= 0.9)
  if (kind === 'scene' && !['location', 'characters', 'description'].some(has)) score *= 0.5
  if (hasNoViewer.has(kind) && isElsewhere('viewing', 'viewer')) score *= 0.5
  if (kind === 'rating' && isElsewhere('review', 'text')) score *= 0.8
  if (kind === 'panel_rating' && !isAboutTitle && !['channel', 'region', 'category'].some(has)) score *= 0.3
  if (kind === 'review' && columns.some((column) => /弹幕|danmu|danmaku|barrage/.test(compactHeader(column.header)))) {
    score *= 0.5
  }
  return { kind, assignments, measures, missing, isOfOne, score }
}
