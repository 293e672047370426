import { z } from 'zod'
import { Adam } from '../../../kernels/networks/adam.ts'
import { drawDropout } from '../../../kernels/networks/dropout.ts'
import { firstTextParameters } from '../../../kernels/networks/first-text-parameters.ts'
import { GradientClip } from '../../../kernels/networks/gradient-clip.ts'
import { layOut, sequencesOf } from '../../../kernels/networks/sequences.ts'
import type { TextNetworkShape } from '../../../kernels/networks/text-layers.ts'
import { type TextBatch, TextNetwork } from '../../../kernels/networks/text-network.ts'
import { hash32, Random } from '../../../kernels/random.ts'
import type { KernelThreads } from '../../../kernels/threads/kernel-threads.ts'
import { aboutOf, arrayOf, type SavedModel } from '../../../models/saved-model.ts'
import type { WordTable } from './labelled-words.ts'
import { lengthBatches } from './length-batches.ts'
import { scoreTexts } from './score-texts.ts'

/** Reviews to a step. */
export const batchSize = 64
const learningRate = 0.002
/** The most that the norm of a gradient may be. */
const longestGradient = 1
/**
 * Shares of the words that a batch goes without, of the places that are left out besides, and of the numbers of a word and of a review that are dropped.
 * @see Iyyer et al., "Deep unordered composition rivals syntactic methods for text classification", ACL 2015, section 4 (places); Gal and Ghahramani,
 * "A theoretically grounded application of dropout in recurrent neural networks", NeurIPS 2016, section 4 (words)
 */
const rates = { missing: 0.5, leftOut: 0.2, words: 0.4, pooled: 0.5 }
/** Share of a pass over which parameters are averaged, and how often in a pass they are, at most: doing so after each batch takes time. */
const averaged = { share: 1 / 3, times: 48 }

const epochShape = z.object({
  /** Mean loss of a review, with dropout. */
  loss: z.number(),
  /** Of the reviews held out, calibrated; undefined where there are too few. */
  heldOut: z.union([z.object({ accuracy: z.number(), logLoss: z.number() }), z.undefined()]),
})

const progressShape = z.object({
  epochs: z.array(epochShape),
  batches: z.int(),
  loss: z.number(),
})

/** What a pass over the reviews came to. */
export type Epoch = z.output<typeof epochShape>

/** How far a training has come: passes made, batches of the one that was begun, and the sum of the losses of their reviews. */
export type LstmProgress = z.output<typeof progressShape>

/** A network that learns, the running mean of what it was lately, and that mean at its best. */
export class LstmTraining {
  readonly #table: WordTable
  readonly #rows: Uint32Array
  readonly #seed: number
  readonly #network: TextNetwork
  readonly #adam: Adam
  readonly #clip: GradientClip
  readonly #mean: Float32Array
  readonly #best: Float32Array

  /** `rows` of `table` are learned from. */
  constructor(threads: KernelThreads, shape: TextNetworkShape, table: WordTable, rows: Uint32Array, seed: number) {
    const longest = table.reviews.reduce((most, { length }) => Math.max(most, length), 0)
    this.#table = table
    this.#rows = rows
    this.#seed = seed
    this.#network = new TextNetwork(threads, shape, { sequences: batchSize, steps: batchSize * longest })
    this.#network.parameters.array.set(firstTextParameters(shape, new Random(seed)))
    this.#adam = new Adam(threads, this.#network.parameters, this.#network.gradients)
    this.#clip = new GradientClip(threads, this.#network.gradients)
    this.#mean = this.#network.parameters.array.slice()
    this.#best = this.#mean.slice()
  }

  get mean(): Float32Array {
    return this.#mean
  }

  get best(): Float32Array {
    return this.#best
  }

  /** Goes on with the pass of `progress` to its end. Gives the mean loss of a review. */
  async pass(
    progress: LstmProgress,
    onBatch: (progress: LstmProgress, batches: number) => Promise<void>,
    signal: AbortSignal,
  ): Promise<number> {
    const seed = hash32(this.#seed, progress.epochs.length)
    const batches = lengthBatches(this.#rows, (row) => this.#wordsOf(row).length, batchSize, new Random(seed))
    const averagedEach = Math.ceil(batches.length / averaged.times)
    const prepared = (batch: number) => batches[batch] && this.#batchOf(batches[batch], new Random(hash32(seed, batch)))
    let { batches: done, loss } = progress
    let next = prepared(done)
    while (next) {
      const batch = next
      const learning = this.#network.addGradients(batch, signal)
      next = prepared(done + 1)
      loss += batch.outcome.length * (await learning)
      await this.#clip.clip(longestGradient, signal)
      await this.#adam.step(learningRate, 0, 0, signal)
      done += 1
      if (done % averagedEach === 0) this.#average(Math.min(1, averagedEach / (averaged.share * batches.length)))
      await onBatch({ ...progress, batches: done, loss }, batches.length)
    }
    return loss / this.#rows.length
  }

  /** Logits that a network of `parameters` gives to `rows`. */
  async score(parameters: Float32Array, rows: Uint32Array, signal: AbortSignal): Promise<Float64Array> {
    const own = this.#network.parameters.array
    const now = own.slice()
    own.set(parameters)
    const texts = Array.from(rows, (row) => this.#wordsOf(row))
    const logits = await scoreTexts(this.#network, texts, batchSize, signal)
    own.set(now)
    return logits
  }

  /** Makes the running mean the best so far. */
  keep(): void {
    this.#best.set(this.#mean)
  }

  save(progress: LstmProgress): SavedModel {
    return { algorithm: 'lstm-training', about: { ...progress, steps: this.#adam.steps }, arrays: this.#arrays() }
  }

  /** Goes on where `saved` was. @throws ModelError `model-file-corrupt` where it is of another training */
  resume(saved: SavedModel): LstmProgress {
    const { steps, ...progress } = aboutOf(saved, (told) => progressShape.extend({ steps: z.int() }).parse(told))
    for (const [name, array] of Object.entries(this.#arrays())) {
      array.set(arrayOf(saved, name, 'Float32Array', array.length))
    }
    this.#adam.steps = steps
    return progress
  }

  #wordsOf(row: number): Uint32Array {
    return this.#table.reviews[row] as Uint32Array
  }

  /** `rows` without some of their words, and what is dropped of them. */
  #batchOf(rows: Uint32Array, random: Random): TextBatch {
    const { shape } = this.#network
    const turn = random.bits()
    const isShown = (word: number) => hash32(turn, word) >= rates.missing * 2 ** 32 && random.uniform() >= rates.leftOut
    const shown = Array.from(rows, (row) => this.#wordsOf(row).filter(isShown))
    const steps = layOut(sequencesOf(shown), shape.words)
    return {
      steps,
      outcome: Uint8Array.from(rows, (row) => this.#table.outcome[row] as number),
      weight: new Float32Array(rows.length).fill(1),
      dropout: drawDropout(steps, shape, rates, random),
    }
  }

  #average(share: number): void {
    const parameters = this.#network.parameters.array
    const mean = this.#mean
    for (let i = 0; i < mean.length; i++)
      mean[i] = (mean[i] as number) + share * ((parameters[i] as number) - (mean[i] as number))
  }

  #arrays() {
    const { means, squares } = this.#adam
    const parameters = this.#network.parameters.array
    return { parameters, means: means.array, squares: squares.array, mean: this.#mean, best: this.#best }
  }
}
