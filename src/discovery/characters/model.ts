import { adjustForDiscoveries } from '../../kernels/statistics/benjamini-hochberg.ts'
import { shareInterval } from '../../kernels/statistics/share-interval.ts'
import { twoSidedP } from '../../kernels/statistics/student-t.ts'

const normal90 = 1.6448536269514722
/** A Student variable of so many degrees is normal. */
const manyDegrees = 1e8

/** A share with its 90 % interval; null of nothing. */
export function shareOf(count: number, all: number): { share: number; low: number; high: number } | null {
  if (all === 0) return null
  return { share: count / all, ...shareInterval(count, all, normal90) }
}

/** How the odds of being spoken of changed from one period to the next. */
export interface Change {
  readonly ratio: number
  readonly pValue: number
  readonly qValue: number
}

/**
 * The ratio of odds of `now` among `voices.now` to those of the period before, with half a viewer added to each cell (Haldane 1956), its two-sided
 * p by the normal of its logarithm, and q over all figures (Benjamini and Hochberg 1995).
 */
export function changesOf(
  figures: readonly { readonly now: number; readonly before: number }[],
  voices: { readonly now: number; readonly before: number },
): Change[] {
  const logs = figures.map(({ now, before }) => {
    const cells = [now, voices.now - now, before, voices.before - before].map((count) => count + 0.5) as [
      number,
      number,
      number,
      number,
    ]
    const [a, b, c, d] = cells
    return { log: Math.log((a * d) / (b * c)), error: Math.sqrt(cells.reduce((sum, cell) => sum + 1 / cell, 0)) }
  })
  const pValues = logs.map(({ log, error }) => twoSidedP(log / error, manyDegrees))
  const qValues = adjustForDiscoveries(pValues)
  return logs.map(({ log }, index) => ({
    ratio: Math.exp(log),
    pValue: pValues[index] ?? 1,
    qValue: qValues[index] ?? 1,
  }))
}
