import type { z } from 'zod'
import type { SparseMatrix, SparseVector } from '../kernels/matrices/sparse.ts'
import type { SavedModel } from '../models/saved-model.ts'
import type { Text } from '../text.ts'

/** What one viewer has watched: numbers of titles with how much each counts, above 0. */
export type History = SparseVector

/** What is known of a title beside who watched it; any of it may be missing. */
export interface TitleFacts {
  readonly name: string
  readonly synopsis?: string
  readonly genres: readonly string[]
  readonly directors: readonly string[]
  readonly actors: readonly string[]
  readonly countries: readonly string[]
  readonly languages: readonly string[]
  /** Further words of any source. */
  readonly tags: readonly string[]
}

/** What a model learns from. */
export interface TrainingSet {
  /** Viewers x titles; a value says how much the viewer's watching counts, 1 where nothing is known but that it happened. */
  readonly interactions: SparseMatrix
  /** Days from each entry of `interactions` to the newest one; absent where times are unknown. */
  readonly ageDays?: Float32Array
  /** Facts of every title, by its number; absent where only ids are known. */
  readonly facts?: readonly TitleFacts[]
}

/** One part of a score, and how much it adds. */
export interface Contribution {
  readonly of:
    | { readonly kind: 'title'; readonly title: number }
    | { readonly kind: 'term'; readonly term: string; readonly field: string }
    | { readonly kind: 'popularity' }
    | { readonly kind: 'context'; readonly words: Text }
    | { readonly kind: 'constant' }
    /** What whoever asks adds to a title. */
    | { readonly kind: 'boost' }
  readonly amount: number
  /** The algorithm that adds it, where several are blended. */
  readonly by?: string
}

/** A title and how near it is, or how high it scores. */
export interface ScoredTitle {
  readonly title: number
  readonly score: number
}

/** Scores that are scalar products, which need not be worked out of titles that cannot be among the best. */
export interface Products {
  /** Of the scores of all titles. */
  readonly rootMeanSquare: number
  /** Adds factor * score to the place of each title. */
  addTo(sums: Float64Array, factor: number): void
  /** The `count` titles of the highest `sums` + factor * score, as `Recommender.best`; none whose sum is -Infinity. */
  bestWith(sums: Float64Array, factor: number, count: number): ScoredTitle[]
}

/** A trained model. It is asked with a history, so that new plays count at once and new viewers are served like all others. */
export interface Recommender {
  readonly algorithm: string
  /** How many titles it scores, numbered from 0. */
  readonly titles: number
  /**
   * Fills `scores`, one place for each title, with finite numbers; higher is better, 0 says nothing is known. Titles of `history`
   * are scored like others. An empty history gives scores that are the same for everybody.
   */
  score(history: History, scores: Float64Array): void
  /**
   * The `count` titles that `score` gives the most, best first, of equal ones the lower first, and none of those that `leftOut` names. Left out where it
   * would be no faster than to score all titles.
   */
  best?(history: History, count: number, leftOut: readonly Uint32Array[]): ScoredTitle[]
  /** The scores after `history`, where they are scalar products. */
  products?(history: History): Products
  /** What the score of `title` is made of: the amounts sum to it. Parts of 0 are left out. */
  explain(history: History, title: number): Contribution[]
  /** The titles nearest to `title`, best first, at most `count`, without itself and without those that have nothing in common. */
  similar(title: number, count: number): ScoredTitle[]
  save(): SavedModel
}

/** How a training is run: none of it changes what is learned, except `seed`. */
export interface TrainingRun {
  /** Every random choice follows from it. */
  readonly seed: number
  /** @throws its reason soon after it is aborted. */
  readonly signal: AbortSignal
  /** Threads to compute on, at least 1. */
  readonly threads: number
  /** Memory that may be taken, in bytes. */
  readonly memoryBytes: number
  /** Told of each pass over the data: how many are done of how many at most, and the loss where there is one. */
  readonly onPass?: (done: number, most: number, loss?: number) => void
  /** Half-trained state of a run with the same settings, data and seed that was cut off, and where to leave such state. */
  readonly checkpoint?: { readonly last: SavedModel | undefined; keep(state: SavedModel): Promise<void> }
}

/** A way to learn a `Recommender`. */
export interface Algorithm<S extends z.ZodObject = z.ZodObject> {
  readonly name: string
  readonly summary: Text
  /** Every setting with its default. */
  readonly settings: S
  /**
   * Settings to try on validation data: those of `round`, counted from 0, given the best so far; none when the search is over.
   */
  candidates(round: number, best: z.output<S> | undefined): readonly z.output<S>[]
  /** Tells apart settings whose models err differently: a blend may have the best of two kinds. Left out where all are of one. */
  kindOf?(settings: z.output<S>): string
  /** Memory that training takes at most, in bytes. */
  memoryBytes(shape: TrainingShape, settings: z.output<S>): number
  /** Settings near `settings` that train within `bytes`; undefined where none do. */
  fitting(shape: TrainingShape, settings: z.output<S>, bytes: number): z.output<S> | undefined
  /** Called by `trainRecommender`, which has checked `set`, memory and signal. */
  train(set: TrainingSet, settings: z.output<S>, run: TrainingRun): Promise<Recommender>
  /** The model that was saved. @throws ModelError `model-file-corrupt` where `saved` is not one of this algorithm. */
  load(saved: SavedModel): Recommender
}

/** How large a training is. */
export interface TrainingShape {
  readonly viewers: number
  readonly titles: number
  /** Titles that anybody watched. */
  readonly watched: number
  readonly entries: number
}

export function algorithm<S extends z.ZodObject>(declaration: Algorithm<S>): Algorithm<S> {
  return declaration
}
