import type { Engine, Row } from '../engine/engine.ts'
import { functionsOf } from '../engine/functions.ts'
import { type Sql, sql } from '../engine/sql.ts'
import { mapAtOnce } from '../map-at-once.ts'
import { fields, kinds, type TableColumn, type TableName, tables } from '../warehouse/schema.ts'
import { consistencyChecks } from './consistency.ts'
import { addCounts } from './count-values.ts'
import type { FileLedger } from './ledger.ts'
import type { ColumnProfile, IntakeProfile, QualityProfile, TableProfile } from './profile-schema.ts'
import { bound, count, finite, numbers, text } from './profile-value.ts'
import { findAnomalies } from './volume.ts'

const originColumns = ['source', 'file', 'line']
const numberTypes = ['BIGINT', 'INTEGER', 'DOUBLE']
const orderedTypes = [...numberTypes, 'DATE', 'TIMESTAMP']
const sampledRows = 100_000
const percentages = Array.from({ length: 101 }, (_, index) => index / 100)

/**
 * How the data of a version look, by table, source and column, in two passes over each table. Percentiles are those of a
 * fixed sample of about 100,000 rows a source. Columns that `stored` lacks are empty; all are looked at of other tables.
 */
export async function buildProfile(
  engine: Engine,
  tableNames: readonly TableName[],
  ledgers: readonly FileLedger[],
  now: Date,
  stored: Partial<Record<TableName, ReadonlySet<string>>> = {},
): Promise<QualityProfile> {
  const intake = sumIntake(ledgers)
  const hasCatalogue = tableNames.includes('title') && (await listsTitles(engine))
  const ofTables = await mapAtOnce(tableNames, engine.concurrency, (table) => {
    const isStored = ({ name }: TableColumn) => stored[table]?.has(name) ?? true
    return profileTable({ engine, table, hasCatalogue, isStored, intake, now })
  })
  const profiles = ofTables.flat()
  return {
    measuredAt: now.toISOString(),
    tables: profiles,
    intake,
    anomalies: profiles.flatMap(findAnomalies),
  }
}

async function listsTitles(engine: Engine): Promise<boolean> {
  return (await engine.query(sql`SELECT title_id FROM title WHERE is_catalogued LIMIT 1`)).length > 0
}

interface TableInput {
  readonly engine: Engine
  readonly table: TableName
  readonly hasCatalogue: boolean
  readonly isStored: (column: TableColumn) => boolean
  readonly intake: readonly IntakeProfile[]
  readonly now: Date
}

async function profileTable({
  engine,
  table,
  hasCatalogue,
  isStored,
  intake,
  now,
}: TableInput): Promise<TableProfile[]> {
  const all: readonly TableColumn[] = tables[table]
  const source = all.some(({ name }) => name === 'source') ? sql`source` : sql`CAST(NULL AS VARCHAR)`
  const columns = all.filter(({ name }) => !originColumns.includes(name))
  const required = requiredColumns(table)
  const isSampled = all.some(({ name }) => name === 'line') ? inSample(table, intake) : sql`TRUE`
  const rows = await engine.query(overview(engine, table, source, columns, isStored, isSampled))
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
  if (profiles.length > 0) {
    await addCounts({
      engine,
      table,
      source,
      columns: columns.flatMap((column, index) => (isKey(column) ? [] : [{ name: column.name, index }])),
      profiles,
      hasCatalogue: isFact(table) && hasCatalogue,
      now,
    })
  }
  return profiles.toSorted((a, b) => ((a.source ?? '') < (b.source ?? '') ? -1 : 1))
}

const isFact = (table: TableName) => kinds.some((kind) => kind === table && kind !== 'title')
const isKey = ({ name, type }: TableColumn) => type === 'BIGINT' && name.endsWith('_id')
const isNumber = (column: TableColumn) => numberTypes.includes(column.type) && !isKey(column)
const isOrdered = (column: TableColumn) => orderedTypes.includes(column.type) && !isKey(column)
const checksOf = (table: TableName) => consistencyChecks.filter((check) => check.table === table)

function overview(
  engine: Engine,
  table: TableName,
  source: Sql,
  columns: readonly TableColumn[],
  isStored: (column: TableColumn) => boolean,
  isSampled: Sql,
): Sql {
  const measures = columns.flatMap((column, index) => {
    if (!isStored(column)) return []
    const name = sql.id(column.name)
    const as = (measure: string) => sql.id(`${measure}_${index}`)
    return [
      sql`count(${name}) AS ${as('present')}`,
      sql`approx_count_distinct(${name}) AS ${as('distinct')}`,
      ...(isOrdered(column) ? [sql`min(${name}) AS ${as('minimum')}`, sql`max(${name}) AS ${as('maximum')}`] : []),
      ...(isNumber(column)
        ? [
            sql`avg(${name}) AS ${as('mean')}`,
            sql`${percentilesOf(engine, name)} FILTER (WHERE ${isSampled}) AS ${as('percentiles')}`,
          ]
        : []),
    ]
  })
  const checks = checksOf(table).flatMap(({ condition }, index) => [
    sql`count(${condition}) AS ${sql.id(`checked_${index}`)}`,
    sql`count_if(${condition}) AS ${sql.id(`held_${index}`)}`,
  ])
  return sql`SELECT ${source} AS source, ${sql.join([sql`count(*) AS n`, ...measures, ...checks])} FROM ${sql.id(table)} GROUP BY 1`
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
    percentiles: numbers(row[`percentiles_${index}`]),
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

function percentilesOf(engine: Engine, column: Sql): Sql {
  return sql`percentile_cont(${functionsOf(engine).numbers(percentages)}) WITHIN GROUP (ORDER BY CAST(${column} AS DOUBLE))`
}

/** Spreads lines evenly over 0 to 2^32 by Fibonacci hashing (Knuth, TAOCP 3, 6.4), so that a rhythm in the file cannot show. */
function inSample(table: TableName, intake: readonly IntakeProfile[]): Sql {
  const large = intake.filter(({ kind, accepted }) => kind === table && accepted > sampledRows)
  if (large.length === 0) return sql`TRUE`
  const limits = large.map(
    ({ source, accepted }) =>
      sql`WHEN ${sql.literal(source)} THEN ${sql.literal(Math.round((sampledRows / accepted) * 2 ** 32))}`,
  )
  return sql`(line % 1000000000) * 2654435761 % 4294967296 < CASE source ${sql.join(limits, ' ')} ELSE 4294967296 END`
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
