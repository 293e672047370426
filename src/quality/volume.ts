import type { Anomaly, TableProfile, VolumeProfile } from './profile-schema.ts'

export interface DayCount {
  /** ISO date. */
  readonly day: string
  readonly rows: number
}

const millisecondsPerDay = 86_400_000
const daysPerWeek = 7
const mondayOffset = 3
const keptPeriods = 400
const leastCoverage = 0.5
const leastPeriods = 7
const anomalyScore = 3.5

/** Age, longest gap and rows by period from the days that have rows, in order; undefined without any. */
export function measureVolume(days: readonly DayCount[], now: Date): VolumeProfile | undefined {
  const counts = days.map(({ day, rows }) => ({ day: Math.round(Date.parse(day) / millisecondsPerDay), rows }))
  const first = counts[0]
  const last = counts.at(-1)
  if (!first || !last) return undefined
  const gaps = counts.map(({ day }, index) => day - (counts[index - 1]?.day ?? day - 1) - 1)
  const weeks = byWeek(counts)
  const [period, series, step] = isDense(counts, 1)
    ? (['day', counts, 1] as const)
    : isDense(weeks, daysPerWeek)
      ? (['week', weeks, daysPerWeek] as const)
      : ([null, [], 1] as const)
  return {
    first: isoDay(first.day),
    last: isoDay(last.day),
    ageDays: now.getTime() / millisecondsPerDay - last.day,
    longestGapDays: gaps.reduce((most, gap) => Math.max(most, gap), 0),
    period,
    counts: fill(series, step).slice(-keptPeriods),
  }
}

interface Count {
  readonly day: number
  readonly rows: number
}

function byWeek(counts: readonly Count[]): Count[] {
  const weeks = new Map<number, number>()
  for (const { day, rows } of counts) {
    const monday = day - ((((day + mondayOffset) % daysPerWeek) + daysPerWeek) % daysPerWeek)
    weeks.set(monday, (weeks.get(monday) ?? 0) + rows)
  }
  return [...weeks].map(([day, rows]) => ({ day, rows }))
}

function isDense(counts: readonly Count[], step: number): boolean {
  const span = ((counts.at(-1)?.day ?? 0) - (counts[0]?.day ?? 0)) / step + 1
  return counts.length >= leastCoverage * span
}

function fill(counts: readonly Count[], step: number): { start: string; rows: number }[] {
  const filled: { start: string; rows: number }[] = []
  for (const { day, rows } of counts) {
    const previous = filled.at(-1)
    for (let missing = previous ? Date.parse(previous.start) / millisecondsPerDay + step : day; missing < day; ) {
      filled.push({ start: isoDay(missing), rows: 0 })
      missing += step
    }
    filled.push({ start: isoDay(day), rows })
  }
  return filled
}

function isoDay(day: number): string {
  return new Date(day * millisecondsPerDay).toISOString().replace(/T.*/, '')
}

/**
 * Periods whose modified z-score 0.6745 (x - median) / MAD exceeds 3.5 either way; where the MAD is 0, (x - median) divided
 * by 1.2533 times the mean absolute deviation. The first and the last period may be incomplete and are left out, and
 * fewer than 7 others tell nothing. Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993.
 */
export function findAnomalies({ table, source, volume }: TableProfile): Anomaly[] {
  const { period, counts } = volume ?? { period: null, counts: [] }
  const whole = counts.slice(1, -1)
  if (!period || whole.length < leastPeriods) return []
  const expected = median(whole.map(({ rows }) => rows))
  const deviations = whole.map(({ rows }) => Math.abs(rows - expected))
  const typical = median(deviations)
  const mean = deviations.reduce((sum, deviation) => sum + deviation, 0) / deviations.length
  const scale = typical > 0 ? typical / 0.6745 : 1.253314 * mean
  if (scale === 0) return []
  return whole
    .map(({ start, rows }) => ({ table, source, period, start, rows, expected, score: (rows - expected) / scale }))
    .filter(({ score }) => Math.abs(score) > anomalyScore)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2
}
