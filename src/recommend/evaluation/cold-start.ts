import { rowOf, type SparseMatrix } from '../../kernels/matrices/sparse.ts'
import { Random, shuffled } from '../../kernels/random.ts'
import { bootstrapMean, type Estimate } from '../../kernels/statistics/bootstrap.ts'
import type { History, Recommender, TrainingRun } from '../recommender.ts'
import type { HeldOut } from './held-out.ts'
import { hitsOf, type ListQuality, listFor } from './list-quality.ts'

/** How good lists are for viewers of whom so much is told. */
export interface ToldQuality {
  /** Number of titles told: `3`, or `3-5`. */
  readonly told: string
  readonly viewers: number
  readonly ndcg100: Estimate
  readonly recall20: Estimate
}

type Hits = Pick<ListQuality, 'ndcg100' | 'recall20'>

/** Fewest and most titles of each band. */
const bands = [
  [0, 0],
  [1, 2],
  [3, 5],
  [6, 10],
  [11, 20],
  [21, Number.POSITIVE_INFINITY],
] as const

/** Of how many titles a list is made that follows from few. */
const fewTold = [1, 2, 5]

const nameOf = ([from, to]: (typeof bands)[number]) => (to === Number.POSITIVE_INFINITY ? `${from}+` : `${from}-${to}`)

/** `hits` has at least one viewer. */
function estimates(told: string, { ndcg100, recall20 }: Hits, seed: number): ToldQuality {
  const estimate = (values: Float64Array) => bootstrapMean(values, new Random(seed))
  return { told, viewers: ndcg100.length, ndcg100: estimate(ndcg100), recall20: estimate(recall20) }
}

/** The quality of the lists by how many titles are told of their viewers; bands of nobody are left out. */
export function byTitlesTold({ ndcg100, recall20 }: Hits, { start }: SparseMatrix, seed: number): ToldQuality[] {
  return bands.flatMap((band) => {
    const [from, to] = band
    const isIn = (_: number, viewer: number) => {
      const told = (start[viewer + 1] as number) - (start[viewer] as number)
      return told >= from && told <= to
    }
    const own = { ndcg100: ndcg100.filter(isIn), recall20: recall20.filter(isIn) }
    return own.ndcg100.length === 0 ? [] : [estimates(to === 0 ? '0' : nameOf(band), own, seed)]
  })
}

/** The entries of `history` at `places`, by title. */
function partOf({ index, value }: History, places: Uint32Array): History {
  const ordered = places.slice().sort()
  return {
    index: Uint32Array.from(ordered, (place) => index[place] as number),
    value: Float32Array.from(ordered, (place) => value[place] as number),
  }
}

/**
 * The quality of the lists of `model` where no more than 1, 2 and 5 of the titles told of each viewer are told it, drawn at random, the fewer
 * among the more. Lists hold none of the others either, so that all have the same titles to find among the same ones. Viewers of
 * whom nothing is told are left out.
 */
export function judgeFewTold(
  model: Recommender,
  { foldIn, target }: HeldOut,
  { seed, signal }: Pick<TrainingRun, 'seed' | 'signal'>,
): ToldQuality[] {
  const histories = Array.from({ length: foldIn.rows }, (_, viewer) => ({ history: rowOf(foldIn, viewer), viewer }))
  const known = histories.filter(({ history }) => history.index.length > 0)
  if (known.length === 0) return []
  const random = new Random(seed)
  const orders = known.map(({ history }) => shuffled(history.index.length, random))
  const scores = new Float64Array(model.titles)
  return fewTold.map((count) => {
    const hits = { ndcg100: new Float64Array(known.length), recall20: new Float64Array(known.length) }
    for (const [at, { history, viewer }] of known.entries()) {
      signal.throwIfAborted()
      const told = partOf(history, (orders[at] as Uint32Array).subarray(0, count))
      const found = hitsOf(listFor(model, told, scores, history.index), rowOf(target, viewer).index)
      hits.ndcg100[at] = found.ndcg100
      hits.recall20[at] = found.recall20
    }
    return estimates(String(count), hits, seed)
  })
}
