import { type Dense, dense, multiply, transposed } from '../matrices/product.ts'
import { addSparseProduct, SparseRoom } from '../matrices/sparse-product.ts'
import { logistic, logLossOf } from '../regression/logistic-regression.ts'
import type { KernelThreads, Placed } from '../threads/kernel-threads.ts'
import type { Dropout } from './dropout.ts'
import { type BatchSize, Lstm, mostRows } from './lstm.ts'
import { Pooling } from './pooling.ts'
import { occurrences, type Steps } from './sequences.ts'
import { type TextLayers, type TextNetworkShape, textLayersOf, textParameterCount } from './text-layers.ts'

/** Sequences to learn from at once: what each came out as, 0 or 1, and a weight above 0 for each. */
export interface TextBatch {
  readonly steps: Steps
  readonly outcome: Uint8Array
  readonly weight: Float32Array
  readonly dropout?: Dropout
}

/** Memory that learning from batches of that size takes beside parameters and gradients, in bytes. */
export function textBatchBytes({ words, embedding, width, directions }: TextNetworkShape, most: BatchSize): number {
  const wide = width * directions
  const distinct = Math.min(words, most.steps)
  const bySequence = most.sequences * (3 * wide + 2)
  return 4 * (mostRows(most) * (7 * wide + 2) + 2 * most.steps + distinct * (embedding + 4 * wide + 2) + bySequence)
}

/**
 * Says with which probability a text is of one of two kinds. Of its words w_1 ... w_n, s being the logistic function and d, e dropout:
 *
 *     p = s(v (e * pool(h_1 ... h_n)) + a)    h = LSTM(x W + b)    x_t = d * E[w_t]
 *     loss = sum_i weight_i (-y_i ln p_i - (1 - y_i) ln (1 - p_i)) / sum_i weight_i
 *
 * x W + b is computed once for each distinct word of a batch, and so is its gradient. Gradients by the chain rule.
 * O(distinct words * embedding * width + steps * width^2) a batch, float32. A text without words has p = s(a).
 * @see `Lstm` and `Pooling` for the layers and their papers
 */
export class TextNetwork {
  readonly shape: TextNetworkShape
  readonly parameters: Placed<Float32Array>
  readonly gradients: Placed<Float32Array>
  readonly #threads: KernelThreads
  readonly #layers: TextLayers
  readonly #byLayers: TextLayers
  readonly #lstm: Lstm
  readonly #pooling: Pooling
  readonly #room: SparseRoom
  /** x of each distinct word and a 1, by which b, which lies behind W, is added. */
  readonly #embedded: Placed<Float32Array>
  /** x W + b of each distinct word. */
  readonly #inputs: Placed<Float32Array>

  /** For batches of at most that size. */
  constructor(threads: KernelThreads, shape: TextNetworkShape, most: BatchSize) {
    const distinct = Math.min(shape.words, most.steps)
    const floats = (width: number) => threads.allocate(Float32Array, distinct * width)
    this.#threads = threads
    this.shape = shape
    this.parameters = threads.allocate(Float32Array, textParameterCount(shape))
    this.gradients = threads.allocate(Float32Array, textParameterCount(shape))
    this.#layers = textLayersOf(this.parameters.array, shape)
    this.#byLayers = textLayersOf(this.gradients.array, shape)
    this.#lstm = new Lstm(threads, shape, most)
    this.#pooling = new Pooling(threads, shape, most)
    this.#room = new SparseRoom(threads, distinct, most.steps)
    this.#embedded = floats(shape.embedding + 1)
    this.#inputs = floats(4 * shape.width * shape.directions)
  }

  /** ln(p / (1 - p)) of each sequence. */
  async score(steps: Steps, signal: AbortSignal): Promise<Float64Array> {
    await this.#pool(steps, undefined, signal)
    return this.#logits(steps.start.length - 1, undefined)
  }

  /** The mean loss of `batch`; its gradient is added to `gradients`. */
  async addGradients(batch: TextBatch, signal: AbortSignal): Promise<number> {
    const { steps, dropout } = batch
    await this.#pool(steps, dropout, signal)
    const loss = this.#addDenseGradients(batch)
    const { query, recurrent } = this.#layers
    const count = batch.outcome.length
    await this.#pooling.addGradients(this.#lstm, count, query.byteOffset, this.#byLayers.query, signal)
    await this.#lstm.addGradients(steps, recurrent.byteOffset, this.#byLayers.recurrent.byteOffset, signal)
    await this.#addWordGradients(steps, dropout, signal)
    return loss
  }

