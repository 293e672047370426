import { setImmediate } from 'node:timers/promises'
import { Random } from '../../kernels/random.ts'
import { fitSparseLogistic, type SparseFit, type SparseSamples } from '../../kernels/sparse-logistic.ts'
import { calibrate } from './calibrate.ts'
import type { GramMatrix, LabelledGrams } from './labelled-grams.ts'
import { canChoose, requireBoth, wellLearned } from './labelled-reviews.ts'
import { LinearSentiment } from './linear-sentiment.ts'
import type { SentimentMeasures } from './measures.ts'

/** Costs of a miss that are tried, and the one that is taken where there are too few reviews to try. */
const costs = [10, 30, 100, 300]
const usualCost = 100

/** What a linear model was made with, and how well it did on reviews kept out while that was chosen; undefined for too few reviews. */
export interface LinearFit {
  readonly model: LinearSentiment
  readonly cost: number
  readonly heldOut: SentimentMeasures | undefined
  readonly converged: boolean
}

/** ln((f+ / sum f+) / (f- / sum f-)) of each n-gram, f the number of reviews of `rows` of either kind that have it, plus 1. */
function logRatios({ keys, start, index, outcome }: GramMatrix, rows: Uint32Array): Float64Array {
  const counts = [new Float64Array(keys.length).fill(1), new Float64Array(keys.length).fill(1)] as const
  for (const row of rows) {
    const count = counts[outcome[row] as 0 | 1]
    for (let e = start[row] as number; e < (start[row + 1] as number); e++) {
      count[index[e] as number] = (count[index[e] as number] as number) + 1
    }
  }
  const total = (count: Float64Array) => count.reduce((sum, one) => sum + one, 0)
  const level = Math.log(total(counts[0]) / total(counts[1]))
  return counts[1].map((favourable, gram) => Math.log(favourable / (counts[0][gram] as number)) + level)
}

function samplesOf(grams: GramMatrix, rows: Uint32Array): SparseSamples {
  const { start, index, outcome } = grams
  const scale = Float32Array.from(outcome, (_, row) => {
    const known = (start[row + 1] as number) - (start[row] as number)
    return known === 0 ? 0 : 1 / Math.sqrt(known)
  })
  return { start, index, scale, square: Float32Array.from(logRatios(grams, rows), (ratio) => ratio ** 2) }
}

function logitsOf({ start, index, scale }: SparseSamples, rows: Uint32Array, fit: SparseFit): Float64Array {
  return Float64Array.from(rows, (row) => {
    let sum = 0
    for (let e = start[row] as number; e < (start[row + 1] as number); e++) {
      sum += fit.coefficients[index[e] as number] as number
    }
    return fit.intercept + sum * (scale[row] as number)
  })
}

/**
 * Learns a linear model: n-grams weigh what naive Bayes finds of them, their coefficients are those of a logistic regression whose cost of a miss is
 * chosen on a tenth of the reviews kept out, and its logits are calibrated there.
 * @throws ModelError `one-outcome` where all reviews are of one kind.
 * @see Wang and Manning, "Baselines and bigrams: simple, good sentiment and topic classification", ACL 2012
 */
export async function fitLinear(gathered: LabelledGrams, seed: number, signal: AbortSignal): Promise<LinearFit> {
  requireBoth(gathered)
  const grams = gathered.matrix()
  const rows = Uint32Array.from(grams.outcome, (_, row) => row)
  const [held, kept] = [
    rows.filter((row) => grams.isHeldOut[row] === 1),
    rows.filter((row) => grams.isHeldOut[row] === 0),
  ]
  const shares = new Float64Array(rows.length)
  const fitTo = async (some: Uint32Array, cost: number) => {
    const samples = samplesOf(grams, some)
    const onRound = async () => {
      await setImmediate()
      signal.throwIfAborted()
    }
    const options = { cost, shares, random: new Random(seed), onRound }
    return { samples, fit: await fitSparseLogistic(samples, some, grams.outcome, options) }
  }
  const heldOutcome = Uint8Array.from(held, (row) => grams.outcome[row] as number)
  let best: { cost: number; stretch: number; shift: number; measures?: SentimentMeasures } = {
    ...{ cost: usualCost, stretch: 1, shift: 0 },
  }
  if (canChoose(heldOutcome)) {
    for (const cost of costs) {
      const { samples, fit } = await fitTo(kept, cost)
      const tried = { cost, ...calibrate(logitsOf(samples, held, fit), heldOutcome) }
      if (tried.measures.logLoss >= (best.measures?.logLoss ?? Number.POSITIVE_INFINITY)) break
      best = tried
    }
  }
  const { fit } = await fitTo(rows, best.cost)
  const model = new LinearSentiment({
    learned: wellLearned(gathered.learned),
    intercept: best.stretch * fit.intercept + best.shift,
    keys: grams.keys,
    coefficients: fit.coefficients.map((one) => best.stretch * one),
  })
  return { model, cost: best.cost, heldOut: best.measures, converged: fit.converged }
}
