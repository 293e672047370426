import { setImmediate } from 'node:timers/promises'
import { Random } from '../../../kernels/random.ts'
import { logistic } from '../../../kernels/regression/logistic-regression.ts'
import { fitSparseLogistic, type SparseFit, type SparseSamples } from '../../../kernels/regression/sparse-logistic.ts'
import { calibrate } from '../calibrate.ts'
import { canChoose, folds, requireBoth, wellLearned } from '../labelled-reviews.ts'
import type { SentimentMeasures } from '../measures.ts'
import { type GramMatrix, type LabelledGrams, leastReviews } from './labelled-grams.ts'
import { LinearSentiment } from './linear-sentiment.ts'
import { wordsBeside } from './opinion-words.ts'
import { valueOfCount } from './scan-grams.ts'
import { suspectLabels } from './suspect-labels.ts'

/** How a model is fitted: the power of the log-ratio by which n-grams weigh, and the cost of a miss. */
export interface LinearSettings {
  readonly power: number
  readonly cost: number
}

/** Settings that are tried first, of which the first is taken where there are too few reviews to try, and the factor between costs that are tried then. */
const firstTried: readonly [LinearSettings, LinearSettings] = [
  { power: 1, cost: 10 },
  { power: 0.5, cost: 10 },
]
const costStep = 3
/** Settings are better only with a log-loss this much lower; a smaller difference is chance. */
const leastGain = 0.01
/** Fits by which settings are chosen may end this far from rest: their log-loss moves by less than what is called a gain. */
const rough = { tolerance: 0.3 }
/** So many of the tenths are judged by models of the other nine, to calibrate the logits. */
const calibratedFolds = 4

/** What a linear model was made with, and how well models like it did on reviews that they had not learned from; undefined for too few reviews. */
export interface LinearFit {
  readonly model: LinearSentiment
  readonly settings: LinearSettings
  readonly heldOut: SentimentMeasures | undefined
  readonly converged: boolean
  /** Reviews whose labels the others contradict, the most contradicted first. */
  readonly suspects: readonly SuspectReview[]
  /** Reviews whose labels were held against a model of the others. */
  readonly checked: number
}

/** A review, numbered from 0 in the order in which they were added, and the probability of its being favourable by the others. */
interface SuspectReview {
  readonly review: number
  readonly probability: number
}

/** What becomes of labels that the model contradicts. */
export interface LabelCheck {
  /** Whether all labels are checked, tenth by tenth, instead of those of the tenths that the logits are calibrated on. */
  readonly checkAll?: boolean
  /** Whether reviews with suspect labels are not learned from. */
  readonly leaveOut?: boolean
}

/** What `rows` tell of each n-gram, where f+ and f- are the numbers of favourable and unfavourable ones that have it, plus 1. */
interface GramEvidence {
  /** ln((f+ / sum f+) / (f- / sum f-)). */
  readonly ratio: Float64Array
  /** 1 + ln(rows / (f+ + f-)): rare n-grams say more than frequent ones. */
  readonly rarity: Float64Array
}

function evidenceOf({ keys, start, index, outcome }: GramMatrix, rows: Uint32Array): GramEvidence {
  const counts = [new Float64Array(keys.length).fill(1), new Float64Array(keys.length).fill(1)] as const
  for (const row of rows) {
    const count = counts[outcome[row] as 0 | 1]
    for (let e = start[row] as number; e < (start[row + 1] as number); e++) {
      count[index[e] as number] = (count[index[e] as number] as number) + 1
    }
  }
  const total = (count: Float64Array) => count.reduce((sum, one) => sum + one, 0)
  const level = Math.log(total(counts[0]) / total(counts[1]))
  const both = (take: (favourable: number, unfavourable: number) => number) =>
    counts[1].map((favourable, gram) => take(favourable, counts[0][gram] as number))
  return {
    ratio: both((favourable, unfavourable) => Math.log(favourable / unfavourable) + level),
    rarity: both((favourable, unfavourable) => 1 + Math.log(rows.length / (favourable + unfavourable))),
  }
}

/** Share of the n-grams of each review of `held` that enough of `kept` have, ascending. */
function knownShares({ keys, start, index, read }: GramMatrix, kept: Uint32Array, held: Uint32Array): Float32Array {
  const frequency = new Uint32Array(keys.length)
  const entriesOf = (row: number) => index.subarray(start[row] as number, start[row + 1] as number)
  for (const row of kept) for (const gram of entriesOf(row)) frequency[gram] = (frequency[gram] as number) + 1
  return Float32Array.from(held, (row) => {
    const known = entriesOf(row).reduce((sum, gram) => sum + ((frequency[gram] as number) >= leastReviews ? 1 : 0), 0)
    return known / (read[row] as number)
  }).sort()
}

/** What n-grams weigh in reviews. */
function weightsOf({ ratio, rarity }: GramEvidence, power: number): Float32Array {
  return Float32Array.from(ratio, (one, gram) => Math.abs(one) ** power * (rarity[gram] as number))
}

/** Reviews as vectors of length 1. */
function samplesOf({ keys, start, index, count }: GramMatrix, weights: Float32Array): SparseSamples {
  const value = new Float32Array(index.length)
  for (let row = 0; row + 1 < start.length; row++) {
    const [from, to] = [start[row] as number, start[row + 1] as number]
    let square = 0
    for (let e = from; e < to; e++) {
      value[e] = (weights[index[e] as number] as number) * (valueOfCount[count[e] as number] as number)
      square += (value[e] as number) ** 2
    }
    if (square === 0) continue
    const length = Math.sqrt(square)
    for (let e = from; e < to; e++) value[e] = (value[e] as number) / length
  }
  return { features: keys.length, start, index, value }
}

