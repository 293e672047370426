import type { KernelThreads, Placed } from '../threads/kernel-threads.ts'

/** Floats that a task takes. */
const countAtOnce = 65_536

/**
 * Keeps steps of gradient descent short where the loss is steep: gradients g of a norm above `most` become g most / |g|. O(gradients), float32
 * (`wasm/clip.ts`).
 * @see Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", ICML 2013, algorithm 1
 */
export class GradientClip {
  readonly #threads: KernelThreads
  readonly #parts: readonly [number, number][]
  readonly #squares: Placed<Float64Array>

  /** For `gradients` of a length that is a multiple of 4. */
  constructor(threads: KernelThreads, gradients: Placed<Float32Array>) {
    const { length } = gradients.array
    this.#threads = threads
    this.#parts = Array.from({ length: Math.ceil(length / countAtOnce) }, (_, part) => {
      const from = part * countAtOnce
      return [Math.min(countAtOnce, length - from), gradients.at + 4 * from]
    })
    this.#squares = threads.allocate(Float64Array, this.#parts.length)
  }

  /** Gives the Euclidean norm that the gradients had; where it is no finite number they stay as they are. */
  async clip(most: number, signal: AbortSignal): Promise<number> {
    const { at, array } = this.#squares
    const sums = this.#parts.map((part, i) => [...part, at + 8 * i])
    await this.#threads.run('sumSquares', sums, signal)
    const norm = Math.sqrt(array.reduce((sum, own) => sum + own, 0))
    if (norm > most && norm < Number.POSITIVE_INFINITY) {
      const scaled = this.#parts.map((part) => [...part, most / norm])
      await this.#threads.run('scaleFloats', scaled, signal)
    }
    return norm
  }
}
