import { rowOf } from '../../kernels/sparse.ts'
import { topK } from '../../kernels/top-k.ts'
import { scaleOf } from '../algorithm/hybrid.ts'
import type { Recommender } from '../recommender.ts'
import type { HeldOut } from './held-out.ts'
import { hitsOf } from './list-quality.ts'

/** Numbers that the scores of all members may take together. */
const mostScores = 2 ** 27
const firstWeights = [0.25, 0.5, 1]
const steps = [0.5, 0.75, 1.33, 2]
/** A change that raises the mean nDCG@100 by less is not taken. */
const tolerance = 2e-4
const mostRounds = 12

/** What a blend of models came to. */
export interface Blend {
  /** One for each model, some of them 0; the sum is 1. */
  readonly weights: readonly number[]
  /** Mean nDCG@100 of the viewers it was fitted on. */
  readonly ndcg100: number
}

/** Scores of each model for a viewer, as a hybrid adds them. */
type ViewerScores = readonly Float32Array[]

function scoresOf(models: readonly Recommender[], { foldIn }: HeldOut, signal: AbortSignal): ViewerScores[] {
  const titles = models[0]?.titles ?? 0
  const viewers = Math.min(foldIn.rows, Math.max(1, Math.floor(mostScores / (titles * models.length))))
  const scores = new Float64Array(titles)
  return Array.from({ length: viewers }, (_, viewer) => {
    signal.throwIfAborted()
    return models.map((model) => {
      model.score(rowOf(foldIn, viewer), scores)
      const scale = scaleOf(scores) || 1
      return Float32Array.from(scores, (score) => score / scale)
    })
  })
}

/**
 * The weights that give the viewers held out the best lists: from the best single model, members are added and weights changed for as
 * long as the mean nDCG@100 grows. @param models of the same titles, at least one
 */
export function fitBlend(models: readonly Recommender[], heldOut: HeldOut, signal: AbortSignal): Blend {
  const scores = scoresOf(models, heldOut, signal)
  const blended = new Float32Array(models[0]?.titles ?? 0)
  const judge = (weights: readonly number[]): number => {
    signal.throwIfAborted()
    let sum = 0
    for (const [viewer, own] of scores.entries()) {
      blended.fill(0)
      for (const [m, weight] of weights.entries()) {
        if (weight === 0) continue
        const of = own[m] as Float32Array
        for (let title = 0; title < of.length; title++) {
          blended[title] = (blended[title] as number) + weight * (of[title] as number)
        }
      }
      for (const told of rowOf(heldOut.foldIn, viewer).index) blended[told] = Number.NEGATIVE_INFINITY
      sum += hitsOf(topK(blended, 100), rowOf(heldOut.target, viewer).index).ndcg100
    }
    return sum / scores.length
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
