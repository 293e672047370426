import { rowRanges } from '../matrices/sparse-product.ts'
import type { KernelThreads, Placed } from '../threads/kernel-threads.ts'
import { type BatchSize, type Lstm, type LstmShape, mostRows } from './lstm.ts'

/** Ways to make one vector of the states of a sequence, as the kernels number them. */
export const poolings = ['last', 'mean', 'max', 'attention'] as const
export type PoolingName = (typeof poolings)[number]

/**
 * One vector for each sequence out of its states h_1 ... h_n, both directions side by side; 0 where it has no step:
 *
 *     last       h_n of the first direction, h_1 of the second        mean   (1/n) sum_t h_t        max   max_t h_t, number by number
 *     attention  sum_t a_t h_t,  a = softmax(h_1 q, ..., h_n q)
 *
 * A maximum that several steps share is that of the first. O(steps * width) by `wasm/pooling.ts`.
 * @see attention: Yang et al., "Hierarchical attention networks for document classification", NAACL 2016, section 2.2, with the states themselves
 * for their hidden representation
 */
export class Pooling {
  readonly pooled: Placed<Float32Array>
  /** To be filled before `addGradients`. */
  readonly byPooled: Placed<Float32Array>
  readonly #threads: KernelThreads
  readonly #shape: LstmShape
  readonly #kind: number
  readonly #shares: Placed<Float32Array>
  readonly #byQuery: Placed<Float32Array>

  constructor(threads: KernelThreads, shape: LstmShape & { readonly pooling: PoolingName }, most: BatchSize) {
    const vectors = () => threads.allocate(Float32Array, most.sequences * shape.width * shape.directions)
    this.#threads = threads
    this.#shape = shape
    this.#kind = poolings.indexOf(shape.pooling)
    this.pooled = vectors()
    this.byPooled = vectors()
    this.#byQuery = vectors()
    this.#shares = threads.allocate(Float32Array, shape.pooling === 'attention' ? mostRows(most) : 0)
  }

  /** Pools what `lstm` made of `count` sequences. At `query` lies q. */
  async run(lstm: Lstm, count: number, query: number, signal: AbortSignal): Promise<void> {
    const common = [lstm.start, lstm.states.at, query, this.#shares.at, this.pooled.at]
    await this.#forSequences('poolStates', count, common, signal)
  }

  /** Fills `lstm.byStates` and adds the gradient by q to `toQuery`. */
  async addGradients(
    lstm: Lstm,
    count: number,
    query: number,
    toQuery: Float32Array,
    signal: AbortSignal,
  ): Promise<void> {
    const given = [lstm.start, lstm.states.at, query, this.#shares.at, this.pooled.at, this.byPooled.at]
    await this.#forSequences('spreadGradient', count, [...given, lstm.byStates.at, this.#byQuery.at], signal)
    const byQuery = this.#byQuery.array
    const wide = toQuery.length
    for (let i = 0; i < count * wide; i++) toQuery[i % wide] = (toQuery[i % wide] as number) + (byQuery[i] as number)
  }

  async #forSequences(
    kernel: 'poolStates' | 'spreadGradient',
    count: number,
    common: readonly number[],
    signal: AbortSignal,
  ): Promise<void> {
    const { width, directions } = this.#shape
    const tasks = rowRanges(count, this.#threads).map(([from, to]) => [
      from,
      to,
      this.#kind,
      width,
      directions,
      ...common,
    ])
    await this.#threads.run(kernel, tasks, signal)
  }
}
