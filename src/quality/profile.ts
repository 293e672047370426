import type { Engine, Row, Value } from '../engine/engine.ts'
import { type Sql, sql } from '../engine/sql.ts'
import { fields, kinds, type TableColumn, type TableName, tables } from '../warehouse/schema.ts'
import { catalogued, consistencyChecks } from './consistency.ts'
import type { FileLedger } from './ledger.ts'
import type { ColumnProfile, IntakeProfile, QualityProfile, TableProfile } from './profile-schema.ts'
import { type DayCount, findAnomalies, measureVolume } from './volume.ts'

const originColumns = ['source', 'file', 'line']
const numberTypes = ['BIGINT', 'INTEGER', 'DOUBLE']
const orderedTypes = [...numberTypes, 'DATE', 'TIMESTAMP']
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
/** Columns with at most this many values (estimated) are counted value by value. */
const fewValues = 100
const sampledRows = 100_000
const percentages = Array.from({ length: 101 }, (_, index) => index / 100)

/**
 * How the data of a version look, by table, source and column: two passes over each table, one more for the percentiles
 * of its numbers (on a fixed sample of about 100,000 rows a source), and one for each column of few values.
 */
export async function buildProfile(
  engine: Engine,
  tableNames: readonly TableName[],
  ledgers: readonly FileLedger[],
  now: Date,
): Promise<QualityProfile> {
  const profiles: TableProfile[] = []
  for (const name of tableNames) profiles.push(...(await profileTable(engine, name, tableNames, now)))
  return {
    measuredAt: now.toISOString(),
    tables: profiles,
    intake: sumIntake(ledgers),
    anomalies: profiles.flatMap(findAnomalies),
  }
}

async function profileTable(engine: Engine, table: TableName, present: readonly TableName[], now: Date) {
  const all: readonly TableColumn[] = tables[table]
  const source = all.some(({ name }) => name === 'source') ? sql`source` : sql`CAST(NULL AS VARCHAR)`
  const columns = all.filter(({ name }) => !originColumns.includes(name))
  const required = requiredColumns(table)
  const rows = await engine.query(overview(table, source, columns))
  const profiles: TableProfile[] = rows.map((row) => ({
    table,
    source: text(row.source),
    rows: count(row.n),
    columns: columns.map((column, index) => columnProfile(column, index, row, required)),
    consistency: checksOf(table).map(({ id }, index) => ({
      check: id,
      checked: count(row[`checked_${index}`]),
      held: count(row[`held_${index}`]),
    })),
    volume: null,
  }))
  const bySource = new Map(profiles.map((profile) => [profile.source, profile]))
  await addCatalogued(engine, table, present, source, bySource)
  await addVolume(engine, table, source, bySource, now)
  await addCategories(engine, table, source, columns, bySource)
  await addPercentiles(engine, table, source, all, bySource)
  return profiles.toSorted((a, b) => ((a.source ?? '') < (b.source ?? '') ? -1 : 1))
}

const isKey = ({ name, type }: TableColumn) => type === 'BIGINT' && name.endsWith('_id')
const isNumber = (column: TableColumn) => numberTypes.includes(column.type) && !isKey(column)
const isOrdered = (column: TableColumn) => orderedTypes.includes(column.type) && !isKey(column)
const checksOf = (table: TableName) => consistencyChecks.filter((check) => check.table === table)

function overview(table: TableName, source: Sql, columns: readonly TableColumn[]): Sql {
  const measures = columns.flatMap((column, index) => {
    const name = sql.id(column.name)
    const as = (measure: string) => sql.id(`${measure}_${index}`)
    return [
      sql`count(${name}) AS ${as('present')}`,
      sql`approx_count_distinct(${name}) AS ${as('distinct')}`,
      ...(isOrdered(column) ? [sql`min(${name}) AS ${as('minimum')}`, sql`max(${name}) AS ${as('maximum')}`] : []),
      ...(isNumber(column) ? [sql`avg(${name}) AS ${as('mean')}`] : []),
    ]
  })
  const checks = checksOf(table).flatMap(({ condition }, index) => [
    sql`count(${condition}) AS ${sql.id(`checked_${index}`)}`,
    sql`count_if(${condition}) AS ${sql.id(`held_${index}`)}`,
  ])
  return sql`SELECT ${source} AS source, count(*) AS n, ${sql.join([...measures, ...checks])} FROM ${sql.id(table)} GROUP BY 1`
}

