import { z } from 'zod'
import {
  columnSums,
  keepEntries,
  rowOf,
  type SparseMatrix,
  selectRows,
  totalOf,
  withValues,
} from '../../kernels/matrices/sparse.ts'
import { Adam } from '../../kernels/networks/adam.ts'
import { Completion, unitScale } from '../../kernels/networks/completion.ts'
import {
  type AutoencoderShape,
  layersOf,
  parameterCount,
  VariationalAutoencoder,
  weightCount,
} from '../../kernels/networks/variational-autoencoder.ts'
import { Random, shuffled } from '../../kernels/random.ts'
import type { KernelThreads } from '../../kernels/threads/kernel-threads.ts'
import { aboutOf, arrayOf, type SavedModel } from '../../models/saved-model.ts'

/** Passes over which `beta` rises from 0 to what is set. */
const risingPasses = 10
/** Standard deviation of the first weights. */
const firstSpread = 0.05
/** Mean plays that are added to those of a title before the logarithm is taken. */
const priorShare = 0.01

/** What `autoencoder` is told of how to learn. */
interface LearningSettings {
  readonly hidden: number
  readonly latent: number
  readonly dropout: number
  readonly beta: number
  readonly l2: number
  readonly learningRate: number
  readonly batch: number
}

/** Weights at random; the biases of titles are the logarithms of how much they were played. */
function firstParameters(interactions: SparseMatrix, shape: AutoencoderShape, seed: number): Float32Array {
  const random = new Random(seed)
  const parameters = new Float32Array(parameterCount(shape))
  for (let i = 0; i < weightCount(shape); i++) parameters[i] = random.normal(0, firstSpread)
  const mean = totalOf(interactions) / interactions.columns
  const shares = columnSums(interactions, (value) => value / mean)
  layersOf(parameters, shape).titleBias.set(shares.map((share) => Math.log(share + priorShare)))
  return parameters
}

/** The values of each row divided by their Euclidean length. */
function unitRows(matrix: SparseMatrix): SparseMatrix {
  const value = matrix.value.slice()
  for (let row = 0; row < matrix.rows; row++) {
    const scale = unitScale(rowOf(matrix, row).value)
    for (let e = matrix.start[row] as number; e < (matrix.start[row + 1] as number); e++) {
      value[e] = (value[e] as number) * scale
    }
  }
  return withValues(matrix, value)
}

/** Plays of the `count` viewers who have the most. */
function mostPlays({ rows, start }: SparseMatrix, count: number): number {
  const plays = Uint32Array.from({ length: rows }, (_, row) => (start[row + 1] as number) - (start[row] as number))
  const most = plays.sort().subarray(-count)
  return most.reduce((sum, own) => sum + own, 0)
}

/** How far a training has come. */
export interface Progress {
  readonly epoch: number
  /** The pass with the best lists so far, and their nDCG@100. */
  readonly bestEpoch: number
  readonly best: number
}

const savedProgress = z.object({ epoch: z.int(), bestEpoch: z.int(), best: z.number(), steps: z.int() })

/** A network that learns, and what it was at its best. */
export class AutoencoderTraining {
  readonly #learned: SparseMatrix
  readonly #unit: SparseMatrix
  readonly #settings: LearningSettings
  readonly #network: VariationalAutoencoder
  readonly #adam: Adam
  readonly #kept: Float32Array
  readonly completion: Completion

  constructor(threads: KernelThreads, learned: SparseMatrix, chosen: LearningSettings, seed: number) {
    const shape = { titles: learned.columns, ...chosen }
    const rows = Math.min(chosen.batch, learned.rows)
    this.#learned = learned
    this.#unit = unitRows(learned)
    this.#settings = chosen
    this.#network = new VariationalAutoencoder(threads, shape, rows, mostPlays(learned, rows))
    this.#network.parameters.array.set(firstParameters(learned, shape, seed))
    this.#adam = new Adam(threads, this.#network.parameters, this.#network.gradients)
    this.#kept = this.#network.parameters.array.slice()
    this.completion = new Completion(threads, this.#network.parameters, shape)
  }

  /** One pass over all viewers with plays, in random order. Gives the mean loss of a play. */
  async pass(epoch: number, random: Random, signal: AbortSignal): Promise<number> {
    const { batch, dropout, beta, latent, learningRate, l2 } = this.#settings
    const risen = beta * Math.min(1, (epoch + 1) / risingPasses)
    const { rows, start } = this.#learned
    const order = shuffled(rows, random).filter((row) => start[row] !== start[row + 1])
    let loss = 0
    for (let from = 0; from < order.length; from += batch) {
      const viewers = order.subarray(from, from + batch)
      const target = selectRows(this.#learned, viewers)
      const shown = keepEntries(selectRows(this.#unit, viewers), () => random.uniform() >= dropout)
      const input = withValues(
        shown,
        shown.value.map((value) => value / (1 - dropout)),
      )
      const noise = Float32Array.from({ length: viewers.length * latent }, () => random.normal())
      loss += totalOf(target) * (await this.#network.addGradients({ input, target, noise }, risen, signal))
      await this.#adam.step(learningRate, l2, weightCount(this.#network.shape), signal)
    }
    return loss / totalOf(this.#learned)
  }

  /** Makes the network as it is now the best so far. */
  keep(): void {
    this.#kept.set(this.#network.parameters.array)
  }

  get best(): Float32Array {
    return this.#kept
  }

  save(progress: Progress): SavedModel {
    return { algorithm: 'autoencoder', about: { ...progress, steps: this.#adam.steps }, arrays: this.#arrays() }
  }

  /** Goes on where `saved` was. @throws ModelError `model-file-corrupt` where it is of another training */
  resume(saved: SavedModel): Progress {
    const { steps, ...progress } = aboutOf(saved, (told) => savedProgress.parse(told))
    for (const [name, array] of Object.entries(this.#arrays())) {
      array.set(arrayOf(saved, name, 'Float32Array', array.length))
    }
    this.#adam.steps = steps
    return progress
  }

  #arrays() {
    const { means, squares } = this.#adam
    const parameters = this.#network.parameters.array
    return { parameters, means: means.array, squares: squares.array, best: this.#kept }
  }
}
