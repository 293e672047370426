import type { KernelThreads, Placed } from './kernel-threads.ts'
import { logistic, logLossOf } from './logistic-regression.ts'
import { type BatchSize, Lstm, type LstmShape } from './lstm.ts'
import { Pooling, type PoolingName } from './pooling.ts'
import { dense, multiply, transposed } from './product.ts'
import type { Random } from './random.ts'
import { occurrences, type Steps } from './sequences.ts'
import { addSparseProduct, SparseRoom } from './sparse-product.ts'

/** Sizes of the layers; `embedding` and `width` are multiples of 8. */
export interface TextNetworkShape extends LstmShape {
  readonly words: number
  readonly embedding: number
  readonly pooling: PoolingName
}

/** What a network is made of, by rows. The directions of the LSTM lie side by side, but for `recurrent`, where one follows the other. */
export interface TextLayers<A = Float32Array> {
  /** E, words x embedding. */
  readonly embedding: A
  /** W, embedding x 4 width for each direction: input gate, forget gate, new content, output gate. */
  readonly input: A
  /** U, width x 4 width for each direction. */
  readonly recurrent: A
  /** q, width for each direction; nothing unless states are pooled by attention. */
  readonly query: A
  /** v, width for each direction. */
  readonly dense: A
  /** b, 4 width for each direction. */
  readonly gateBias: A
  /** a, one number. */
  readonly denseBias: A
}

function layerSizes(shape: TextNetworkShape): [keyof TextLayers, number][] {
  const wide = shape.width * shape.directions
  return [
    ['embedding', shape.words * shape.embedding],
    ['input', shape.embedding * 4 * wide],
    ['recurrent', shape.width * 4 * wide],
    ['query', shape.pooling === 'attention' ? wide : 0],
    ['dense', wide],
    ['gateBias', 4 * wide],
    ['denseBias', 1],
  ]
}

const sizeOf = (layers: readonly [keyof TextLayers, number][]) => layers.reduce((sum, [, size]) => sum + size, 0)

/** How many numbers a network is made of, the last of them unused so that it is a multiple of 4. */
export const textParameterCount = (shape: TextNetworkShape) => 4 * Math.ceil(sizeOf(layerSizes(shape)) / 4)

/** The layers that `parameters` hold, sharing their memory. */
export function textLayersOf(parameters: Float32Array, shape: TextNetworkShape): TextLayers {
  let from = 0
  const layers = layerSizes(shape).map(([name, size]) => {
    from += size
    return [name, parameters.subarray(from - size, from)]
  })
  return Object.fromEntries(layers)
}

/** Multipliers by which a network learns not to rely on any one number: 0, or 1 / (1 - rate). */
export interface Dropout {
  /** Distinct words of a batch x embedding. */
  readonly words: Float32Array
  /** Sequences x width for each direction. */
  readonly pooled: Float32Array
}

/**
 * Draws multipliers for a batch: a number of a word is dropped in all places where the word occurs.
 * @see Srivastava et al., "Dropout", JMLR 15, 2014; by word: Gal and Ghahramani, "A theoretically grounded application of dropout in recurrent
 * neural networks", NeurIPS 2016, section 4
 */
export function drawDropout(
  { distinct, start }: Steps,
  { embedding, width, directions }: TextNetworkShape,
  rates: { readonly words: number; readonly pooled: number },
  random: Random,
): Dropout {
  const draw = (length: number, rate: number) => {
    const multipliers = new Float32Array(length)
    const dropped = rate * 2 ** 32
    for (let i = 0; i < length; i++) multipliers[i] = random.bits() < dropped ? 0 : 1 / (1 - rate)
    return multipliers
  }
  return {
    words: draw(distinct.length * embedding, rates.words),
    pooled: draw((start.length - 1) * width * directions, rates.pooled),
  }
}

/** Sequences to learn from at once: what each came out as, 0 or 1, and a weight above 0 for each. */
export interface TextBatch {
  readonly steps: Steps
  readonly outcome: Uint8Array
  readonly weight: Float32Array
  readonly dropout?: Dropout
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
  /** By distinct word: x, x W + b, and 1. */
  readonly #byWord: Readonly<Record<'embedded' | 'inputs' | 'ones', Placed<Float32Array>>>

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
    const inputs = floats(4 * shape.width * shape.directions)
    this.#byWord = { embedded: floats(shape.embedding), inputs, ones: floats(1) }
    this.#byWord.ones.array.fill(1)
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
    const { embedding, width, directions } = this.shape
    const { embedded, inputs } = this.#byWord
    const { input, recurrent, query, gateBias } = this.#layers
    const gates = 4 * width * directions
    for (const [place, word] of steps.distinct.entries()) {
      embedded.array.set(this.#layers.embedding.subarray(word * embedding, (word + 1) * embedding), place * embedding)
      inputs.array.set(gateBias, place * gates)
    }
    if (dropout) multiplyEach(embedded.array, dropout.words)
    const x = dense(embedded.at, steps.distinct.length, embedding)
    const w = dense(input.byteOffset, embedding, gates)
    await multiply(this.#threads, x, w, dense(inputs.at, steps.distinct.length, gates), signal)
    await this.#lstm.run(steps, inputs.at, recurrent.byteOffset, signal)
    await this.#pooling.run(this.#lstm, steps.start.length - 1, query.byteOffset, signal)
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
    const { embedding, width, directions } = this.shape
    const { embedded, inputs, ones } = this.#byWord
    const [count, gates] = [steps.distinct.length, 4 * width * directions]
    inputs.array.fill(0, 0, count * gates)
    const places = occurrences(steps)
    await addSparseProduct(this.#threads, this.#room, places, this.#lstm.gates.at, gates, inputs.at, signal)
    const slopes = dense(inputs.at, count, gates)
    const ofBias = dense(this.#byLayers.gateBias.byteOffset, 1, gates)
    await multiply(this.#threads, dense(ones.at, 1, count), slopes, ofBias, signal)
    const x = dense(embedded.at, count, embedding)
    const byW = dense(this.#byLayers.input.byteOffset, embedding, gates)
    await multiply(this.#threads, transposed(x), slopes, byW, signal)
    embedded.array.fill(0, 0, count * embedding)
    const w = dense(this.#layers.input.byteOffset, embedding, gates)
    await multiply(this.#threads, slopes, transposed(w), x, signal)
    if (dropout) multiplyEach(embedded.array, dropout.words)
    const { embedding: byEmbedding } = this.#byLayers
    for (let i = 0; i < count * embedding; i++) {
      const k = i % embedding
      const to = (steps.distinct[(i - k) / embedding] as number) * embedding + k
      byEmbedding[to] = (byEmbedding[to] as number) + (embedded.array[i] as number)
    }
  }
}

function multiplyEach(values: Float32Array, factors: Float32Array): void {
  for (let i = 0; i < factors.length; i++) values[i] = (values[i] as number) * (factors[i] as number)
}
