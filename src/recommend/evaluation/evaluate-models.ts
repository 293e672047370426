import { Random } from '../../kernels/random.ts'
import {
  bootstrapMean,
  type Estimate,
  type PairedDifference,
  pairedDifference,
} from '../../kernels/statistics/bootstrap.ts'
import type { Text } from '../../text.ts'
import { popularity } from '../algorithm/popularity.ts'
import { singleAlgorithms } from '../algorithm/single.ts'
import { withFallbacks } from '../fallbacks.ts'
import type { TrainingRun } from '../recommender.ts'
import { trainRecommender } from '../train-recommender.ts'
import { type Candidate, chooseModel } from './choose-model.ts'
import { judgeFewTold, type ToldQuality } from './cold-start.ts'
import type { Split } from './held-out.ts'
import { ListJudge, type ListQuality } from './list-quality.ts'

/** What is measured of each viewer's list. */
export const listMetrics = [
  'ndcg100',
  'recall20',
  'recall50',
  'reciprocalRank',
  'novelty',
  'diversity',
  'popularityLift',
] as const
export type ListMetric = (typeof listMetrics)[number]

/** How one model did on viewers whom nothing was learned from. */
export interface Evaluated {
  readonly name: string
  readonly candidate: Candidate
  readonly estimates: Readonly<Record<ListMetric, Estimate>>
  readonly quality: ListQuality
  /** Training with the settings found, without the search for them. */
  readonly trainSeconds: number
  readonly listsPerSecond: number
  /** Of lists that follow from 1, 2 and 5 titles; told of the best model, popularity and `auto`. */
  readonly coldStart: readonly ToldQuality[] | undefined
}

/** The difference in nDCG@100 between the best model and another. */
export interface Compared {
  readonly best: string
  readonly other: string
  readonly difference: PairedDifference
}

export interface Evaluation {
  /** Best nDCG@100 first. */
  readonly models: readonly Evaluated[]
  readonly comparisons: readonly Compared[]
  readonly leftOut: readonly { readonly algorithm: string; readonly why: Text }[]
  /** What `auto` chose; undefined where it was not asked for. */
  readonly why: Text | undefined
}

const finite = (values: Float64Array) => values.filter(Number.isFinite)

/** Viewers whose plays of a metric cannot be told (those without a history have no popularity to compare) are left out of its mean. */
function estimate(values: Float64Array, seed: number): Estimate {
  const known = finite(values)
  return known.length === 0
    ? { mean: Number.NaN, low: Number.NaN, high: Number.NaN }
    : bootstrapMean(known, new Random(seed))
}

const secondsSince = (started: number) => (performance.now() - started) / 1000

/**
 * Chooses settings for each of `names` (algorithms, and `auto`) within `train` alone, trains with them on all of it what would be served, which is each
 * of them with its fallbacks, and judges the lists for the viewers held out.
 */
export async function evaluateModels(
  { train, heldOut }: Split,
  names: readonly string[],
  run: TrainingRun,
  onStep?: (step: Text) => void,
): Promise<Evaluation> {
  const isAuto = names.includes('auto')
  const singles = isAuto ? Object.keys(singleAlgorithms) : names
  const choice = await chooseModel(train, singles, run, { onStep, blends: isAuto })
  const wanted = names.flatMap((name) => {
    const found = name === 'auto' ? choice.chosen : choice.candidates.find(({ algorithm }) => algorithm.name === name)
    return found ? [{ name, candidate: withFallbacks(found, train) }] : []
  })
  const judge = new ListJudge(train.interactions, heldOut)
  const models: Evaluated[] = []
  let bestMean = Number.NEGATIVE_INFINITY
  for (const { name, candidate } of wanted) {
    onStep?.({ en: `Training ${name}`, zh: `训练 ${name}` })
    const started = performance.now()
    const model = await trainRecommender(candidate.algorithm, train, candidate.settings, run)
    const trainSeconds = secondsSince(started)
    onStep?.({ en: `Judging ${name}`, zh: `评估 ${name}` })
    const judging = performance.now()
    const quality = judge.judge(model, run.signal)
    const listsPerSecond = heldOut.foldIn.rows / secondsSince(judging)
    const estimates = Object.fromEntries(listMetrics.map((metric) => [metric, estimate(quality[metric], run.seed)]))
    const { mean } = estimates.ndcg100 as Estimate
    const isTriedOnFew = mean > bestMean || name === 'auto' || name === popularity.name
    bestMean = Math.max(bestMean, mean)
    models.push({
      ...{ name, candidate, quality, trainSeconds, listsPerSecond },
      estimates: estimates as Record<ListMetric, Estimate>,
      coldStart: isTriedOnFew ? judgeFewTold(model, heldOut, run) : undefined,
    })
  }
  models.sort((a, b) => b.estimates.ndcg100.mean - a.estimates.ndcg100.mean)
  const [best, ...others] = models
  const comparisons = others.map((other) => ({
    ...{ best: (best as Evaluated).name, other: other.name },
    difference: pairedDifference((best as Evaluated).quality.ndcg100, other.quality.ndcg100, new Random(run.seed)),
  }))
  return { models, comparisons, leftOut: choice.leftOut, why: isAuto ? choice.why : undefined }
}
