import { logIncompleteBeta } from './incomplete-beta.ts'

/** Below this a count is as good as Poisson, and the gamma functions of its inverse keep their digits. */
const leastDispersion = 1e-7

/**
 * Natural logarithm of P(X >= count) for a negative binomial X with `mean` > 0 and variance mean + dispersion mean²; dispersion 0 is
 * Poisson to seven digits. P(X >= k) = I_x(k, 1 / dispersion) with x = mean / (mean + 1 / dispersion) (Johnson, Kemp and Kotz,
 * Univariate Discrete Distributions, 5.6).
 */
export function logUpperTail(count: number, mean: number, dispersion: number): number {
  if (count <= 0) return 0
  const size = 1 / Math.max(dispersion, leastDispersion)
  return logIncompleteBeta(mean / (mean + size), count, size)
}
