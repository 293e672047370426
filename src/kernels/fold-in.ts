import { KernelThreads, type Placed } from './kernel-threads.ts'
import type { SparseVector } from './sparse.ts'

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
    this.#threads.call('addToNormalEquations', [this.#factors.at, d, ...lists, this.#a.at, this.#x.at], 8 * d)
  }

  #solve(): void {
    this.#threads.call('solvePositive', [this.#a.at, this.dimensions, this.#x.at])
  }
}
