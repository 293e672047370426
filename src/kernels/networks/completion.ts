import { dot } from '../matrices/dot.ts'
import type { SparseVector } from '../matrices/sparse.ts'
import type { KernelThreads, Placed } from '../threads/kernel-threads.ts'
import { type AutoencoderShape, type Layers, layersOf } from './variational-autoencoder.ts'

/** 1 / the Euclidean length of `value`, 0 of nothing. */
export function unitScale(value: Float32Array): number {
  return value.length === 0 ? 0 : 1 / Math.sqrt(dot(value, value))
}

/** The mean of the derivative of tanh between `from` and `from + by`. */
function meanSlope(from: number, by: number): number {
  if (Math.abs(by) < 1e-5) return 1 - Math.tanh(from + by / 2) ** 2
  return (Math.tanh(from + by) - Math.tanh(from)) / by
}

/**
 * Scores of all titles for a history, by a trained `VariationalAutoencoder`: the logits c + m Vᵀ of the mean code m = b2 + h W2,
 * h = tanh(b1 + x W1), x the history at a Euclidean length of 1 (0 of nothing). In double precision but for the parameters.
 * O(history hidden + hidden latent + titles latent).
 */
export class Completion {
  readonly parameters: Placed<Float32Array>
  readonly #shape: AutoencoderShape
  readonly #threads: KernelThreads
  readonly #layers: Layers
  readonly #code: Placed<Float64Array>
  readonly #products: Placed<Float64Array>

  /** @param parameters in the memory of `threads`; counted is what they hold when a score is asked for */
  constructor(threads: KernelThreads, parameters: Placed<Float32Array>, shape: AutoencoderShape) {
    this.parameters = parameters
    this.#shape = shape
    this.#threads = threads
    this.#layers = layersOf(parameters.array, shape)
    this.#code = threads.allocate(Float64Array, shape.latent)
    this.#products = threads.allocate(Float64Array, shape.titles)
  }

  /** V, titles x latent. */
  get vectors(): Float32Array {
    return this.#layers.titles
  }

  /** Fills `scores` for the titles of `history`, each below `titles` and named once. */
  score(history: SparseVector, scores: Float64Array): void {
    const { titles, latent } = this.#shape
    const { hiddenBias, codeBias, titleBias } = this.#layers
    const code = this.#code.array
    code.set(codeBias.subarray(0, latent))
    for (const [k, sum] of this.#activations(history).entries()) {
      const h = Math.tanh((hiddenBias[k] as number) + sum)
      const weights = this.#codeWeights(k)
      for (let j = 0; j < latent; j++) code[j] = (code[j] as number) + h * (weights[j] as number)
    }
    this.#threads.call('dotRows', [this.vectors.byteOffset, titles, latent, this.#code.at, this.#products.at])
    const products = this.#products.array
    for (let title = 0; title < titles; title++) {
      scores[title] = (products[title] as number) + (titleBias[title] as number)
    }
  }

  /**
   * What each title of `history` adds to the score of `title` beside that of an empty history, by integrated gradients along the straight line
   * from x = 0. All but tanh is linear, so that the integral is exact: with q = W2 v and a = x W1, title i adds sum over k of
   * q_k x_i W1_ik (tanh(b1_k + a_k) - tanh(b1_k)) / a_k. O(history hidden + hidden latent).
   * @see Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", ICML 2017, section 3
   */
  parts(history: SparseVector, title: number): { amounts: Float64Array; empty: number } {
    const { hidden, latent } = this.#shape
    const { input, hiddenBias, codeBias, titleBias } = this.#layers
    const v = this.vectors.subarray(title * latent, (title + 1) * latent)
    let empty = (titleBias[title] as number) + dot(v, codeBias)
    const slopes = this.#activations(history).map((sum, k) => {
      const bias = hiddenBias[k] as number
      const q = dot(v, this.#codeWeights(k))
      empty += q * Math.tanh(bias)
      return q * meanSlope(bias, sum)
    })
    const scale = unitScale(history.value)
    const amounts = Float64Array.from(history.index, (watched, e) => {
      const weights = input.subarray(watched * hidden, (watched + 1) * hidden)
      return scale * (history.value[e] as number) * dot(slopes, weights)
    })
    return { amounts, empty }
  }

  /** x W1. */
  #activations({ index, value }: SparseVector): Float64Array {
    const { hidden } = this.#shape
    const { input } = this.#layers
    const scale = unitScale(value)
    const sums = new Float64Array(hidden)
    for (let e = 0; e < index.length; e++) {
      const weight = scale * (value[e] as number)
      const from = (index[e] as number) * hidden
      for (let k = 0; k < hidden; k++) sums[k] = (sums[k] as number) + weight * (input[from + k] as number)
    }
    return sums
  }

  /** What neuron `k` adds to the mean code. */
  #codeWeights(k: number): Float32Array {
    const { latent } = this.#shape
    return this.#layers.code.subarray(2 * k * latent, (2 * k + 1) * latent)
  }
}
