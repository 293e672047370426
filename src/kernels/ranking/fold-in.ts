import { dot } from '../matrices/dot.ts'
import type { SparseVector } from '../matrices/sparse.ts'
import { KernelThreads, type Placed } from '../threads/kernel-threads.ts'
import { topK } from './top-k.ts'

/** What rounding may add to a scalar product, as a share of its bound. */
const slack = 1e-9

/** How many titles, for each that is asked for, tell what the last of the best is at least. */
const firstLooks = 8

/** A title and its score. */
interface FoundTitle {
  readonly title: number
  readonly score: number
}

/** What |factor * x y| is at most, for each unit of |y|. */
const reachOf = (x: Float64Array, factor: number) => Math.abs(factor) * Math.sqrt(dot(x, x)) * (1 + slack)

/** The lowest of the `count` best of `scores`: what the last of a list of any scores beside them is at least. */
const lowestOf = (scores: Float64Array, count: number) =>
  scores.slice().sort()[scores.length - count] ?? -Number.MAX_VALUE

/**
 * Scores of titles for a history, by the factors of the titles alone: x = A^-1 sum of w y, A = alpha0 YᵀY + sum of w y yᵀ + l2 I over
 * the titles y watched with weights w, and the score of a title is x y (Hu, Koren and Volinsky, "Collaborative filtering
 * for implicit feedback datasets", ICDM 2008, section 5). In double precision but for the factors. The best titles are found by the lengths of
 * factors, as in Teflioudi, Gemulla and Mykytiuk, "LEMP: Fast retrieval of large entries in a matrix product", SIGMOD 2015.
 */
export class FoldIn {
  readonly titles: number
  readonly dimensions: number
  readonly #threads = new KernelThreads(1)
  readonly #factors: Placed<Float32Array>
  /** |y| of each title, and 0 so that they are even. */
  readonly #lengths: Placed<Float64Array>
  readonly #base: Float64Array
  readonly #a: Placed<Float64Array>
  readonly #x: Placed<Float64Array>
  readonly #scores: Placed<Float64Array>
  readonly #index: Placed<Uint32Array>
  readonly #value: Placed<Float32Array>
  /** Titles in the order of their lengths, the longest first; made when it is first needed. */
  #longest: Uint32Array | undefined
  readonly #sums: Placed<Float64Array>
  readonly #bounds: Placed<Float64Array>
  readonly #count: Placed<Uint32Array>

  /** `factors`: titles x `dimensions`; `gram`: alpha0 YᵀY. */
  constructor(factors: Float32Array, gram: Float64Array, dimensions: number) {
    this.titles = factors.length / dimensions
    this.dimensions = dimensions
    this.#base = gram
    this.#factors = this.#threads.place(factors)
    this.#a = this.#threads.allocate(Float64Array, dimensions ** 2)
    this.#x = this.#threads.allocate(Float64Array, dimensions)
    this.#scores = this.#threads.allocate(Float64Array, this.titles)
    this.#index = this.#threads.allocate(Uint32Array, this.titles)
    this.#value = this.#threads.allocate(Float32Array, this.titles)
    const even = this.titles + (this.titles % 2)
    this.#sums = this.#threads.allocate(Float64Array, even)
    this.#sums.array.fill(Number.NEGATIVE_INFINITY)
    this.#bounds = this.#threads.allocate(Float64Array, even)
    this.#count = this.#threads.allocate(Uint32Array, 1)
    this.#lengths = this.#threads.allocate(Float64Array, even)
    for (let title = 0; title < this.titles; title++) {
      const y = this.row(title)
      this.#lengths.array[title] = Math.sqrt(dot(y, y))
    }
  }

  get factors(): Float32Array {
    return this.#factors.array
  }

  row(title: number): Float32Array {
    return this.factors.subarray(title * this.dimensions, (title + 1) * this.dimensions)
  }

  /**
   * x after `history`, whose titles are below `titles` and named once; each counts w + `beyond` in the sum that A^-1 is multiplied by, and w in A.
   * O(history d^2 / 2 + d^3 / 6).
   */
  solve(history: SparseVector, l2: number, beyond = 0): Float64Array {
    this.#setUp(history, l2)
    if (beyond > 0) for (const title of history.index) this.#addRow(title, beyond)
    this.#solve()
    return this.#x.array.slice()
  }