  async #pool(steps: Steps, dropout: Dropout | undefined, signal: AbortSignal): Promise<void> {
    const { recurrent, query } = this.#layers
    this.#embed(steps, dropout)
    const { x, w, inputs } = this.#inputProduct(steps.distinct.length, this.#layers)
    this.#inputs.array.fill(0, 0, inputs.rows * inputs.columns)
    await multiply(this.#threads, x, w, inputs, signal)
    await this.#lstm.run(steps, inputs.at, recurrent.byteOffset, signal)
    await this.#pooling.run(this.#lstm, steps.start.length - 1, query.byteOffset, signal)
  }

  #embed({ distinct }: Steps, dropout: Dropout | undefined): void {
    const { embedding: width } = this.shape
    const x = this.#embedded.array
    for (const [place, word] of distinct.entries()) {
      const to = place * (width + 1)
      x.set(this.#layers.embedding.subarray(word * width, (word + 1) * width), to)
      x[to + width] = 1
    }
    if (dropout) this.#dropWords(dropout)
  }

  /** Multiplies the rows of the distinct words. */
  #dropWords({ words }: Dropout): void {
    const { embedding: width } = this.shape
    const x = this.#embedded.array
    for (let from = 0, to = 0; from < words.length; from += width, to += width + 1) {
      for (let k = 0; k < width; k++) x[to + k] = (x[to + k] as number) * (words[from + k] as number)
    }
  }

  /** The factors of x W + b for so many words, W and b being those of `layers`, and what it comes to. */
  #inputProduct(words: number, { input }: TextLayers): Record<'x' | 'w' | 'inputs', Dense> {
    const { embedding, width, directions } = this.shape
    const gates = 4 * width * directions
    return {
      x: dense(this.#embedded.at, words, embedding + 1),
      w: dense(input.byteOffset, embedding + 1, gates),
      inputs: dense(this.#inputs.at, words, gates),
    }
  }

  #logits(count: number, dropout: Dropout | undefined): Float64Array {
    const { dense: v, denseBias } = this.#layers
    const pooled = this.#pooling.pooled.array
    return Float64Array.from({ length: count }, (_, sequence) => {
      let logit = denseBias[0] as number
      for (let k = 0; k < v.length; k++) {
        const place = sequence * v.length + k
        logit += (v[k] as number) * (pooled[place] as number) * (dropout?.pooled[place] ?? 1)
      }
      return logit
    })
  }

  /** The mean loss; the gradient by the dense unit is added, that by the pooled states is put in its place. */
  #addDenseGradients({ outcome, weight, dropout }: TextBatch): number {
    const { dense: v } = this.#layers
    const { dense: byV, denseBias } = this.#byLayers
    const { pooled, byPooled } = this.#pooling
    const total = weight.reduce((sum, own) => sum + own, 0)
    let loss = 0
    for (const [sequence, logit] of this.#logits(outcome.length, dropout).entries()) {
      const share = (weight[sequence] as number) / total
      loss += share * logLossOf(logit, outcome[sequence] as number)
      const slope = share * (logistic(logit) - (outcome[sequence] as number))
      denseBias[0] = (denseBias[0] as number) + slope
      for (let k = 0; k < v.length; k++) {
        const place = sequence * v.length + k
        const kept = slope * (dropout?.pooled[place] ?? 1)
        byV[k] = (byV[k] as number) + kept * (pooled.array[place] as number)
        byPooled.array[place] = kept * (v[k] as number)
      }
    }
    return loss
  }

  /** From the gradient by the gates, that by all that comes before them. */
  async #addWordGradients(steps: Steps, dropout: Dropout | undefined, signal: AbortSignal): Promise<void> {
    const { x, w, inputs } = this.#inputProduct(steps.distinct.length, this.#layers)
    this.#inputs.array.fill(0, 0, inputs.rows * inputs.columns)
    const places = occurrences(steps)
    await addSparseProduct(this.#threads, this.#room, places, this.#lstm.gates.at, inputs.columns, inputs.at, signal)
    const { w: byW } = this.#inputProduct(steps.distinct.length, this.#byLayers)
    await multiply(this.#threads, transposed(x), inputs, byW, signal)
    this.#embedded.array.fill(0, 0, x.rows * x.columns)
    await multiply(this.#threads, inputs, transposed(w), x, signal)
    this.#addEmbeddingGradients(steps, dropout)
  }

  #addEmbeddingGradients({ distinct }: Steps, dropout: Dropout | undefined): void {
    const { embedding: width } = this.shape
    const { embedding: byEmbedding } = this.#byLayers
    const byX = this.#embedded.array
    if (dropout) this.#dropWords(dropout)
    for (const [place, word] of distinct.entries()) {
      const [from, to] = [place * (width + 1), word * width]
      for (let k = 0; k < width; k++) byEmbedding[to + k] = (byEmbedding[to + k] as number) + (byX[from + k] as number)
    }
  }
}
