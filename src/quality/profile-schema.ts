import { z } from 'zod'
import { about } from '../question.ts'
import { kinds } from '../warehouse/schema.ts'

/** How one column of one source looks. */
export const columnProfile = z.object({
  column: z.string(),
  type: z.string(),
  /** Whether a row cannot do without it. */
  isRequired: z.boolean(),
  /** Rows that have a value. */
  present: z.int(),
  /** Share of rows without a value, 0 to 1. */
  nullRate: z.number(),
  /** Different values; see `isDistinctExact`. */
  distinct: z.int(),
  /** False: estimated by HyperLogLog, typically within a few per cent but up to a fourth off. */
  isDistinctExact: z.boolean(),
  /** Of numbers, dates and instants. */
  minimum: z.union([z.number(), z.string()]).nullable(),
  maximum: z.union([z.number(), z.string()]).nullable(),
  /** Of numbers. */
  mean: z.number().nullable(),
  /** Of numbers: the 0th, 1st … 100th percentile; every tenth is a decile. Empty for other types. */
  percentiles: z.array(z.number()),
  /** The most frequent values with their rows, most first, where the column has few; empty otherwise. */
  categories: z.array(z.object({ value: z.string(), rows: z.int() })),
})
export type ColumnProfile = z.output<typeof columnProfile>

export const period = z.enum(['day', 'week'])

/** Rows over time; days are UTC, weeks begin on Monday. */
export const volumeProfile = z.object({
  /** The day of the oldest and of the newest event. */
  first: z.string(),
  last: z.string(),
  /** Days from the newest event to the build; negative when it lies in the future. */
  ageDays: z.number(),
  /** Most days in a row without a single event. */
  longestGapDays: z.int(),
  /** The finest period of which at least half have rows; null for sparse series. */
  period: period.nullable(),
  /** The latest periods, oldest first, those without rows included; empty when `period` is null. */
  counts: z.array(z.object({ start: z.string(), rows: z.int() })),
})
export type VolumeProfile = z.output<typeof volumeProfile>

export const consistencyCount = z.object({
  check: z.string(),
  /** Rows that the check applies to, and those of them that hold. */
  checked: z.int(),
  held: z.int(),
})

/** How one table looks for one source; `source` is null for tables that mix sources in each row. */
export const tableProfile = z.object({
  table: z.string(),
  source: z.string().nullable(),
  rows: z.int(),
  columns: z.array(columnProfile),
  consistency: z.array(consistencyCount),
  volume: volumeProfile.nullable(),
})
export type TableProfile = z.output<typeof tableProfile>

/** What became of the rows of one source and kind, over all of its files. */
export const intakeProfile = z.object({
  source: z.string(),
  kind: z.enum(kinds),
  read: z.int(),
  accepted: z.int(),
  duplicates: z.int(),
  quarantined: z.int(),
})
export type IntakeProfile = z.output<typeof intakeProfile>

/** A period whose volume is out of line with the others of its source. */
export const anomaly = z.object({
  table: z.string().meta(about('Table', '数据表')),
  source: z.string().nullable().meta(about('Source', '来源')),
  period: period.meta(
    about('Period', '周期', { words: { day: { en: 'day', zh: '日' }, week: { en: 'week', zh: '周' } } }),
  ),
  start: z.string().meta(about('Begins', '起始日')),
  rows: z.int().meta(about('Rows', '行数')),
  expected: z
    .number()
    .meta(about('Median over all periods', '全部周期的中位数', { short: { en: 'Usual', zh: '通常' } })),
  score: z.number().meta(about('Modified z-score', '修正 z 分数')),
})
export type Anomaly = z.output<typeof anomaly>

/** How the data of one published version look. */
export const qualityProfile = z.object({
  measuredAt: z.string(),
  tables: z.array(tableProfile),
  intake: z.array(intakeProfile),
  anomalies: z.array(anomaly),
})
export type QualityProfile = z.output<typeof qualityProfile>
