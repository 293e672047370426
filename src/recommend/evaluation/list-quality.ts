import { rowOf, type SparseMatrix, type SparseVector, transpose } from '../../kernels/matrices/sparse.ts'
import { topK } from '../../kernels/ranking/top-k.ts'
import type { History, Recommender } from '../recommender.ts'
import type { HeldOut } from './held-out.ts'

/** Length of the lists that are judged. */
const listLength = 100
/** Titles that somebody is likely to see at all. */
const shownLength = 20

/** How good the list of each held-out viewer is, one place a viewer. */
export interface ListQuality {
  /** Hits among the first 20, of the lesser of 20 and the number to be guessed. */
  readonly recall20: Float64Array
  readonly recall50: Float64Array
  /** Discounted gain of the first 100 as a share of the best possible; a hit at rank r gains 1 / log2(r + 1). */
  readonly ndcg100: Float64Array
  /** 1 / rank of the first hit among the first 100, 0 without any. */
  readonly reciprocalRank: Float64Array
  /** Mean of -log2(share of the viewers learned from who watched the title) over the first 20, in bits. */
  readonly novelty: Float64Array
  /** 1 less the mean cosine, by who watched them, of all pairs of the first 20. */
  readonly diversity: Float64Array
  /** How often the first 20 were watched, divided by how often the titles told were: 1 where they are as popular. */
  readonly popularityLift: Float64Array
  /** The first 20 of each viewer. */
  readonly shown: readonly Uint32Array[]
  /** Share of all titles that are among the first 20 of anybody. */
  readonly coverage: number
}

/** The 100 titles that `model` puts first after `history`, best first, without those `hidden`; `scores` is room for those of all titles. */
export function listFor(
  model: Recommender,
  history: History,
  scores: Float64Array,
  hidden: Uint32Array = history.index,
): Uint32Array {
  if (model.best) return Uint32Array.from(model.best(history, listLength, [hidden]), ({ title }) => title)
  model.score(history, scores)
  for (const title of hidden) scores[title] = Number.NEGATIVE_INFINITY
  return topK(scores, listLength)
}

/** What a hit at each rank, from 0, gains, and what the best list of so many hits gains. */
const gains = Float64Array.from({ length: listLength }, (_, rank) => 1 / Math.log2(rank + 2))
const bestGains = gains.map((_, last) => gains.subarray(0, last + 1).reduce((sum, gain) => sum + gain, 0))

/** How well a list holds the titles that were to be guessed, of which there is at least one. */
export function hitsOf(list: Uint32Array, wanted: Uint32Array) {
  const isWanted = new Set(wanted)
  let [gained, first, in20, in50] = [0, 0, 0, 0]
  for (let rank = 0; rank < list.length; rank++) {
    if (!isWanted.has(list[rank] as number)) continue
    gained += gains[rank] as number
    if (first === 0) first = rank + 1
    if (rank < 20) in20 += 1
    if (rank < 50) in50 += 1
  }
  return {
    recall20: in20 / Math.min(20, wanted.length),
    recall50: in50 / Math.min(50, wanted.length),
    ndcg100: gained / (bestGains[Math.min(listLength, wanted.length) - 1] as number),
    reciprocalRank: first === 0 ? 0 : 1 / first,
  }
}

/** Cosines of titles by the viewers learned from; each pair is computed once. */
function cosines(byTitle: SparseMatrix): (a: number, b: number) => number {
  const known = new Map<number, number>()
  const shared = (a: SparseVector, b: SparseVector) => {
    let [i, j, both] = [0, 0, 0]
    while (i < a.index.length && j < b.index.length) {
      const difference = (a.index[i] as number) - (b.index[j] as number)
      if (difference === 0) both += 1
      if (difference <= 0) i += 1
      if (difference >= 0) j += 1
    }
    return both
  }
  return (a, b) => {
    const pair = Math.min(a, b) * byTitle.rows + Math.max(a, b)
    const before = known.get(pair)
    if (before !== undefined) return before
    const [one, other] = [rowOf(byTitle, a), rowOf(byTitle, b)]
    const size = one.index.length * other.index.length
    const cosine = size === 0 ? 0 : shared(one, other) / Math.sqrt(size)
    known.set(pair, cosine)
    return cosine
  }
}

/** Judges lists by what the viewers learned from watched. */
export class ListJudge {
  private readonly heldOut: HeldOut
  private readonly viewers: number
  private readonly plays: Float64Array
  private readonly cosine: (a: number, b: number) => number

  /** `learnedFrom` and `heldOut` have a column for each title; viewers of whom nothing is to be guessed are left out of all means. */
  constructor(learnedFrom: SparseMatrix, heldOut: HeldOut) {
    const byTitle = transpose(learnedFrom)
    this.heldOut = heldOut
    this.viewers = learnedFrom.rows
    this.plays = Float64Array.from(
      { length: byTitle.rows },
      (_, title) => (byTitle.start[title + 1] as number) - (byTitle.start[title] as number),
    )
    this.cosine = cosines(byTitle)
  }

  /** The lists of `model` for all viewers held out. @throws the reason of `signal` soon after it is aborted. */
  judge(model: Recommender, signal: AbortSignal): ListQuality {
    const { foldIn, target } = this.heldOut
    const of = () => new Float64Array(foldIn.rows)
    const quality = {
      ...{ recall20: of(), recall50: of(), ndcg100: of(), reciprocalRank: of() },
      ...{ novelty: of(), diversity: of(), popularityLift: of() },
    }
    const scores = new Float64Array(model.titles)
    const lists: Uint32Array[] = []
    for (let viewer = 0; viewer < foldIn.rows; viewer++) {
      signal.throwIfAborted()
      const history = rowOf(foldIn, viewer)
      const list = listFor(model, history, scores)
      const shown = list.slice(0, shownLength)
      lists.push(shown)
      const values = {
        ...hitsOf(list, rowOf(target, viewer).index),
        novelty: this.noveltyOf(shown),
        diversity: this.diversityOf(shown),
        popularityLift: this.meanPlays(shown) / this.meanPlays(history.index),
      }
      for (const name of Object.keys(values) as (keyof typeof values)[]) quality[name][viewer] = values[name]
    }
    const listed = new Set(lists.flatMap((shown) => [...shown]))
    return { ...quality, shown: lists, coverage: listed.size / model.titles }
  }

  private noveltyOf(list: Uint32Array): number {
    // A title that nobody watched is as new as one of half a viewer.
    const bits = (title: number) => -Math.log2(Math.max(this.plays[title] as number, 0.5) / this.viewers)
    return list.reduce((sum, title) => sum + bits(title), 0) / list.length
  }

  private diversityOf(list: Uint32Array): number {
    let [sum, pairs] = [0, 0]
    for (let i = 0; i < list.length; i++) {
      for (let j = 0; j < i; j++) {
        sum += this.cosine(list[i] as number, list[j] as number)
        pairs += 1
      }
    }
    return pairs === 0 ? 1 : 1 - sum / pairs
  }

  private meanPlays(titles: Uint32Array): number {
    return titles.reduce((sum, title) => sum + (this.plays[title] as number), 0) / titles.length
  }
}
