import { rowOf } from '../../kernels/matrices/sparse.ts'
import { topK } from '../../kernels/ranking/top-k.ts'
import type { Recommender } from '../recommender.ts'
import type { HeldOut } from './held-out.ts'
import { hitsOf } from './list-quality.ts'

/** Of each model, the titles that may come into a viewer's list: more than it has, as other models may put others before them. */
const firstTitles = 300
const firstWeights = [0.25, 0.5, 1]
const steps = [0.5, 0.75, 1.33, 2]
/** A change that raises the mean nDCG@100 by less is not taken. */
const tolerance = 2e-4
const mostRounds = 12

/** The root mean square, by which a hybrid divides the scores of each member. */
function scaleOf(scores: Float64Array): number {
  let sum = 0
  for (let title = 0; title < scores.length; title++) sum += (scores[title] as number) ** 2
  return Math.sqrt(sum / scores.length)
}

/** What a blend of models came to. */
export interface Blend {
  /** One for each model, some of them 0; the sum is 1. */
  readonly weights: readonly number[]
  /** Mean nDCG@100 of the viewers it was fitted on. */
  readonly ndcg100: number
}

/** What is kept of a viewer: the titles that some model puts among its first, the scores of each model for these, and which are wanted. */
interface Judged {
  readonly scores: readonly Float32Array[]
  readonly titles: Uint32Array
  readonly wanted: Uint32Array
}

function judgedBy(models: readonly Recommender[], { foldIn, target }: HeldOut, signal: AbortSignal): Judged[] {
  const titles = models[0]?.titles ?? 0
  const scores = models.map(() => new Float64Array(titles))
  return Array.from({ length: foldIn.rows }, (_, viewer) => {
    signal.throwIfAborted()
    const history = rowOf(foldIn, viewer)
    const scales = models.map((model, m) => {
      model.score(history, scores[m] as Float64Array)
      return scaleOf(scores[m] as Float64Array) || 1
    })
    const firsts = scores.map((own) => {
      const untold = own.slice()
      for (const told of history.index) untold[told] = Number.NEGATIVE_INFINITY
      return topK(untold, firstTitles)
    })
    const pool = Uint32Array.from(new Set(firsts.flatMap((first) => [...first]))).sort()
    return {
      titles: pool,
      scores: scores.map((own, m) =>
        Float32Array.from(pool, (title) => (own[title] as number) / (scales[m] as number)),
      ),
      wanted: rowOf(target, viewer).index,
    }
  })
}

/**
 * The weights that give the viewers held out the best lists: from the best single model, members are added and weights changed for as
 * long as the mean nDCG@100 grows. @param models at least one, each of them once for each of `heldOut`, all of the same titles
 */
export function fitBlend(
  models: readonly (readonly Recommender[])[],
  heldOut: readonly HeldOut[],
  signal: AbortSignal,
): Blend {
  const viewers = heldOut.flatMap((held, split) =>
    judgedBy(
      models.map((own) => own[split] as Recommender),
      held,
      signal,
    ),
  )
  const judge = (weights: readonly number[]): number => {
    signal.throwIfAborted()
    let sum = 0
    for (const { scores, titles, wanted } of viewers) {
      const blended = new Float32Array(titles.length)
      for (const [m, weight] of weights.entries()) {
        if (weight === 0) continue
        const of = scores[m] as Float32Array
        for (let place = 0; place < of.length; place++) {
          blended[place] = (blended[place] as number) + weight * (of[place] as number)
        }
      }
      const list = topK(blended, 100).map((place) => titles[place] as number)
      sum += hitsOf(list, wanted).ndcg100
    }
    return sum / viewers.length
  }
  const best = (tried: readonly (readonly number[])[]) =>
    tried
      .map((weights) => ({ weights, ndcg100: judge(weights) }))
      .reduce((one, other) => (other.ndcg100 > one.ndcg100 ? other : one))
  let found = best(models.map((_, m) => models.map((_, other) => (other === m ? 1 : 0))))
  for (let round = 0; round < mostRounds; round++) {
    const changed = found.weights.flatMap((weight, m) => {
      const others = weight === 0 ? firstWeights : [0, ...steps.map((step) => step * weight)]
      return others.map((other) => found.weights.map((kept, at) => (at === m ? other : kept)))
    })
    const next = best(changed.filter((weights) => weights.some((weight) => weight > 0)))
    if (next.ndcg100 < found.ndcg100 + tolerance) break
    found = next
  }
  const sum = found.weights.reduce((total, weight) => total + weight, 0)
  return { weights: found.weights.map((weight) => weight / sum), ndcg100: found.ndcg100 }
}