  /** Fills `scores` with x y of every title. O(titles d). */
  score(x: Float64Array, scores: Float64Array): void {
    this.#multiply(x)
    scores.set(this.#scores.array)
  }

  /** Adds factor * x y of every title to `sums`. O(titles d). */
  addScores(x: Float64Array, factor: number, sums: Float64Array): void {
    this.#multiply(x)
    const { array: scores } = this.#scores
    for (let title = 0; title < sums.length; title++) {
      sums[title] = (sums[title] as number) + factor * (scores[title] as number)
    }
  }

  /**
   * The `count` titles of the highest `sums` + factor * x y, best first, of equal ones the lower first, with those numbers; none of -Infinity. Since |x y|
   * is at most |x| |y|, products are worked out of those titles alone that may be among them. O(titles + d * such titles).
   */
  bestWith(sums: Float64Array, x: Float64Array, factor: number, count: number): FoundTitle[] {
    const { at: bounds, array } = this.#bounds
    this.#sums.array.set(sums)
    this.#threads.call('addReach', [this.#sums.at, this.#lengths.at, array.length, reachOf(x, factor), bounds])
    const looks = Math.min(firstLooks * count, this.titles)
    this.#threads.call('topPlaces', [bounds, array.length, looks, this.#index.at, this.#count.at])
    const withSums = (scores: Float64Array) =>
      scores.map((score, e) => (sums[this.#index.array[e] as number] as number) + factor * score)
    const least = lowestOf(withSums(this.#scoresOfPicked(x, this.#count.array[0] as number)), count)
    this.#threads.call('placesFrom', [bounds, array.length, least, this.#index.at, this.#count.at])
    return this.#found(withSums(this.#scoresOfPicked(x, this.#count.array[0] as number)), count)
  }

  /** The same for x y alone, without the titles for which `isOut` holds 1: O(d * titles whose products are worked out). */
  best(x: Float64Array, count: number, isOut: Uint8Array): FoundTitle[] {
    const reach = reachOf(x, 1)
    const { array: picked } = this.#index
    const { array: lengths } = this.#lengths
    this.#longest ??= Uint32Array.from({ length: this.titles }, (_, title) => title).sort(
      (a, b) => (lengths[b] as number) - (lengths[a] as number),
    )
    const longest = this.#longest
    let [size, next] = [0, 0]
    const pickWhile = (isWanted: (length: number) => boolean) => {
      for (; next < this.titles; next++) {
        const title = longest[next] as number
        if (!isWanted(lengths[title] as number)) break
        if (isOut[title] === 0) picked[size++] = title
      }
    }
    pickWhile(() => size < firstLooks * count)
    const least = lowestOf(this.#scoresOfPicked(x, size), count)
    pickWhile((length) => reach * length >= least)
    picked.subarray(0, size).sort()
    return this.#found(this.#scoresOfPicked(x, size), count)
  }

  /** What each title of `history` adds to the score of `title`: (w + `beyond`) y A^-1 y of `title`. */
  parts(history: SparseVector, l2: number, beyond: number, title: number): Float64Array {
    this.#setUp(history, l2)
    const x = this.#x.array
    x.set(this.row(title))
    this.#solve()
    return Float64Array.from(
      history.index,
      (watched, e) => ((history.value[e] as number) + beyond) * dot(this.row(watched), x),
    )
  }

  #addRow(title: number, factor: number): void {
    const x = this.#x.array
    for (const [k, of] of this.row(title).entries()) x[k] = (x[k] as number) + factor * of
  }

  #setUp({ index, value }: SparseVector, l2: number): void {
    const d = this.dimensions
    const a = this.#a.array
    a.set(this.#base)
    for (let i = 0; i < d; i++) a[i * d + i] = (a[i * d + i] as number) + l2
    this.#x.array.fill(0)
    this.#index.array.set(index)
    this.#value.array.set(value)
    const lists = [this.#index.at, this.#value.at, index.length]
    this.#threads.call('addToNormalEquations', [this.#factors.at, d, ...lists, this.#a.at, this.#x.at], 32 * d)
  }

  #solve(): void {
    this.#threads.call('solvePositive', [this.#a.at, this.dimensions, this.#x.at])
  }

  #multiply(x: Float64Array): void {
    this.#x.array.set(x)
    this.#threads.call('dotRows', [this.#factors.at, this.titles, this.dimensions, this.#x.at, this.#scores.at])
  }

  /** x y of the first `size` titles that `#index` names, in their order. */
  #scoresOfPicked(x: Float64Array, size: number): Float64Array {
    this.#x.array.set(x)
    const titles = [this.#index.at, size]
    this.#threads.call('dotPicked', [this.#factors.at, this.dimensions, ...titles, this.#x.at, this.#scores.at])
    return this.#scores.array.subarray(0, size)
  }

  /** The best of the titles that `#index` names, whose scores are given in its order. */
  #found(scores: Float64Array, count: number): FoundTitle[] {
    return Array.from(topK(scores, count), (place) => ({
      title: this.#index.array[place] as number,
      score: scores[place] as number,
    }))
  }
}