function logitsOf({ start, index, value }: SparseSamples, rows: Uint32Array, fit: SparseFit): Float64Array {
  return Float64Array.from(rows, (row) => {
    let sum = fit.intercept
    for (let e = start[row] as number; e < (start[row + 1] as number); e++) {
      sum += (fit.coefficients[index[e] as number] as number) * (value[e] as number)
    }
    return sum
  })
}

/** Settings, how good their logits are, and where the fit ended, for another to begin with. */
interface Tried {
  readonly settings: LinearSettings
  readonly logLoss: number
  readonly shares: Float64Array<ArrayBuffer>
}

/** The best settings: the better ones of those tried first, then dearer or cheaper misses as long as that pays. */
async function bestTried(tryOut: (settings: LinearSettings) => Promise<Omit<Tried, 'settings'>>): Promise<Tried> {
  const tried = async (settings: LinearSettings) => ({ settings, ...(await tryOut(settings)) })
  const first = await tried(firstTried[0])
  const second = await tried(firstTried[1])
  let best = second.logLoss < first.logLoss ? second : first
  for (const step of [costStep, 1 / costStep]) {
    const begun = best
    for (;;) {
      const next = await tried({ ...best.settings, cost: best.settings.cost * step })
      if (next.logLoss > (1 - leastGain) * best.logLoss) break
      best = next
    }
    if (best !== begun) break
  }
  return best
}

/**
 * Learns a linear model: n-grams weigh what naive Bayes finds of them, their coefficients are those of a logistic regression whose cost of a miss is
 * chosen on a tenth of the reviews kept out, and its logits are calibrated on four.
 * @throws ModelError `one-outcome` where all reviews are of one kind.
 * @see Wang and Manning, "Baselines and bigrams: simple, good sentiment and topic classification", ACL 2012
 */
export async function fitLinear(
  gathered: LabelledGrams,
  seed: number,
  signal: AbortSignal,
  { checkAll = false, leaveOut = false }: LabelCheck = {},
): Promise<LinearFit> {
  requireBoth(gathered)
  const learned = wellLearned(gathered.learned)
  const [less, more] = gathered.outcomes
  const grams = gathered.matrix(wordsBeside(less + more, new Set(Object.keys(learned))))
  const rows = Uint32Array.from(grams.outcome, (_, row) => row)
  const inFold = (fold: number) => rows.filter((row) => grams.fold[row] === fold)
  const outOfFold = (fold: number) => rows.filter((row) => grams.fold[row] !== fold)
  const outcomesOf = (some: ArrayLike<number>) => Uint8Array.from(some, (row) => grams.outcome[row] as number)
  const onRound = async () => {
    await setImmediate()
    signal.throwIfAborted()
  }
  let shares = new Float64Array(rows.length)
  const fitTo = (samples: SparseSamples, some: Uint32Array, cost: number, ending: { tolerance?: number } = {}) =>
    fitSparseLogistic(samples, some, grams.outcome, { cost, shares, random: new Random(seed), onRound, ...ending })
  const [held, kept] = [inFold(0), outOfFold(0)]
  const isChosen = canChoose(outcomesOf(held))
  let settings = firstTried[0]
  if (isChosen) {
    const evidence = evidenceOf(grams, kept)
    const samplesBy = new Map(firstTried.map(({ power }) => [power, samplesOf(grams, weightsOf(evidence, power))]))
    const best = await bestTried(async ({ power, cost }) => {
      const samples = samplesBy.get(power) as SparseSamples
      const logits = logitsOf(samples, held, await fitTo(samples, kept, cost, rough))
      return { logLoss: calibrate(logits, outcomesOf(held)).measures.logLoss, shares: shares.slice() }
    })
    settings = best.settings
    shares = best.shares
  }
  const checked: { row: number; logit: number }[] = []
  const checkedFolds = checkAll ? folds : calibratedFolds
  for (let fold = 0; isChosen && fold < checkedFolds; fold++) {
    const [some, others] = [inFold(fold), outOfFold(fold)]
    const samples = samplesOf(grams, weightsOf(evidenceOf(grams, others), settings.power))
    const logits = logitsOf(samples, some, await fitTo(samples, others, settings.cost))
    for (const [i, row] of some.entries()) checked.push({ row, logit: logits[i] as number })
  }
  const checkedRows = checked.map(({ row }) => row)
  const outcomes = outcomesOf(checkedRows)
  const calibration = isChosen
    ? calibrate(
        Float64Array.from(checked, ({ logit }) => logit),
        outcomes,
      )
    : undefined
  const { stretch, shift, measures } = calibration ?? { stretch: 1, shift: 0 }
  const suspects = suspectLabels(calibration?.logit ?? [], outcomes).map((i) => ({
    review: checkedRows[i] as number,
    probability: logistic(calibration?.logit[i] as number),
  }))
  const strange = new Set(leaveOut ? suspects.map(({ review }) => review) : [])
  const believed = rows.filter((row) => !strange.has(row))
  const weights = weightsOf(evidenceOf(grams, believed), settings.power)
  const fit = await fitTo(samplesOf(grams, weights), believed, settings.cost)
  const model = new LinearSentiment({
    learned,
    intercept: stretch * fit.intercept + shift,
    keys: grams.keys,
    coefficients: fit.coefficients.map((one, gram) => stretch * one * (weights[gram] as number)),
    weights: weights.map((one) => one ** 2),
    heldOut: measures && {
      known: knownShares(grams, kept, held),
      favourable: outcomes.reduce((sum, one) => sum + one, 0) / outcomes.length,
      calibrationError: measures.calibrationError,
    },
  })
  return { model, settings, heldOut: measures, converged: fit.converged, suspects, checked: outcomes.length }
}
