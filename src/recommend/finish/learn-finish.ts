import type { Engine } from '../../engine/engine.ts'
import { columnSums, rowOf, type SparseMatrix } from '../../kernels/matrices/sparse.ts'
import { Random } from '../../kernels/random.ts'
import { topK } from '../../kernels/ranking/top-k.ts'
import {
  areaUnderRoc,
  calibrationError,
  meanLogLoss,
  type Predictions,
  reliability,
} from '../../kernels/statistics/judge-probabilities.ts'
import type { Text } from '../../text.ts'
import type { Work } from '../catalogue.ts'
import type { Candidate } from '../evaluation/choose-model.ts'
import { splitByViewer } from '../evaluation/held-out.ts'
import type { Recommender, TrainingRun, TrainingSet } from '../recommender.ts'
import { trainRecommender } from '../train-recommender.ts'
import { type FinishViewer, isOut, SampleDrawer } from './draw-samples.ts'
import { FinishModel, FinishScorer, type FinishUnit } from './finish-model.ts'
import { featureSpace, fitUnit, logitsOf, samplesOf } from './fit-unit.ts'
import { type TitleAspects, titleAspects } from './measures.ts'
import { readLastPlays } from './play-context.ts'

const mostViewers = 2000
/** Share of all viewers that are held out at most. */
const viewerShare = 1 / 3
const mostPlays = 20_000
/** Fewer plays, or fewer finished ones to learn from or to judge by, are too few. */
const fewestPlays = 100
const fewestFinished = 5
/** Titles of a list whose probabilities are judged. */
const listLength = 20
const penalties = [1, 10, 100]
/** Of five viewers one judges, one chooses, and the others are learned from. */
const folds = 5

/** What the probability is learned from. */
export interface FinishData {
  readonly engine: Engine
  readonly works: readonly Work[]
  readonly set: TrainingSet
  /** Of the rows of `set`. */
  readonly viewerIds: readonly string[]
}

export type Learned = { readonly finish: FinishModel } | { readonly why: Text }

function popularityOf(interactions: SparseMatrix): { counts: Float64Array; logShares: Float64Array } {
  const counts = columnSums(interactions, () => 1)
  return { counts, logShares: counts.map((count) => Math.log((count + 1) / (interactions.rows + 1))) }
}

const finished = (viewers: readonly FinishViewer[]) =>
  viewers.reduce((sum, { plays }) => sum + plays.filter(({ isFinished }) => isFinished).length, 0)
const playsOf = (viewers: readonly FinishViewer[]) => viewers.reduce((sum, { plays }) => sum + plays.length, 0)

/** What the first titles of the lists for `viewers` at the moments of their plays say, and what came out. */
function listPredictions(
  viewers: readonly FinishViewer[],
  unit: FinishUnit,
  titles: TitleAspects,
  base: Recommender,
  signal: AbortSignal,
): Predictions {
  const logits = new Float64Array(base.titles)
  const found: { logit: number; outcome: number }[] = []
  for (const { history, plays } of viewers) {
    signal.throwIfAborted()
    const scorer = new FinishScorer(unit, titles, base, history)
    for (const { work, context, isFinished } of plays) {
      scorer.score(context, logits)
      for (let title = 0; title < logits.length; title++) {
        if (!isOut(titles, title, context)) logits[title] = Number.NEGATIVE_INFINITY
      }
      for (const told of history.index) logits[told] = Number.NEGATIVE_INFINITY
      for (const title of topK(logits, listLength)) {
        const logit = logits[title] as number
        if (logit > Number.NEGATIVE_INFINITY) found.push({ logit, outcome: title === work && isFinished ? 1 : 0 })
      }
    }
  }
  return {
    logit: Float64Array.from(found, ({ logit }) => logit),
    outcome: Uint8Array.from(found, ({ outcome }) => outcome),
    weight: new Float64Array(found.length).fill(1),
  }
}

const tooFew: Text = {
  en: `There is no finish probability: it takes ${fewestPlays} plays at known times, some of them watched to the end, of viewers with five titles.`,
  zh: `未学习看完概率：需要观看过五部以上影片的观众的至少 ${fewestPlays} 次有时间记录的播放，且其中有看完的。`,
}

