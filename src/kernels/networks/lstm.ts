import { dense, multiply, transposed } from '../matrices/product.ts'
import type { KernelThreads, Placed } from '../threads/kernel-threads.ts'
import type { Steps } from './sequences.ts'

/** What one layer is made of: `width` cells, a multiple of 8, in each of its directions; the second goes from the last word to the first. */
export interface LstmShape {
  readonly width: number
  readonly directions: 1 | 2
}

/** The most that a batch holds. */
export interface BatchSize {
  readonly sequences: number
  readonly steps: number
}

/** How many rows `Steps` of that size have at most. */
export const mostRows = ({ sequences, steps }: BatchSize) => sequences + steps + 1

/**
 * A layer of long short-term memory with forget gates. For the words x_1, x_2 ... of a sequence, h_0 = c_0 = 0, s the logistic function:
 *
 *     (i, f, g, o) = (s, s, tanh, s)(x_t W + b + h_{t-1} U)    c_t = f c_{t-1} + i g    h_t = o tanh(c_t)
 *
 * and the gradient by the chain rule from the last step to the first (backpropagation through time), without truncation. x W + b is given for
 * each distinct word. Slices of a batch go through all their steps alone (`wasm/lstm.ts`), so that threads wait for each other once a pass; one
 * thread and several give the very same numbers. O(steps * width^2), float32. Gradients below 1e-25 become 0.
 * @see Hochreiter and Schmidhuber, "Long short-term memory", Neural Computation 9(8), 1997; Gers, Schmidhuber and Cummins, "Learning to forget",
 * Neural Computation 12(10), 2000; two directions: Schuster and Paliwal, "Bidirectional recurrent neural networks", IEEE TSP 45(11), 1997
 */
export class Lstm {
  /** h of each row, all directions side by side. */
  readonly states: Placed<Float32Array>
  /** The gradient by `states` without what comes through later steps: to be filled before `addGradients`. */
  readonly byStates: Placed<Float32Array>
  /** i, f, g and o of each row, all directions side by side; after `addGradients` the gradient by their sums. */
  readonly gates: Placed<Float32Array>
  readonly #threads: KernelThreads
  readonly #shape: LstmShape
  readonly #cells: Placed<Float32Array>
  readonly #layout: Readonly<Record<'order' | 'start' | 'word', Placed<Uint32Array>>>

  constructor(threads: KernelThreads, shape: LstmShape, most: BatchSize) {
    const rows = mostRows(most)
    const floats = (width: number) => threads.allocate(Float32Array, rows * width)
    const wide = shape.width * shape.directions
    this.#threads = threads
    this.#shape = shape
    this.states = floats(wide)
    this.byStates = floats(wide)
    this.gates = floats(4 * wide)
    this.#cells = floats(wide)
    this.#layout = {
      order: threads.allocate(Uint32Array, most.sequences),
      start: threads.allocate(Uint32Array, most.sequences + 1),
      word: threads.allocate(Uint32Array, rows),
    }
  }

  /** Where the first row of each sequence of the last batch is told to kernels. */
  get start(): number {
    return this.#layout.start.at
  }

  /** The states of `steps`. Row w of `inputs` is x W + b of the distinct word w; at `recurrent` lies U, width x 4 width for each direction. */
  async run(steps: Steps, inputs: number, recurrent: number, signal: AbortSignal): Promise<void> {
    const { order, start, word } = this.#layout
    order.array.set(steps.order)
    start.array.set(steps.start)
    word.array.set(steps.word)
    this.#clearBetween(steps)
    const common = [order.at, start.at, word.at, inputs, recurrent, this.gates.at, this.#cells.at, this.states.at]
    await this.#forSlices('lstmForward', steps, common, signal)
  }

  /** Turns `gates` to the gradient by their sums and adds that by U to what lies at `byRecurrent`. */
  async addGradients(steps: Steps, recurrent: number, byRecurrent: number, signal: AbortSignal): Promise<void> {
    const { width, directions } = this.#shape
    const { order, start } = this.#layout
    const common = [order.at, start.at, recurrent, this.gates.at, this.#cells.at, this.byStates.at]
    await this.#forSlices('lstmBackward', steps, common, signal)
    const [wide, pairs] = [width * directions, steps.rows - 1]
    for (let direction = 0; direction < directions; direction++) {
      const [h, g] = direction === 0 ? [0, 1] : [1, 0]
      const before = dense(this.states.at + 4 * (h * wide + direction * width), pairs, width, wide)
      const slopes = dense(this.gates.at + 16 * (g * wide + direction * width), pairs, 4 * width, 4 * wide)
      const to = dense(byRecurrent + 16 * direction * width * width, width, 4 * width)
      await multiply(this.#threads, transposed(before), slopes, to, signal)
    }
  }

  /** Sets the rows that are no step to 0. */
  #clearBetween({ start }: Steps): void {
    const wide = this.#shape.width * this.#shape.directions
    for (const [sequence, step] of start.entries()) {
      const row = step + sequence
      for (const { array } of [this.states, this.#cells]) array.fill(0, row * wide, (row + 1) * wide)
      this.gates.array.fill(0, 4 * row * wide, 4 * (row + 1) * wide)
    }
  }

  async #forSlices(
    kernel: 'lstmForward' | 'lstmBackward',
    { slices }: Steps,
    common: readonly number[],
    signal: AbortSignal,
  ): Promise<void> {
    const { width, directions } = this.#shape
    const tasks = slices.flatMap(([from, to]) =>
      Array.from({ length: directions }, (_, direction) => [from, to, width, directions, direction, ...common]),
    )
    const most = Math.max(...slices.map(([from, to]) => to - from), 0)
    await this.#threads.run(kernel, tasks, signal, 4 * width * (4 * width + 6 * (most + 4)))
  }
}