function columnProfile(column: TableColumn, index: number, row: Row, required: readonly string[]): ColumnProfile {
  const rows = count(row.n)
  const present = count(row[`present_${index}`])
  return {
    column: column.name,
    type: column.type,
    isRequired: required.includes(column.name),
    present,
    nullRate: rows === 0 ? 0 : (rows - present) / rows,
    distinct: Math.min(present, count(row[`distinct_${index}`])),
    isDistinctExact: present === 0,
    minimum: bound(row[`minimum_${index}`]),
    maximum: bound(row[`maximum_${index}`]),
    mean: finite(row[`mean_${index}`]),
    percentiles: [],
    categories: [],
  }
}

/** The stored columns that a row of `table` cannot do without. */
function requiredColumns(table: TableName): string[] {
  const kind = kinds.find((name) => name === table)
  const own = kind === undefined || kind === 'title' ? [] : fields[kind].filter((field) => field.required === true)
  return [
    ...(tables[table].some(({ name }) => name === 'title_id') ? ['title_id'] : []),
    ...(table === 'title' ? ['name'] : []),
    ...own.map((field) => (field.type === 'identity' ? 'viewer_id' : field.name)),
  ]
}

type BySource = ReadonlyMap<string | null, TableProfile>

async function addCatalogued(
  engine: Engine,
  table: TableName,
  present: readonly TableName[],
  source: Sql,
  profiles: BySource,
) {
  const isFact = kinds.some((kind) => kind === table && kind !== 'title')
  if (!isFact || profiles.size === 0 || !present.includes('title')) return
  const rows = await engine.query(
    sql`SELECT source, CAST(sum(n) AS BIGINT) AS checked, CAST(sum(CASE WHEN title.is_catalogued THEN n ELSE 0 END) AS BIGINT) AS held FROM (SELECT ${source} AS source, title_id, count(*) AS n FROM ${sql.id(table)} GROUP BY 1, 2) AS fact LEFT JOIN (SELECT title_id, is_catalogued FROM title) AS title ON title.title_id = fact.title_id GROUP BY 1`,
  )
  for (const row of rows) {
    const counts = { check: catalogued.id, checked: count(row.checked), held: count(row.held) }
    profiles.get(text(row.source))?.consistency.push(counts)
  }
}

