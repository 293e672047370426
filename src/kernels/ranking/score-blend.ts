import { KernelThreads, type Placed } from '../threads/kernel-threads.ts'

/** Adds scores of several models, each brought to one size: sum over models of weight * score / root mean square of its scores. O(models titles). */
export class ScoreBlend {
  /** Where the scores of one model are put before they are added. */
  readonly scores: Float64Array
  readonly #threads = new KernelThreads(1)
  readonly #own: Placed<Float64Array>
  readonly #sum: Placed<Float64Array>
  readonly #factor: Placed<Float64Array>

  constructor(titles: number) {
    this.#own = this.#threads.allocate(Float64Array, titles)
    this.#sum = this.#threads.allocate(Float64Array, titles)
    this.#factor = this.#threads.allocate(Float64Array, 1)
    this.scores = this.#own.array
  }

  /** The sum since the last `clear`. */
  get sum(): Float64Array {
    return this.#sum.array
  }

  clear(): void {
    this.#sum.array.fill(0)
  }

  /** Adds `scores`; gives what they were multiplied by, 0 where all of them are 0. */
  add(weight: number): number {
    const { length } = this.scores
    this.#threads.call('addScaled', [this.#own.at, length, weight, this.#sum.at, this.#factor.at])
    return this.#factor.array[0] as number
  }
}
