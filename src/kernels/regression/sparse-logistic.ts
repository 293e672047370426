import { type Random, shuffled } from '../random.ts'
/**
 * Samples of which few features are not 0: those of sample i are `index[start[i]]` up to `index[start[i + 1]]`, each once, with the values at the same
 * places of `value`. There are so many `features`.
 */
export interface SparseSamples {
  readonly features: number
  readonly start: Uint32Array
  readonly index: Uint32Array
  readonly value: Float32Array
}

/** A linear function of sparse samples: `coefficients[j]` is that of feature j. */
export interface SparseFit {
  readonly intercept: number
  readonly coefficients: Float32Array
  readonly rounds: number
  /** Whether the dual gradient came to next to nothing on average before the rounds ran out. */
  readonly converged: boolean
}

/** How a fit is made. */
export interface SparseLogisticOptions {
  /** C, above 0: how much a miss costs against large coefficients. */
  readonly cost: number
  /**
   * The dual variable of each sample as a share of the cost, 0 where the sample was in no fit so far: where to begin, and afterwards where the fit ended.
   */
  readonly shares: Float64Array
  readonly random: Random
  readonly mostRounds?: number
  /** The fit has converged when the parts of the dual gradient are smaller than this on average; 0.1 unless given. */
  readonly tolerance?: number
  /** Called after each round; a fit ends where it throws. */
  readonly onRound?: () => void | Promise<void>
}

const usualTolerance = 0.1
const innerTolerance = 1e-8
/** Dual variables begin this far inside their bounds, since the logarithm is infinite there. */
const least = 1e-8
const mostInnerSteps = 100

/**
 * Minimises |w|^2 / 2 + C sum_i ln(1 + exp(-y_i w x_i)) over w, of which one part is an intercept (a feature of 1 in every sample), by coordinate
 * descent on the dual: each sample's dual variable is moved to its best by Newton steps, samples in random order. O(rounds * entries).
 * `outcome` is 0 or 1. Samples without features move the intercept alone.
 * @see Yu, Huang and Lin, "Dual coordinate descent methods for logistic regression and maximum entropy models", Machine Learning 85, 2011, algorithm 5
 */
export async function fitSparseLogistic(
  { features, start, index, value }: SparseSamples,
  samples: Uint32Array,
  outcome: Uint8Array,
  { cost: c, shares, random, mostRounds = 60, tolerance = usualTolerance, onRound }: SparseLogisticOptions,
): Promise<SparseFit> {
  const coefficients = new Float32Array(features)
  let intercept = 0
  const norm = new Float64Array(samples.length)
  const add = (sample: number, amount: number) => {
    for (let e = start[sample] as number; e < (start[sample + 1] as number); e++) {
      const j = index[e] as number
      coefficients[j] = (coefficients[j] as number) + amount * (value[e] as number)
    }
    intercept += amount
  }
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i] as number
    let sum = 0
    for (let e = start[sample] as number; e < (start[sample + 1] as number); e++) sum += (value[e] as number) ** 2
    norm[i] = 1 + sum
    shares[sample] = Math.min(Math.max(shares[sample] as number, least), 1 - least)
    add(sample, (outcome[sample] === 1 ? c : -c) * (shares[sample] as number))
  }
  // A share so much closer to 1 would be 1.
  const edge = c * Number.EPSILON
  let inner = 1e-2
  for (let round = 1; ; round++) {
    let [away, steps] = [0, 0]
    for (const i of shuffled(samples.length, random)) {
      const sample = samples[i] as number
      const [to, a] = [start[sample + 1] as number, norm[i] as number]
      let dot = 0
      for (let e = start[sample] as number; e < to; e++) {
        dot += (value[e] as number) * (coefficients[index[e] as number] as number)
      }
      const y = outcome[sample] === 1 ? 1 : -1
      const b = y * (dot + intercept)
      const alpha = c * (shares[sample] as number)
      const isUpper = 0.5 * a * (c - 2 * alpha) + b < 0
      const [before, slope] = isUpper ? [c - alpha, -b] : [alpha, b]
      let z = c - before < 0.5 * c ? 0.1 * before : before
      let gradient = a * (z - before) + slope + Math.log(z / (c - z))
      const isStuck = () => z <= edge && gradient > 0
      if (!isStuck()) away += Math.abs(gradient)
      let step = 0
      for (; step <= mostInnerSteps && Math.abs(gradient) >= inner && !isStuck(); step++) {
        const next = z - gradient / (a + c / (c - z) / z)
        z = Math.max(edge, next <= 0 ? z * 0.1 : next)
        gradient = a * (z - before) + slope + Math.log(z / (c - z))
      }
      if (step === 0) continue
      steps += step
      shares[sample] = (isUpper ? c - z : z) / c
      add(sample, (isUpper ? -y : y) * (z - before))
    }
    await onRound?.()
    if (away < tolerance * samples.length) return { intercept, coefficients, rounds: round, converged: true }
    if (round === mostRounds) return { intercept, coefficients, rounds: round, converged: false }
    if (steps <= samples.length / 10) inner = Math.max(innerTolerance, 0.1 * inner)
  }
}
