import type { Random } from '../random.ts'

/** A mean and the 95 % interval of it. */
export interface Estimate {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** A mean difference, its 95 % interval and the probability of one as far from 0 where there is none. */
export interface PairedDifference extends Estimate {
  readonly pValue: number
}

function meanOf(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] as number
  return sum / values.length
}

/** Means of `samples` samples of `values` with replacement, ascending. */
function resampledMeans(values: Float64Array, random: Random, samples: number): Float64Array {
  const n = values.length
  return Float64Array.from({ length: samples }, () => {
    let sum = 0
    for (let i = 0; i < n; i++) sum += values[random.integer(n)] as number
    return sum / n
  }).sort()
}

const quantile = (ascending: Float64Array, share: number) =>
  ascending[Math.round(share * (ascending.length - 1))] as number

/** The 95 % percentile interval of bootstrap replicates, of which there is at least one. */
export function percentileInterval(replicates: Float64Array): { readonly low: number; readonly high: number } {
  const ascending = replicates.slice().sort()
  return { low: quantile(ascending, 0.025), high: quantile(ascending, 0.975) }
}

/**
 * The mean of `values`, of which there is at least one, with its percentile bootstrap interval. O(samples * values).
 * @see Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13
 */
export function bootstrapMean(values: Float64Array, random: Random, samples = 2000): Estimate {
  const means = resampledMeans(values, random, samples)
  return { mean: meanOf(values), low: quantile(means, 0.025), high: quantile(means, 0.975) }
}

/**
 * The mean of `a` less that of `b`, whose places belong together. `pValue` is two-sided: twice the share of resampled differences on the
 * other side of 0, at least 1 / samples.
 */
export function pairedDifference(a: Float64Array, b: Float64Array, random: Random, samples = 2000): PairedDifference {
  const differences = a.map((value, i) => value - (b[i] as number))
  const means = resampledMeans(differences, random, samples)
  const [below, above] = [means.filter((mean) => mean <= 0).length, means.filter((mean) => mean >= 0).length]
  return {
    mean: meanOf(differences),
    low: quantile(means, 0.025),
    high: quantile(means, 0.975),
    pValue: Math.min(1, Math.max(1, 2 * Math.min(below, above)) / samples),
  }
}
