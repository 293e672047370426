import { dense, multiply, transposed } from '../matrices/product.ts'
import { rowOf, type SparseMatrix, totalOf, transpose } from '../matrices/sparse.ts'
import { addSparseProduct, SparseRoom } from '../matrices/sparse-product.ts'
import type { KernelThreads, Placed } from '../threads/kernel-threads.ts'
import { crossEntropy } from './softmax.ts'

/** Sizes of the layers; `hidden` and `latent` are multiples of 8. */
export interface AutoencoderShape {
  readonly titles: number
  readonly hidden: number
  readonly latent: number
}

/** What a network is made of, by rows. */
export interface Layers<A = Float32Array> {
  /** W1, titles x hidden. */
  readonly input: A
  /** V, titles x latent. */
  readonly titles: A
  /** W2, hidden x 2 latent: the mean, then the logarithm of the variance. */
  readonly code: A
  readonly hiddenBias: A
  readonly codeBias: A
  readonly titleBias: A
}

function layerSizes({ titles, hidden, latent }: AutoencoderShape): [keyof Layers, number][] {
  return [
    ['input', titles * hidden],
    ['titles', titles * latent],
    ['code', hidden * 2 * latent],
    ['hiddenBias', hidden],
    ['codeBias', 2 * latent],
    ['titleBias', titles],
  ]
}

/** How many numbers a network is made of, the last of them unused so that it is a multiple of 4. */
export const parameterCount = (shape: AutoencoderShape) =>
  4 * Math.ceil(layerSizes(shape).reduce((sum, [, size]) => sum + size, 0) / 4)

/** How many of them are no biases; they come first. */
export const weightCount = ({ titles, hidden, latent }: AutoencoderShape) =>
  titles * (hidden + latent) + hidden * 2 * latent

/** The layers that `parameters` hold, sharing their memory. */
export function layersOf(parameters: Float32Array, shape: AutoencoderShape): Layers {
  let from = 0
  const layers = layerSizes(shape).map(([name, size]) => {
    from += size
    return [name, parameters.subarray(from - size, from)]
  })
  return Object.fromEntries(layers)
}

/** Viewers to learn from at once: what the network is shown, what it is to say, and normal noise of viewers x latent. */
export interface Batch {
  readonly input: SparseMatrix
  readonly target: SparseMatrix
  readonly noise: Float32Array
}

/** Memory that learning from batches of `rows` viewers with `entries` plays takes beside parameters and gradients, in bytes. */
export const batchBytes = ({ titles, hidden, latent }: AutoencoderShape, rows: number, entries: number) =>
  4 * (rows * (titles + 2 * hidden + 6 * latent + 8) + 6 * entries + titles)

function fillRows(rows: Float32Array, row: Float32Array): void {
  for (let from = 0; from < rows.length; from += row.length) rows.set(row, from)
}

function addColumnSums(rows: Float32Array, to: Float32Array): void {
  for (let from = 0; from < rows.length; from += to.length) {
    for (let k = 0; k < to.length; k++) to[k] = (to[k] as number) + (rows[from + k] as number)
  }
}

/**
 * A variational autoencoder with a multinomial likelihood, one hidden layer in the encoder and a linear decoder. For a viewer shown x who played w,
 * of total N, with e ~ Normal(0, I):
 *
 *     h = tanh(x W1 + b1)    (m, s) = h W2 + b2    z = m + exp(s / 2) e    l = z Vᵀ + c
 *     loss = -sum_i w_i log softmax(l)_i + beta N KL,    KL = (1/2) sum_k (m_k^2 + exp(s_k) - s_k - 1)
 *
 * Gradients by the chain rule. O(entries hidden + viewers (hidden latent + titles latent)) a batch, float32.
 * @see Liang, Krishnan, Hoffman and Jebara, "Variational autoencoders for collaborative filtering", WWW 2018, sections 2.1 to 2.3; linear decoder
 * and beta in proportion to N: Shenbin et al., "RecVAE", WSDM 2020, sections 3.2 and 3.5
 */
