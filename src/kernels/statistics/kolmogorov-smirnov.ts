/** How far two samples are apart. */
export interface SampleDistance {
  /** The largest difference between the shares of both samples at or below a value. */
  readonly distance: number
  /** The probability of such a distance or a larger one between samples of one distribution. */
  readonly p: number
}

/**
 * The Kolmogorov-Smirnov test of two samples in ascending order; NaN where one is empty. p is asymptotic, with the correction of Stephens for small samples.
 * O(n + m).
 * @see Smirnov, "Table for estimating the goodness of fit of empirical distributions", Annals of Mathematical Statistics 19, 1948; Stephens, "Use of the
 * Kolmogorov-Smirnov, Cramér-von Mises and related statistics without extensive tables", JRSS B 32, 1970
 */
export function kolmogorovSmirnov(left: ArrayLike<number>, right: ArrayLike<number>): SampleDistance {
  if (left.length === 0 || right.length === 0) return { distance: Number.NaN, p: Number.NaN }
  let [i, j, distance] = [0, 0, 0]
  while (i < left.length && j < right.length) {
    const value = Math.min(left[i] as number, right[j] as number)
    while (i < left.length && (left[i] as number) <= value) i += 1
    while (j < right.length && (right[j] as number) <= value) j += 1
    distance = Math.max(distance, Math.abs(i / left.length - j / right.length))
  }
  const root = Math.sqrt((left.length * right.length) / (left.length + right.length))
  return { distance, p: tailOf((root + 0.12 + 0.11 / root) * distance) }
}

/** Below this the series has not converged in double precision, and p is 1 to ten places. */
const leastArgument = 0.27
const mostTerms = 100

/** 2 sum_k (-1)^(k-1) exp(-2 k^2 x^2) */
function tailOf(x: number): number {
  if (x < leastArgument) return 1
  let sum = 0
  for (let k = 1; k <= mostTerms; k++) {
    const term = 2 * Math.exp(-2 * k * k * x * x)
    sum += k % 2 === 1 ? term : -term
    if (term < 1e-16) break
  }
  return Math.min(1, Math.max(0, sum))
}