async function addVolume(engine: Engine, table: TableName, source: Sql, profiles: BySource, now: Date) {
  const column = timeColumns[table]
  if (column === undefined || profiles.size === 0) return
  const days = new Map<string | null, DayCount[]>()
  const rows = await engine.query(
    sql`SELECT ${source} AS source, CAST(CAST(${sql.id(column)} AS DATE) AS VARCHAR) AS day, count(*) AS n FROM ${sql.id(table)} WHERE ${sql.id(column)} IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`,
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

async function addCategories(
  engine: Engine,
  table: TableName,
  source: Sql,
  columns: readonly TableColumn[],
  profiles: BySource,
) {
  for (const [index, column] of columns.entries()) {
    const name = sql.id(column.name)
    const sources = [...profiles.values()]
      .filter(({ columns: own }) => {
        const { present = 0, distinct = 0 } = own[index] ?? {}
        return present > 0 && distinct <= fewValues
      })
      .map((profile) => profile.source ?? '')
    if (isKey(column) || sources.length === 0) continue
    const rows = await engine.query(
      sql`SELECT source, value, n, different FROM (SELECT source, value, n, count(*) OVER (PARTITION BY source) AS different, row_number() OVER (PARTITION BY source ORDER BY n DESC, value) AS place FROM (SELECT ${source} AS source, CAST(${name} AS VARCHAR) AS value, count(*) AS n FROM ${sql.id(table)} WHERE ${name} IS NOT NULL AND coalesce(${source}, '') IN ${sql.list(sources)} GROUP BY 1, 2) AS counted) AS placed WHERE place <= ${fewValues} ORDER BY source, place`,
    )
    for (const row of rows) {
      const profile = profiles.get(text(row.source))?.columns[index]
      if (!profile) continue
      profile.distinct = count(row.different)
      profile.isDistinctExact = true
      if (profile.distinct <= fewValues) profile.categories.push({ value: String(row.value), rows: count(row.n) })
    }
  }
}

async function addPercentiles(
  engine: Engine,
  table: TableName,
  source: Sql,
  all: readonly TableColumn[],
  profiles: BySource,
) {
  const chosen = all.filter(
    (column) =>
      isNumber(column) &&
      [...profiles.values()].some(({ columns }) =>
        columns.some((own) => own.column === column.name && own.present > 0),
      ),
  )
  if (chosen.length === 0) return
  const measures = chosen.map(
    ({ name }) => sql`${percentilesOf(engine, sql.id(name))} AS ${sql.id(`percentiles_${name}`)}`,
  )
  const hasLines = all.some(({ name }) => name === 'line')
  const rows = await engine.query(
    sql`SELECT ${source} AS source, ${sql.join(measures)} FROM ${sql.id(table)} WHERE ${hasLines ? inSample(source, profiles) : sql`TRUE`} GROUP BY 1`,
  )
  for (const row of rows) {
    for (const column of profiles.get(text(row.source))?.columns ?? []) {
      const list = row[`percentiles_${column.column}`]
      if (Array.isArray(list)) column.percentiles = list.map(Number).filter(Number.isFinite)
    }
  }
}

function percentilesOf(engine: Engine, column: Sql): Sql {
  const list = sql.join(percentages.map((share) => sql.literal(share)))
  const array = engine.name === 'duckdb' ? sql`[${list}]` : sql`array(${list})`
  return sql`percentile_cont(${array}) WITHIN GROUP (ORDER BY CAST(${column} AS DOUBLE))`
}

/** Spreads lines evenly over 0 to 2^32 by Fibonacci hashing (Knuth, TAOCP 3, 6.4), so that a rhythm in the file cannot show. */
function inSample(source: Sql, profiles: BySource): Sql {
  const large = [...profiles.values()].filter(({ rows }) => rows > sampledRows)
  if (large.length === 0) return sql`TRUE`
  const limits = large.map(
    (profile) => sql`WHEN ${profile.source} THEN ${Math.round((sampledRows / profile.rows) * 2 ** 32)}`,
  )
  return sql`(line % 1000000000) * 2654435761 % 4294967296 < CASE ${source} ${sql.join(limits, ' ')} ELSE 4294967296 END`
}

/** Adds up the ledgers of each source and kind, in the order in which they come. */
export function sumIntake(ledgers: readonly FileLedger[]): IntakeProfile[] {
  const sums = new Map<string, IntakeProfile>()
  for (const { source, kind, ...file } of ledgers) {
    const name = `${kind} ${source}`
    const sum = sums.get(name) ?? { source, kind, read: 0, accepted: 0, duplicates: 0, quarantined: 0 }
    sums.set(name, sum)
    for (const field of ['read', 'accepted', 'duplicates', 'quarantined'] as const) sum[field] += file[field]
  }
  return [...sums.values()]
}

const count = (value: Value | undefined): number => Number(value ?? 0)
const text = (value: Value | undefined): string | null => (value === null || value === undefined ? null : String(value))

function finite(value: Value | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function bound(value: Value | undefined): number | string | null {
  return typeof value === 'string' ? value : finite(value)
}