/**
 * Learns the finish probability for the model that `chosen` trains. Viewers are held out and `chosen` is trained on the others; the unit is then fitted on
 * plays of three fifths of those held out, its penalty and what it sees of the base model are chosen by the log-loss of a fifth, and it is judged by the
 * last fifth. `why` where there are too few plays at known times.
 */
export async function learnFinish(
  { engine, works, set, viewerIds }: FinishData,
  chosen: Candidate,
  run: TrainingRun,
): Promise<Learned> {
  const random = new Random(run.seed)
  const count = Math.min(mostViewers, Math.floor(viewerShare * set.interactions.rows))
  const [split] = splitByViewer(set, count, 1, random)
  if (!split?.viewers) return { why: tooFew }
  const numbers = new Map(works.map(({ titleId }, number) => [titleId, number]))
  const idOf = (row: number) => viewerIds[row] as string
  const lastPlays = await readLastPlays(engine, Array.from(split.viewers, idOf), numbers, run.signal)
  const viewers: FinishViewer[] = []
  let size = 0
  for (const [v, row] of split.viewers.entries()) {
    const isTarget = new Set(rowOf(split.heldOut.target, v).index)
    const plays = (lastPlays.get(idOf(row)) ?? []).filter(({ work }) => isTarget.has(work))
    if (plays.length === 0 || size >= mostPlays) continue
    viewers.push({ history: rowOf(split.heldOut.foldIn, v), plays })
    size += plays.length
  }
  const part = (is: (fold: number) => boolean) => viewers.filter((_, v) => is(v % folds))
  const [judges, choosers, learners] = [
    part((fold) => fold === 0),
    part((fold) => fold === 1),
    part((fold) => fold > 1),
  ]
  if (size < fewestPlays || [judges, choosers, learners].some((those) => finished(those) < fewestFinished)) {
    return { why: tooFew }
  }
  const base = await trainRecommender(chosen.algorithm, split.train, chosen.settings, run)
  const { counts, logShares } = popularityOf(split.train.interactions)
  const titles = titleAspects(works, logShares)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const drawer = new SampleDrawer(
    base,
    titles,
    counts.map((count) => count / total),
  )
  const drawn = drawer.draw(learners, random, run.signal)
  const [choosing, judging] = [drawer.draw(choosers, random, run.signal), drawer.draw(judges, random, run.signal)]
  const space = featureSpace(drawn, titles)
  const candidates = (['whole', 'members'] as const).flatMap((scores) => {
    const learning = samplesOf(drawn, titles, space, scores)
    const validation = samplesOf(choosing, titles, space, scores)
    return penalties.map((l2) => {
      run.signal.throwIfAborted()
      const fit = fitUnit(learning, space, scores, l2)
      return { ...fit, loss: meanLogLoss({ ...validation, logit: logitsOf(validation, fit.unit) }) }
    })
  })
  const { unit, converged } = candidates.reduce((one, other) => (other.loss < one.loss ? other : one))
  const samples = samplesOf(judging, titles, space, unit.scores)
  const predictions = { ...samples, logit: logitsOf(samples, unit) }
  const oddsAgainst = drawn.weight.reduce((sum, weight) => sum + weight, 0) / finished(learners) - 1
  const bins = reliability(listPredictions(judges, unit, titles, base, run.signal))
  return {
    finish: new FinishModel({
      unit,
      popularity: popularityOf(set.interactions).logShares,
      newestAt: Math.max(...viewers.flatMap(({ plays }) => plays.map(({ context }) => context.at))),
      quality: {
        ...{ converged, plays: playsOf(learners), heldOutPlays: playsOf(judges) },
        logLoss: meanLogLoss(predictions),
        baseLogLoss: meanLogLoss({ ...predictions, logit: predictions.logit.map(() => -Math.log(oddsAgainst)) }),
        areaUnderRoc: areaUnderRoc(predictions),
        ...{ calibrationError: calibrationError(bins), reliability: bins },
      },
    }),
  }
}
