import { logIncompleteBeta } from './incomplete-beta.ts'

/** Natural logarithm of P(X >= count) for X successes of `trials` at `probability`: I_p(k, n - k + 1) (Abramowitz and Stegun 26.5.24). */
export function logBinomialTail(count: number, trials: number, probability: number): number {
  if (count <= 0) return 0
  if (count > trials) return Number.NEGATIVE_INFINITY
  return logIncompleteBeta(probability, count, trials - count + 1)
}

/** The score interval of a share of `successes` of `trials` (Wilson 1927), `z` standard errors wide on each side; 0 to 1 of no trials. */
export function shareInterval(
  successes: number,
  trials: number,
  z: number,
): { readonly low: number; readonly high: number } {
  if (trials === 0) return { low: 0, high: 1 }
  const share = successes / trials
  const square = (z * z) / trials
  const middle = (share + square / 2) / (1 + square)
  const half = (z * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials))) / (1 + square)
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
