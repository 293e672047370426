import type { Engine } from '../engine/engine.ts'
import { type Sql, sql } from '../engine/sql.ts'
import type { TableName } from '../warehouse/schema.ts'
import { catalogued } from './consistency.ts'
import type { ColumnProfile, TableProfile } from './profile-schema.ts'
import { count, text } from './profile-value.ts'
import { type DayCount, measureVolume } from './volume.ts'

const timeColumns: Partial<Record<TableName, string>> = {
  viewing: 'started_at',
  rating: 'rated_at',
  review: 'reviewed_at',
  timed_comment: 'sent_at',
  airing: 'started_at',
  panel_rating: 'period_start',
  spend: 'spent_on',
  outcome: 'observed_on',
  box_office: 'period_start',
}
/** The values of columns with at most so many are listed. */
const fewValues = 100
/** Columns of few values are estimated to have no more: an estimate can be a third too high. */
const fewEstimated = 2 * fewValues

interface ValuesInput {
  readonly engine: Engine
  readonly table: TableName
  /** The source of a row, as an expression over the table. */
  readonly source: Sql
  /** The columns of `profiles`, in their order, but for keys. */
  readonly columns: readonly { readonly name: string; readonly index: number }[]
  readonly profiles: readonly TableProfile[]
  /** Whether a catalogue lists any title, so that it tells something of the others. */
  readonly hasCatalogue: boolean
  readonly now: Date
}

/** Adds to the profiles of a table what counting its rows by value tells: days, known titles, and columns of few values. */
export async function addCounts(input: ValuesInput): Promise<void> {
  const { engine, table, source, profiles } = input
  const time = timeColumns[table]
  const few = input.columns.filter(({ index }) => profiles.some((profile) => mayBeFew(profile.columns[index])))
  const counted: { readonly value: Sql; add?(counts: Sql, profiles: BySource): Promise<void> }[] = few.map(
    ({ name, index }) => {
      const sources = profiles
        .filter((profile) => mayBeFew(profile.columns[index]))
        .map((profile) => profile.source ?? '')
      return { value: sql`CASE WHEN coalesce(${source}, '') IN ${sql.list(sources)} THEN ${sql.id(name)} END` }
    },
  )
  if (time !== undefined) {
    const value = sql`CAST(${sql.id(time)} AS DATE)`
    counted.push({ value, add: (counts, bySource) => addVolume(engine, counts, bySource, input.now) })
  }
  if (input.hasCatalogue) counted.push({ value: sql`title_id`, add: (...counts) => addCatalogued(engine, ...counts) })
  if (counted.length === 0) return

  const keys = counted.map((_, index) => sql.id(`key_${index}`))
  const named = counted.map(({ value }, index) => sql`${value} AS ${keys[index] ?? value}`)
  const ofSet = keys.map((key) => sql`WHEN grouping(${key}) = 0 THEN ${sql.literal(keys.indexOf(key))}`)
  const counts = `counts of ${table}`
  await engine.createTable(
    counts,
    sql`SELECT source, ${sql.join(keys)}, CASE ${sql.join(ofSet, ' ')} END AS key, count(*) AS n
      FROM (SELECT ${source} AS source, ${sql.join(named)} FROM ${sql.id(table)})
      GROUP BY GROUPING SETS (${sql.join(keys.map((key) => sql`(source, ${key})`))})`,
  )
  const bySource = new Map(profiles.map((profile) => [profile.source, profile]))
  if (few.length > 0) await addCategories(engine, sql.id(counts), few, bySource)
  for (const [index, { add }] of counted.entries()) {
    await add?.(
      sql`(SELECT source, ${keys[index] ?? sql.empty} AS value, n FROM ${sql.id(counts)} WHERE key = ${index})`,
      bySource,
    )
  }
  await engine.dropTable(counts)
}

const mayBeFew = (column: ColumnProfile | undefined): boolean =>
  column !== undefined && column.present > 0 && column.distinct <= fewEstimated

type BySource = ReadonlyMap<string | null, TableProfile>

async function addCatalogued(engine: Engine, titles: Sql, profiles: BySource) {
  const rows = await engine.query(
    sql`SELECT source, CAST(sum(n) AS BIGINT) AS checked, CAST(sum(CASE WHEN title.is_catalogued THEN n ELSE 0 END) AS BIGINT) AS held
      FROM ${titles} AS fact LEFT JOIN (SELECT title_id, is_catalogued FROM title) AS title ON title.title_id = fact.value GROUP BY 1`,
  )
  for (const row of rows) {
    const counts = { check: catalogued.id, checked: count(row.checked), held: count(row.held) }
    profiles.get(text(row.source))?.consistency.push(counts)
  }
}

async function addVolume(engine: Engine, dayCounts: Sql, profiles: BySource, now: Date) {
  const days = new Map<string | null, DayCount[]>()
  const rows = await engine.query(
    sql`SELECT source, CAST(value AS VARCHAR) AS day, n FROM ${dayCounts} WHERE value IS NOT NULL ORDER BY source, day`,
  )
  for (const row of rows) {
    const list = days.get(text(row.source)) ?? []
    days.set(text(row.source), list)
    list.push({ day: String(row.day), rows: count(row.n) })
  }
  for (const [name, counts] of days) {
    const profile = profiles.get(name)
    if (profile) profile.volume = measureVolume(counts, now) ?? null
  }
}

/** Expects that the first keys of `counts` are those of `columns`. */
async function addCategories(engine: Engine, counts: Sql, columns: ValuesInput['columns'], profiles: BySource) {
  const texts = columns.map((_, key) => sql`WHEN ${key} THEN CAST(${sql.id(`key_${key}`)} AS VARCHAR)`)
  const value = sql`CASE key ${sql.join(texts, ' ')} END`
  const rows = await engine.query(
    sql`SELECT source, key, value, n, different FROM (SELECT source, key, value, n, count(*) OVER w AS different,
        row_number() OVER (PARTITION BY source, key ORDER BY n DESC, value) AS place
      FROM (SELECT source, key, ${value} AS value, n FROM ${counts} WHERE key < ${columns.length}) AS counted
      WHERE value IS NOT NULL WINDOW w AS (PARTITION BY source, key)) AS placed WHERE place <= ${fewValues}`,
  )
  for (const row of rows) {
    const profile = profiles.get(text(row.source))?.columns[columns[count(row.key)]?.index ?? -1]
    if (!profile || !mayBeFew(profile)) continue
    profile.distinct = count(row.different)
    profile.isDistinctExact = true
    if (profile.distinct > fewValues) continue
    // Engines write the same number in several ways.
    const value = profile.type === 'DOUBLE' ? String(Number(row.value)) : String(row.value)
    profile.categories.push({ value, rows: count(row.n) })
  }
  for (const { index } of columns)
    for (const profile of profiles.values()) profile.columns[index]?.categories.sort(byRows)
}

type Category = ColumnProfile['categories'][number]
const byRows = (a: Category, b: Category) => b.rows - a.rows || (a.value < b.value ? -1 : 1)
