import type { z } from 'zod'
import { ModelError } from '../../errors.ts'
import { rowOf } from '../../kernels/matrices/sparse.ts'
import type { Algorithm, Recommender, TrainingRun } from '../recommender.ts'
import { shapeOf, trainRecommender } from '../train-recommender.ts'
import type { Split } from './held-out.ts'
import { hitsOf, listFor } from './list-quality.ts'

/** Settings, and how they did on the viewers held out. */
export interface Trial<S extends z.ZodObject = z.ZodObject> {
  readonly settings: z.output<S>
  /** For each split, what was learned from the viewers who were not held out. */
  readonly models: readonly Recommender[]
  /** Mean nDCG@100 of the viewers held out. */
  readonly ndcg100: number
}

/** What a search for settings came to: the best. */
export interface Tuned<S extends z.ZodObject = z.ZodObject> extends Trial<S> {
  readonly algorithm: Algorithm<S>
  /** The best settings of another kind (`Algorithm.kindOf`), where some were tried. */
  readonly otherKind: Trial<S> | undefined
  /** How many settings were tried. */
  readonly tried: number
}

/** Mean nDCG@100 of the lists of `model` for the viewers held out. */
export function meanNdcg(model: Recommender, { foldIn, target }: Split['heldOut'], signal: AbortSignal): number {
  const scores = new Float64Array(model.titles)
  let sum = 0
  for (let viewer = 0; viewer < foldIn.rows; viewer++) {
    signal.throwIfAborted()
    sum += hitsOf(listFor(model, rowOf(foldIn, viewer), scores), rowOf(target, viewer).index).ndcg100
  }
  return sum / foldIn.rows
}

async function tryOn<S extends z.ZodObject>(
  algorithm: Algorithm<S>,
  settings: z.output<S>,
  splits: readonly Split[],
  run: TrainingRun,
): Promise<Trial<S>> {
  const models: Recommender[] = []
  let [sum, viewers] = [0, 0]
  for (const { train, heldOut } of splits) {
    const model = await trainRecommender(algorithm, train, settings, run)
    models.push(model)
    sum += meanNdcg(model, heldOut, run.signal) * heldOut.foldIn.rows
    viewers += heldOut.foldIn.rows
  }
  return { settings, models, ndcg100: sum / viewers }
}

/**
 * Searches for the settings of `algorithm` that give the viewers held out by any of `splits`, at least one, the best lists. Settings that cannot be learned (for want of
 * memory, say) are passed over. @throws ModelError of the last one where none can.
 */
export async function tuneRecommender<S extends z.ZodObject>(
  algorithm: Algorithm<S>,
  splits: readonly Split[],
  run: TrainingRun,
): Promise<Tuned<S>> {
  const seen = new Set<string>()
  const kindOf = ({ settings }: Trial<S>) => algorithm.kindOf?.(settings)
  const shape = shapeOf((splits[0] as Split).train)
  /** Models take no more than their training did. */
  const bytesOf = ({ models, settings }: Trial<S>) => models.length * algorithm.memoryBytes(shape, settings)
  let best: Trial<S> | undefined
  let otherKind: Trial<S> | undefined
  let failure: unknown
  for (let round = 0; ; round++) {
    const candidates = algorithm.candidates(round, best?.settings)
    if (candidates.length === 0) break
    for (const settings of candidates) {
      const key = JSON.stringify(settings)
      if (seen.has(key)) continue
      seen.add(key)
      try {
        const known: Trial<S>[] = [best, otherKind].flatMap((one) => one ?? [])
        const memoryBytes = known.reduce((left, one) => left - bytesOf(one), run.memoryBytes)
        const tried = await tryOn(algorithm, settings, splits, { ...run, memoryBytes })
        const trials = [...known, tried].sort((a, b) => b.ndcg100 - a.ndcg100)
        best = trials[0] as Trial<S>
        otherKind = trials.find((one) => kindOf(one) !== kindOf(trials[0] as Trial<S>))
      } catch (error) {
        if (!(error instanceof ModelError)) throw error
        failure = error
      }
    }
    if (!best) break
  }
  if (best) return { algorithm, ...best, otherKind, tried: seen.size }
  throw failure
}
