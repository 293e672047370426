import type { KernelThreads, Placed } from '../threads/kernel-threads.ts'

/** Floats that a task takes. */
const countAtOnce = 65_536
/** Shares of the running means that a step keeps, and what keeps a step from being infinite. */
const [b1, b2, epsilon] = [0.9, 0.999, 1e-8]

/**
 * Gradient descent by Adam with decoupled weight decay, for parameters p with gradients g: m and v are the running means of g and g^2,
 *
 *     p_t = (1 - rate decay) p_{t-1} - rate * (m_t / (1 - b1^t)) / (sqrt(v_t / (1 - b2^t)) + epsilon)
 *
 * in float32, O(parameters) a step (`wasm/adam.ts`).
 * @see Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1; Loshchilov and Hutter, "Decoupled weight decay
 * regularization", ICLR 2019, algorithm 2
 */
export class Adam {
  readonly #threads: KernelThreads
  readonly #parameters: Placed<Float32Array>
  readonly #gradients: Placed<Float32Array>
  readonly means: Placed<Float32Array>
  readonly squares: Placed<Float32Array>
  steps = 0

  /** Both of the same length, a multiple of 4. */
  constructor(threads: KernelThreads, parameters: Placed<Float32Array>, gradients: Placed<Float32Array>) {
    this.#threads = threads
    this.#parameters = parameters
    this.#gradients = gradients
    this.means = threads.allocate(Float32Array, parameters.array.length)
    this.squares = threads.allocate(Float32Array, parameters.array.length)
  }

  /** Moves all parameters and sets the gradients to 0; the first `decayed`, a multiple of 4, shrink by `decay`. */
  async step(rate: number, decay: number, decayed: number, signal: AbortSignal): Promise<void> {
    this.steps += 1
    // (m / c1) / (sqrt(v / c2) + epsilon) = m sqrt(c2) / c1 / (sqrt(v) + epsilon sqrt(c2))
    const root = Math.sqrt(1 - b2 ** this.steps)
    const scaled = (rate * root) / (1 - b1 ** this.steps)
    const arrays = [this.#parameters, this.#gradients, this.means, this.squares]
    const tasks: number[][] = []
    const add = (from: number, to: number, keep: number) => {
      for (let first = from; first < to; first += countAtOnce) {
        const addresses = arrays.map(({ at }) => at + 4 * first)
        tasks.push([Math.min(countAtOnce, to - first), ...addresses, scaled, keep, b1, b2, epsilon * root])
      }
    }
    add(0, decayed, 1 - rate * decay)
    add(decayed, this.#parameters.array.length, 1)
    await this.#threads.run('adamStep', tasks, signal)
  }
}
