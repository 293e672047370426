import { KernelThreads, type Placed } from './kernel-threads.ts'
import { dense, multiplyHere, transposed } from './product.ts'
import type { SparseVector } from './sparse.ts'

const nothing: Placed<Float32Array> = { at: 0, array: new Float32Array(0) }
const none = { count: 0, x: nothing, scores: nothing }

/**
 * Scores of all titles for a history, by the factors of the titles alone: x = A^-1 sum of w y, A = alpha0 YᵀY + sum of w y yᵀ + l2 I over
 * the titles y watched with weights w, and the score of a title is x y (Hu, Koren and Volinsky, "Collaborative filtering
 * for implicit feedback datasets", ICDM 2008, section 5). In double precision but for the factors.
 * O(history d^2 / 2 + d^3 / 6 + titles d).
 */
export class FoldIn {
  readonly titles: number
  readonly dimensions: number
  readonly #threads = new KernelThreads(1)
  readonly #factors: Placed<Float32Array>
  readonly #base: Float64Array
  readonly #a: Placed<Float64Array>
  readonly #x: Placed<Float64Array>
  readonly #scores: Placed<Float64Array>
  readonly #index: Placed<Uint32Array>
  readonly #value: Placed<Float32Array>
  /** Room for several rows, made when it is first needed. */
  #rows: { count: number; x: Placed<Float32Array>; scores: Placed<Float32Array> } = none

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
  }

  get factors(): Float32Array {
    return this.#factors.array
  }

  get gram(): Float64Array {
    return this.#base
  }

  row(title: number): Float32Array {
    return this.factors.subarray(title * this.dimensions, (title + 1) * this.dimensions)
  }

  /** Fills `scores` for the titles of `history`, each below `titles` and named once. */
  score(history: SparseVector, l2: number, scores: Float64Array): void {
    this.#setUp(history, l2)
    this.#solve()
    const { at } = this.#factors
    this.#threads.call('dotRows', [at, this.titles, this.dimensions, this.#x.at, this.#scores.at])
    scores.set(this.#scores.array)
  }

  /**
   * As `score` for `count` histories, in single precision: `of` gives the history and the weight of the squares of each row of `scores`. The product of all
   * factors at once, 2 count titles d operations, costs a fraction of one row after another.
   */
  scoreRows(count: number, of: (row: number) => readonly [SparseVector, number], scores: Float32Array): void {
    const d = this.dimensions
    if (this.#rows.count < count) {
      const x = this.#threads.allocate(Float32Array, count * d)
      this.#rows = { count, x, scores: this.#threads.allocate(Float32Array, count * this.titles) }
    }
    const { x, scores: products } = this.#rows
    for (let row = 0; row < count; row++) {
      this.#setUp(...of(row))
      this.#solve()
      x.array.set(this.#x.array, row * d)
    }
    products.array.fill(0)
    const [left, right] = [dense(x.at, count, d), transposed(dense(this.#factors.at, this.titles, d))]
    multiplyHere(this.#threads, left, right, dense(products.at, count, this.titles))
    scores.set(products.array.subarray(0, count * this.titles))
  }

  /** What each title of `history` adds to the score of `title`: w y A^-1 y of `title`. */
  parts(history: SparseVector, l2: number, title: number): Float64Array {
    this.#setUp(history, l2)
    const x = this.#x.array
    x.set(this.row(title))
    this.#solve()
    return Float64Array.from(history.index, (watched, e) => {
      const y = this.row(watched)
      let sum = 0
      for (let k = 0; k < y.length; k++) sum += (y[k] as number) * (x[k] as number)
      return (history.value[e] as number) * sum
    })
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
}
