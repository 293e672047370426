/** Estimates with their sampling variances, and what pooling them says of each. */
export interface Shrunk {
  /** The mean that estimates are pulled to. */
  readonly mean: number
  /** Variance of the true values around it; 0 when sampling explains all differences. */
  readonly between: number
  readonly values: readonly { readonly mean: number; readonly deviation: number }[]
}

/**
 * Empirical Bayes for normal estimates with known variances: posterior means and standard deviations under a normal prior
 * whose variance is the moment estimate of DerSimonian and Laird 1986, or `leastBetween` where that is more. The deviations
 * allow for the error of the prior mean. O(n). An empty list gives mean 0.
 */
export function shrink(estimates: readonly number[], variances: readonly number[], leastBetween = 0): Shrunk {
  const weights = variances.map((variance) => 1 / variance)
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const weighted = (w: readonly number[]) => {
    const total = sum(w)
    return total > 0 ? sum(estimates.map((value, index) => value * (w[index] ?? 0))) / total : 0
  }
  const fixed = weighted(weights)
  const q = sum(estimates.map((value, index) => (weights[index] ?? 0) * (value - fixed) ** 2))
  const total = sum(weights)
  const scale = total - sum(weights.map((weight) => weight ** 2)) / total
  const between = scale > 0 ? Math.max(leastBetween, (q - (estimates.length - 1)) / scale) : leastBetween
  const mean = weighted(variances.map((variance) => 1 / (variance + between)))
  const meanVariance = 1 / sum(variances.map((variance) => 1 / (variance + between)))
  const values = estimates.map((value, index) => {
    const variance = variances[index] ?? Number.POSITIVE_INFINITY
    const own = between / (between + variance)
    return {
      mean: own * value + (1 - own) * mean,
      deviation: Math.sqrt(own * variance + (1 - own) ** 2 * meanVariance),
    }
  })
  return { mean, between, values }
}
