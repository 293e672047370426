import type { ColumnProfile } from './profile-schema.ts'

const leastValues = 200
const leastShare = 0.0001
const namedCategories = 20
const decileStep = 10

/**
 * Population stability index: the sum over bins of (q - p) ln(q / p) for the shares p before and q now, each at least
 * 0.0001. Below 0.1 is stable, above 0.25 a major shift. Siddiqi, Credit Risk Scorecards, 2006.
 */
export function populationStability(before: readonly number[], now: readonly number[]): number {
  return before.reduce((sum, share, bin) => {
    const p = Math.max(share, leastShare)
    const q = Math.max(now[bin] ?? 0, leastShare)
    return sum + (q - p) * Math.log(q / p)
  }, 0)
}

/**
 * The index of one column between two versions: bins are the values where both list them all (the 20 most frequent of
 * before and the rest), else the deciles of before. Undefined below 200 values on either side, or without bins.
 */
export function columnStability(before: ColumnProfile, now: ColumnProfile): number | undefined {
  if (before.present < leastValues || now.present < leastValues) return undefined
  if (before.categories.length > 0 && now.categories.length > 0) {
    const bins = before.categories.slice(0, namedCategories).map(({ value }) => value)
    return populationStability(categoryShares(before, bins), categoryShares(now, bins))
  }
  if (before.percentiles.length === 0 || now.percentiles.length === 0) return undefined
  const edges = before.percentiles.filter((_, index) => index % decileStep === 0).slice(1, -1)
  const bins = [...new Set(edges)]
  return populationStability(binShares(before.percentiles, bins), binShares(now.percentiles, bins))
}

function categoryShares(column: ColumnProfile, bins: readonly string[]): number[] {
  const rows = new Map(column.categories.map((category) => [category.value, category.rows]))
  const shares = bins.map((value) => (rows.get(value) ?? 0) / column.present)
  return [...shares, 1 - shares.reduce((sum, share) => sum + share, 0)]
}

function binShares(percentiles: readonly number[], edges: readonly number[]): number[] {
  const below = [0, ...edges.map((edge) => shareUpTo(percentiles, edge)), 1]
  return below.slice(1).map((share, index) => share - (below[index] ?? 0))
}

/** The share of values at most `value`, interpolated between percentiles. */
function shareUpTo(percentiles: readonly number[], value: number): number {
  const above = percentiles.findIndex((percentile) => percentile > value)
  if (above < 0) return 1
  const high = percentiles[above]
  const low = percentiles[above - 1]
  if (high === undefined || low === undefined) return 0
  return (above - 1 + (value - low) / (high - low)) / (percentiles.length - 1)
}
