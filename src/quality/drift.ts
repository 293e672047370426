import { z } from 'zod'
import { columnStability } from './population-stability.ts'
import type { ColumnProfile, QualityProfile, TableProfile } from './profile-schema.ts'

export const driftRow = z.object({
  table: z.string(),
  source: z.string().nullable(),
  column: z.string().nullable(),
  measure: z.enum([
    'volume',
    'null_rate',
    'distribution',
    'source_appeared',
    'source_disappeared',
    'category_appeared',
    'category_disappeared',
  ]),
  /** Rows, share or, for a category, its rows; null where there is no value to show. */
  previous: z.number().nullable(),
  current: z.number().nullable(),
  /** Volume: relative change. Null rate: difference. Distribution: population stability index. Else null. */
  change: z.number().nullable(),
  level: z.enum(['none', 'moderate', 'major']),
  /** The category that appeared or disappeared. */
  value: z.string().nullable(),
})
export type DriftRow = z.output<typeof driftRow>

/** From these on a change is moderate and major: relative volume, difference of null rates, population stability index. */
const limits = {
  volume: [0.2, 0.5],
  null_rate: [0.02, 0.1],
  distribution: [0.1, 0.25],
} as const

/** What changed from one version to the next, by table, source and column; unchanged null rates and categories are left out. */
export function compareProfiles(previous: QualityProfile, current: QualityProfile): DriftRow[] {
  const before = new Map(previous.tables.map((table) => [nameOf(table), table]))
  const now = new Map(current.tables.map((table) => [nameOf(table), table]))
  const gone = previous.tables.filter((table) => !now.has(nameOf(table)))
  return [
    ...current.tables.flatMap((table) => {
      const earlier = before.get(nameOf(table))
      return earlier
        ? compareTables(earlier, table)
        : [drift(table, 'source_appeared', 'major', { current: table.rows })]
    }),
    ...gone.map((table) => drift(table, 'source_disappeared', 'major', { previous: table.rows })),
  ]
}

const nameOf = ({ table, source }: TableProfile) => JSON.stringify([table, source])

function compareTables(before: TableProfile, now: TableProfile): DriftRow[] {
  const change = before.rows === 0 ? null : (now.rows - before.rows) / before.rows
  const columns = new Map(before.columns.map((column) => [column.column, column]))
  return [
    drift(now, 'volume', level('volume', change), { previous: before.rows, current: now.rows, change }),
    ...now.columns.flatMap((column) => {
      const earlier = columns.get(column.column)
      return earlier ? compareColumns(now, earlier, column) : []
    }),
  ]
}

function compareColumns(table: TableProfile, before: ColumnProfile, now: ColumnProfile): DriftRow[] {
  const rows: DriftRow[] = []
  const column = now.column
  const change = now.nullRate - before.nullRate
  if (change !== 0) {
    const values = { column, previous: before.nullRate, current: now.nullRate, change }
    rows.push(drift(table, 'null_rate', level('null_rate', change), values))
  }
  const stability = columnStability(before, now)
  if (stability !== undefined) {
    rows.push(drift(table, 'distribution', level('distribution', stability), { column, change: stability }))
  }
  for (const { value, rows: current } of newCategories(before, now)) {
    rows.push(drift(table, 'category_appeared', 'moderate', { column, value, current }))
  }
  for (const { value, rows: previous } of newCategories(now, before)) {
    rows.push(drift(table, 'category_disappeared', 'moderate', { column, value, previous }))
  }
  return rows
}

/** The categories of `to` that `from` lacks; only texts and booleans, where both list every value. */
function newCategories(from: ColumnProfile, to: ColumnProfile) {
  if (!['VARCHAR', 'BOOLEAN'].includes(to.type) || from.categories.length === 0 || to.categories.length === 0) return []
  const known = new Set(from.categories.map(({ value }) => value))
  return to.categories.filter(({ value }) => !known.has(value))
}

function level(measure: keyof typeof limits, change: number | null): DriftRow['level'] {
  const [moderate, major] = limits[measure]
  const size = Math.abs(change ?? 0)
  return size > major ? 'major' : size > moderate ? 'moderate' : 'none'
}

function drift(
  { table, source }: TableProfile,
  measure: DriftRow['measure'],
  level: DriftRow['level'],
  values: Partial<DriftRow>,
): DriftRow {
  return {
    table,
    source,
    column: null,
    measure,
    previous: null,
    current: null,
    change: null,
    level,
    value: null,
    ...values,
  }
}
