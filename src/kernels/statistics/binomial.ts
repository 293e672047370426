import { logIncompleteBeta } from './incomplete-beta.ts'

/** Natural logarithm of P(X >= count) for X successes of `trials` at `probability`: I_p(k, n - k + 1) (Abramowitz and Stegun 26.5.24). */
export function logBinomialTail(count: number, trials: number, probability: number): number {
  if (count <= 0) return 0
  if (count > trials) return Number.NEGATIVE_INFINITY
  return logIncompleteBeta(probability, count, trials - count + 1)
}
