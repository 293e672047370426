import { adjustForDiscoveries } from '../kernels/statistics/benjamini-hochberg.ts'
import { shrink } from '../kernels/statistics/shrinkage.ts'
import { twoSidedP } from '../kernels/statistics/student-t.ts'

/** Plays of one thing in two periods of equal length, with the sums of squares of its daily counts. */
export interface PeriodCounts {
  readonly now: number
  readonly before: number
  readonly nowSquares: number
  readonly beforeSquares: number
}

export interface Growth {
  /** Ratio of plays, now to before, shrunk; with its 90 % interval. */
  readonly ratio: number
  readonly low: number
  readonly high: number
  /** Two-sided, of the unshrunk ratio being 1. */
  readonly pValue: number
  /** … adjusted for the length of the list. */
  readonly qValue: number
}

const normal90 = 1.6448536269514722
const continuity = 0.5
/** True growth differs by a few per cent between titles even where the list cannot show it. */
const leastLogDeviation = 0.05

/** Pearson's chi-square of daily counts around the mean of their period. */
function dispersionSum({ now, before, nowSquares, beforeSquares }: PeriodCounts, days: number): number {
  const one = (plays: number, squares: number) => (plays > 0 ? ((squares - plays ** 2 / days) * days) / plays : 0)
  return one(now, nowSquares) + one(before, beforeSquares)
}

/**
 * Growth of each thing: a quasi-Poisson rate ratio whose dispersion (at least 1) is the mean of its own and the pooled
 * one, shrunk to the mean of the list, which gives small counts little say.
 */
export function growthOf(counts: readonly PeriodCounts[], days: number): Growth[] {
  const degrees = 2 * (days - 1)
  const sums = counts.map((item) => dispersionSum(item, days))
  const pooled = sums.reduce((total, value) => total + value, 0) / (degrees * Math.max(1, counts.length))
  const logs = counts.map(({ now, before }) => Math.log((now + continuity) / (before + continuity)))
  const variances = counts.map(({ now, before }, index) => {
    const dispersion = Math.max(1, ((sums[index] ?? 0) / degrees + pooled) / 2)
    return dispersion * (1 / (now + continuity) + 1 / (before + continuity))
  })
  const pValues = logs.map((value, index) => twoSidedP(value / Math.sqrt(variances[index] ?? 1), 2 * degrees))
  const qValues = adjustForDiscoveries(pValues)
  return shrink(logs, variances, leastLogDeviation ** 2).values.map(({ mean, deviation }, index) => ({
    ratio: Math.exp(mean),
    low: Math.exp(mean - normal90 * deviation),
    high: Math.exp(mean + normal90 * deviation),
    pValue: pValues[index] ?? 1,
    qValue: qValues[index] ?? 1,
  }))
}

const leastShareOfDay = 0.5

/**
 * The last of `days` (YYYY-MM-DD, ascending) that is whole: a log often ends in the middle of a day, and such a day would
 * make everything seem to fall. The latest is passed over when it has less than half the plays of the same day a week before.
 */
export function lastWholeDay(days: readonly { readonly day: string; readonly plays: number }[]): string | undefined {
  const last = days.at(-1)
  const previous = days.at(-2)
  if (!last || !previous) return last?.day
  const weekBefore = new Date(Date.parse(last.day) - 7 * 86_400_000).toISOString().slice(0, 10)
  const usual = days.find(({ day }) => day === weekBefore)?.plays ?? 0
  return last.plays < leastShareOfDay * usual ? previous.day : last.day
}

const dimensions = ['source', 'region', 'episode', 'title'] as const

export interface Change {
  readonly dimension: (typeof dimensions)[number]
  readonly value: string
  readonly change: number
}

export interface Reason {
  readonly dimension: Change['dimension']
  readonly value: string
  readonly shareOfChange: number
}

/** A whole that is smaller than this share of its parts is a sum of parts that cancel out. */
const roundingError = 1e-9

/**
 * The values that moved the way the whole did, with their share of all that moved that way within their dimension. A
 * dimension with a single value, or whose values cancel out, explains nothing and is left out. The largest come first, those of equal
 * shares by dimension and value.
 */
export function reasonsFor(changes: readonly Change[], limit: number): Reason[] {
  const reasons: Reason[] = []
  for (const dimension of dimensions) {
    const parts = changes.filter((item) => item.dimension === dimension).sort((a, b) => (a.value < b.value ? -1 : 1))
    if (parts.length < 2) continue
    const whole = parts.reduce((sum, part) => sum + part.change, 0)
    const moved = parts.reduce((sum, part) => sum + Math.abs(part.change), 0)
    if (Math.abs(whole) <= moved * roundingError) continue
    const same = parts.filter((part) => Math.sign(part.change) === Math.sign(whole))
    const total = same.reduce((sum, part) => sum + part.change, 0)
    for (const { value, change } of same) reasons.push({ dimension, value, shareOfChange: change / total })
  }
  return reasons.sort((a, b) => rounded(b.shareOfChange) - rounded(a.shareOfChange)).slice(0, limit)
}

/** `value` to 40 bits (Veltkamp's splitting): shares of sums in another order become equal, so that the value puts them in order. */
function rounded(value: number): number {
  const split = 8193 * value
  return split - (split - value)
}
