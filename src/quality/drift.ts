import { z } from 'zod'
import { about } from '../question.ts'
import { columnStability } from './population-stability.ts'
import type { ColumnProfile, QualityProfile, TableProfile } from './profile-schema.ts'

export const driftRow = z.object({
  table: z.string().meta(about('Table', '数据表')),
  source: z.string().nullable().meta(about('Source', '来源')),
  column: z.string().nullable().meta(about('Column', '列')),
  measure: z
    .enum([
      'volume',
      'null_rate',
      'distribution',
      'source_appeared',
      'source_disappeared',
      'category_appeared',
      'category_disappeared',
    ])
    .meta(
      about('What changed', '变化', {
        words: {
          volume: { en: 'number of rows', zh: '行数' },
          null_rate: { en: 'share of missing values', zh: '缺失率' },
          distribution: { en: 'distribution of values', zh: '取值分布' },
          source_appeared: { en: 'new source', zh: '新增来源' },
          source_disappeared: { en: 'source is gone', zh: '来源消失' },
          category_appeared: { en: 'new value', zh: '新增取值' },
          category_disappeared: { en: 'value is gone', zh: '取值消失' },
        },
      }),
    ),
  previous: z
    .number()
    .nullable()
    .meta(
      about('Before: rows, or a share of missing values', '之前：行数或缺失率', {
        short: { en: 'Before', zh: '之前' },
      }),
    ),
  current: z
    .number()
    .nullable()
    .meta(about('Now: rows, or a share of missing values', '现在：行数或缺失率', { short: { en: 'Now', zh: '现在' } })),
  change: z
    .number()
    .nullable()
    .meta(
      about(
        'Rows: relative change; missing values: difference; distribution: population stability index',
        '行数为相对变化，缺失率为差值，分布为群体稳定性指数（PSI）',
        { short: { en: 'Change', zh: '变化量' } },
      ),
    ),
  level: z.enum(['none', 'moderate', 'major']).meta(
    about('How much', '程度', {
      words: {
        none: { en: 'none', zh: '无' },
        moderate: { en: 'moderate', zh: '中等' },
        major: { en: 'major', zh: '显著' },
      },
    }),
  ),
  value: z
    .string()
    .nullable()
    .meta(about('Value that appeared or disappeared', '新增或消失的取值', { short: { en: 'Value', zh: '取值' } })),
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