export class VariationalAutoencoder {
  readonly shape: AutoencoderShape
  readonly parameters: Placed<Float32Array>
  readonly gradients: Placed<Float32Array>
  readonly #threads: KernelThreads
  readonly #at: Layers<number>
  readonly #layers: Layers
  readonly #gradientAt: Layers<number>
  readonly #gradientLayers: Layers
  readonly #rooms: Readonly<Record<'input' | 'byTitle' | 'target', SparseRoom>>
  readonly #rows: Readonly<
    Record<'hidden' | 'code' | 'z' | 'logits' | 'byZ' | 'byCode' | 'byHidden' | 'ones', Placed<Float32Array>>
  >
  readonly #likelihoods: Placed<Float64Array>

  /** For batches of at most `rows` viewers with `entries` plays. */
  constructor(threads: KernelThreads, shape: AutoencoderShape, rows: number, entries: number) {
    const { titles, hidden, latent } = shape
    const floats = (width: number) => threads.allocate(Float32Array, rows * width)
    this.#threads = threads
    this.shape = shape
    this.parameters = threads.allocate(Float32Array, parameterCount(shape))
    this.gradients = threads.allocate(Float32Array, parameterCount(shape))
    this.#layers = layersOf(this.parameters.array, shape)
    this.#gradientLayers = layersOf(this.gradients.array, shape)
    this.#at = addressesOf(this.#layers)
    this.#gradientAt = addressesOf(this.#gradientLayers)
    this.#rooms = {
      input: new SparseRoom(threads, rows, entries),
      byTitle: new SparseRoom(threads, titles, entries),
      target: new SparseRoom(threads, rows, entries),
    }
    this.#rows = {
      ...{ hidden: floats(hidden), code: floats(2 * latent), z: floats(latent), logits: floats(titles) },
      ...{ byZ: floats(latent), byCode: floats(2 * latent), byHidden: floats(hidden), ones: floats(1) },
    }
    this.#rows.ones.array.fill(1)
    this.#likelihoods = threads.allocate(Float64Array, 2 * rows)
  }

  /** The mean loss of a play of `batch`; its gradient is added to `gradients`. */
  async addGradients(batch: Batch, beta: number, signal: AbortSignal): Promise<number> {
    const { input, target, noise } = batch
    const plays = totalOf(target)
    await this.#encode(input, signal)
    this.#draw(noise)
    await this.#decode(input.rows, signal)
    const { logits } = this.#rows
    const likelihoods = this.#likelihoods
    const misses = await crossEntropy(
      this.#threads,
      logits.at,
      this.#rooms.target,
      target,
      1 / plays,
      likelihoods,
      signal,
    )
    await this.#addDecoderGradients(input.rows, signal)
    const divergence = this.#divergence(target, noise, beta / plays)
    await this.#addEncoderGradients(input, signal)
    return misses / plays + divergence
  }

  async #encode(input: SparseMatrix, signal: AbortSignal): Promise<void> {
    const { hidden: width, latent } = this.shape
    const { hidden, code } = this.#rows
    const ofHidden = hidden.array.subarray(0, input.rows * width)
    fillRows(ofHidden, this.#layers.hiddenBias)
    await addSparseProduct(this.#threads, this.#rooms.input, input, this.#at.input, width, hidden.at, signal)
    for (let i = 0; i < ofHidden.length; i++) ofHidden[i] = Math.tanh(ofHidden[i] as number)
    fillRows(code.array.subarray(0, input.rows * 2 * latent), this.#layers.codeBias)
    const [h, w2] = [dense(hidden.at, input.rows, width), dense(this.#at.code, width, 2 * latent)]
    await multiply(this.#threads, h, w2, dense(code.at, input.rows, 2 * latent), signal)
  }

  #draw(noise: Float32Array): void {
    const { latent } = this.shape
    const {
      code: { array: code },
      z: { array: z },
    } = this.#rows
    for (let i = 0; i < noise.length; i++) {
      const k = i % latent
      const mean = 2 * i - k
      z[i] = (code[mean] as number) + Math.exp((code[mean + latent] as number) / 2) * (noise[i] as number)
    }
  }

  async #decode(rows: number, signal: AbortSignal): Promise<void> {
    const { titles, latent } = this.shape
    const { z, logits } = this.#rows
    fillRows(logits.array.subarray(0, rows * titles), this.#layers.titleBias)
    const v = dense(this.#at.titles, titles, latent)
    await multiply(this.#threads, dense(z.at, rows, latent), transposed(v), dense(logits.at, rows, titles), signal)
  }

  async #addDecoderGradients(rows: number, signal: AbortSignal): Promise<void> {
    const { titles, latent } = this.shape
    const { z, logits, byZ, ones } = this.#rows
    const byLogits = dense(logits.at, rows, titles)
    const ofBias = dense(this.#gradientAt.titleBias, 1, titles)
    await multiply(this.#threads, dense(ones.at, 1, rows), byLogits, ofBias, signal)
    const ofTitles = dense(this.#gradientAt.titles, titles, latent)
    await multiply(this.#threads, transposed(byLogits), dense(z.at, rows, latent), ofTitles, signal)
    byZ.array.fill(0)
    const v = dense(this.#at.titles, titles, latent)
    await multiply(this.#threads, byLogits, v, dense(byZ.at, rows, latent), signal)
  }

  /** beta N KL, summed over the viewers, and the gradient of the whole loss by the code. */
  #divergence(target: SparseMatrix, noise: Float32Array, beta: number): number {
    const { latent } = this.shape
    const {
      code: { array: code },
      byZ: { array: byZ },
      byCode: { array: byCode },
    } = this.#rows
    let sum = 0
    for (let row = 0; row < target.rows; row++) {
      const weight = beta * totalOf(rowOf(target, row))
      for (let k = 0; k < latent; k++) {
        const at = row * latent + k
        const mean = 2 * row * latent + k
        const m = code[mean] as number
        const s = code[mean + latent] as number
        const variance = Math.exp(s)
        const slope = byZ[at] as number
        sum += (weight * (m * m + variance - s - 1)) / 2
        byCode[mean] = slope + weight * m
        byCode[mean + latent] = (slope * (noise[at] as number) * Math.sqrt(variance) + weight * (variance - 1)) / 2
      }
    }
    return sum
  }

  async #addEncoderGradients(input: SparseMatrix, signal: AbortSignal): Promise<void> {
    const { hidden: width, latent } = this.shape
    const { hidden, byCode, byHidden } = this.#rows
    addColumnSums(byCode.array.subarray(0, input.rows * 2 * latent), this.#gradientLayers.codeBias)
    const [h, ofCode] = [dense(hidden.at, input.rows, width), dense(byCode.at, input.rows, 2 * latent)]
    const gradient = dense(this.#gradientAt.code, width, 2 * latent)
    await multiply(this.#threads, transposed(h), ofCode, gradient, signal)
    byHidden.array.fill(0)
    const w2 = dense(this.#at.code, width, 2 * latent)
    await multiply(this.#threads, ofCode, transposed(w2), dense(byHidden.at, input.rows, width), signal)
    const slopes = byHidden.array.subarray(0, input.rows * width)
    for (let i = 0; i < slopes.length; i++) {
      slopes[i] = (slopes[i] as number) * (1 - (hidden.array[i] as number) ** 2)
    }
    addColumnSums(slopes, this.#gradientLayers.hiddenBias)
    const byTitle = transpose(input)
    const to = this.#gradientAt.input
    await addSparseProduct(this.#threads, this.#rooms.byTitle, byTitle, byHidden.at, width, to, signal)
  }
}

function addressesOf(layers: Layers): Layers<number> {
  const addresses = Object.entries(layers).map(([name, array]: [string, Float32Array]) => [name, array.byteOffset])
  return Object.fromEntries(addresses)
}
