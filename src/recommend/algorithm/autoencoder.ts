import { z } from 'zod'
import { Adam } from '../../kernels/adam.ts'
import { KernelThreads, type Placed } from '../../kernels/kernel-threads.ts'
import { hash32, Random } from '../../kernels/random.ts'
import { columnSums, keepEntries, type SparseMatrix, selectRows, totalOf, withValues } from '../../kernels/sparse.ts'
import { topK } from '../../kernels/top-k.ts'
import {
  type AutoencoderShape,
  batchBytes,
  type Layers,
  layersOf,
  parameterCount,
  VariationalAutoencoder,
  weightCount,
} from '../../kernels/variational-autoencoder.ts'
import { aboutOf, arrayOf, type SavedModel } from '../../models/saved-model.ts'
import { about } from '../../question.ts'
import { splitByViewer } from '../evaluation/held-out.ts'
import { meanNdcg } from '../evaluation/tune.ts'
import {
  algorithm,
  type Contribution,
  type History,
  type Recommender,
  type ScoredTitle,
  type TrainingRun,
  type TrainingShape,
} from '../recommender.ts'

const width = z.int().min(8).max(1024).multipleOf(8)

const settings = z.object({
  hidden: width
    .default(256)
    .meta(about('Neurons between a history and its code: a multiple of 8', '历史与编码之间的神经元数：8 的倍数')),
  latent: width
    .default(128)
    .meta(about('Numbers in the code of a viewer: a multiple of 8', '观众编码的维数：8 的倍数')),
  dropout: z
    .number()
    .min(0)
    .max(0.95)
    .default(0.5)
    .meta(about('Share of the plays hidden from the network while it learns', '训练时对网络隐藏的播放比例')),
  beta: z
    .number()
    .min(0)
    .default(0.005)
    .meta(
      about(
        'What each nat that the code tells of a viewer costs, a play: higher trusts the plays less',
        '编码中每纳特信息对每次播放的代价：越大越不依赖播放记录',
      ),
    ),
  l2: z.number().min(0).default(0.01).meta(about('How fast the weights shrink', '权重衰减的速度')),
  learningRate: z.number().positive().default(0.001).meta(about('Size of the steps', '学习步长')),
  batch: z.int().min(1).default(128).meta(about('Viewers to a step', '每步的观众数')),
  epochs: z.int().min(1).max(1000).default(100).meta(about('Passes over the data at most', '最多遍历数据的次数')),
  patience: z
    .int()
    .min(1)
    .default(10)
    .meta(about('Passes without better lists until learning ends', '多少次遍历未改进推荐列表即停止')),
})

type Settings = z.output<typeof settings>

/** Passes over which `beta` rises from 0. */
const risingPasses = 10
/** Viewers that passes are judged by at most. */
const mostJudges = 1000
/** How far the first weights are spread. */
const firstSpread = 0.05

/** Scores are the logits of the mean code: c + V m, m = b2 + h W2, h = tanh(b1 + x W1), x the history at a length of 1. */
class Autoencoder implements Recommender {
  readonly algorithm = 'autoencoder'
  readonly titles: number
  private readonly settings: Settings
  private readonly threads: KernelThreads
  private readonly parameters: Placed<Float32Array>
  private readonly layers: Layers
  private readonly code: Placed<Float64Array>
  private readonly products: Placed<Float64Array>

  /** @param parameters in the memory of `threads`; what they hold when it is asked counts */
  constructor(chosen: Settings, titles: number, threads: KernelThreads, parameters: Placed<Float32Array>) {
    this.titles = titles
    this.settings = chosen
    this.threads = threads
    this.parameters = parameters
    this.layers = layersOf(parameters.array, { titles, ...chosen })
    this.code = threads.allocate(Float64Array, chosen.latent)
    this.products = threads.allocate(Float64Array, titles)
  }

  /** x W1, and 1 / the length of `history`. */
  private activation({ index, value }: History): { sums: Float64Array; scale: number } {
    const { hidden } = this.settings
    const scale = scaleOf(value)
    const sums = new Float64Array(hidden)
    for (let e = 0; e < index.length; e++) {
      const weight = (value[e] as number) * scale
      const from = (index[e] as number) * hidden
      for (let k = 0; k < hidden; k++) {
        sums[k] = (sums[k] as number) + weight * (this.layers.input[from + k] as number)
      }
    }
    return { sums, scale }
  }

  score(history: History, scores: Float64Array): void {
    const { hidden, latent } = this.settings
    const { hiddenBias, code: w2, codeBias, titles: v, titleBias } = this.layers
    const { sums } = this.activation(history)
    const code = this.code.array
    code.set(codeBias.subarray(0, latent))
    for (let k = 0; k < hidden; k++) {
      const h = Math.tanh((hiddenBias[k] as number) + (sums[k] as number))
      const from = 2 * k * latent
      for (let j = 0; j < latent; j++) code[j] = (code[j] as number) + h * (w2[from + j] as number)
    }
    this.threads.call('dotRows', [v.byteOffset, this.titles, latent, this.code.at, this.products.at])
    const products = this.products.array
    for (let title = 0; title < this.titles; title++) {
      scores[title] = (products[title] as number) + (titleBias[title] as number)
    }
  }

  /**
   * Integrated gradients along the straight line from the empty history (x = 0) to x, whose integral is known in closed form, since all but tanh is
   * linear: with q = W2 v and a = x W1, title i adds sum over k of q_k x_i W1_ik (tanh(b_k + a_k) - tanh(b_k)) / a_k. The score of the
   * empty history is the constant.
   * @see Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", ICML 2017, section 3
   */
  explain(history: History, title: number): Contribution[] {
    const { hidden, latent } = this.settings
    const { input, hiddenBias, code: w2, codeBias, titleBias } = this.layers
    const v = this.row(title)
    const { sums, scale } = this.activation(history)
    let constant = (titleBias[title] as number) + product(codeBias.subarray(0, latent), v)
    const slopes = Float64Array.from(sums, (a, k) => {
      const bias = hiddenBias[k] as number
      const q = product(w2.subarray(2 * k * latent, (2 * k + 1) * latent), v)
      constant += q * Math.tanh(bias)
      return q * meanSlope(bias, a)
    })
    const parts: Contribution[] = Array.from(history.index, (watched, e) => ({
      of: { kind: 'title', title: watched },
      amount:
        (history.value[e] as number) *
        scale *
        product(slopes, input.subarray(watched * hidden, (watched + 1) * hidden)),
    }))
    return [...parts, { of: { kind: 'constant' as const }, amount: constant }].filter(({ amount }) => amount !== 0)
  }

  private row(title: number): Float32Array {
    const { latent } = this.settings
    return this.layers.titles.subarray(title * latent, (title + 1) * latent)
  }

  /** By the cosine of what the decoder knows of titles. */
  similar(title: number, count: number): ScoredTitle[] {
    const own = this.row(title)
    const length = Math.sqrt(product(own, own))
    const cosines = Float64Array.from({ length: this.titles }, (_, other) => {
      const row = this.row(other)
      return other === title ? 0 : product(own, row) / (length * Math.sqrt(product(row, row)))
    })
    return Array.from(topK(cosines, count), (other) => ({ title: other, score: cosines[other] as number })).filter(
      ({ score }) => score > 0,
    )
  }

  save(): SavedModel {
    return {
      algorithm: this.algorithm,
      about: { settings: this.settings, titles: this.titles },
      arrays: { parameters: this.parameters.array },
    }
  }
}

/** 1 / the Euclidean length of `value`, 0 of nothing. */
function scaleOf(value: Float32Array): number {
  return value.length === 0 ? 0 : 1 / Math.sqrt(product(value, value))
}

/** The mean of the derivative of tanh between `from` and `from + by`. */
function meanSlope(from: number, by: number): number {
  if (Math.abs(by) < 1e-5) return 1 - Math.tanh(from + by / 2) ** 2
  return (Math.tanh(from + by) - Math.tanh(from)) / by
}

/** sum over k of a_k b_k. */
function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number)
  return sum
}

/** Weights at random, and scores that start as the logarithms of how much titles were played. */
function firstParameters(interactions: SparseMatrix, shape: AutoencoderShape, seed: number): Float32Array {
  const random = new Random(seed)
  const parameters = new Float32Array(parameterCount(shape))
  for (let i = 0; i < weightCount(shape); i++) parameters[i] = random.normal(0, firstSpread)
  const mean = totalOf(interactions) / interactions.columns
  layersOf(parameters, shape).titleBias.set(
    columnSums(interactions, (value) => value / mean).map((share) => Math.log(share + 0.01)),
  )
  return parameters
}

/** The values of each row divided by its length. */
function unitRows(matrix: SparseMatrix): SparseMatrix {
  const value = matrix.value.slice()
  for (let row = 0; row < matrix.rows; row++) {
    const own = value.subarray(matrix.start[row], matrix.start[row + 1])
    const scale = scaleOf(own)
    for (let e = 0; e < own.length; e++) own[e] = (own[e] as number) * scale
  }
  return withValues(matrix, value)
}

/** The whole numbers below `count` in random order. */
function shuffled(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i)
  for (let last = count - 1; last > 0; last--) {
    const other = random.integer(last + 1)
    const kept = order[last] as number
    order[last] = order[other] as number
    order[other] = kept
  }
  return order
}

/** Plays of the `batch` viewers who have the most. */
function mostPlays({ rows, start }: SparseMatrix, batch: number): number {
  const counts = Uint32Array.from({ length: rows }, (_, row) => (start[row + 1] as number) - (start[row] as number))
  return counts
    .sort()
    .subarray(-batch)
    .reduce((sum, count) => sum + count, 0)
}

/** What a training has come to: all that it goes on with. */
interface Progress {
  epoch: number
  best: number
  bestEpoch: number
  readonly kept: Float32Array
}

async function learn(
  threads: KernelThreads,
  interactions: SparseMatrix,
  chosen: Settings,
  { seed, signal, onPass, checkpoint }: TrainingRun,
): Promise<Float32Array> {
  const { batch, dropout, epochs, latent } = chosen
  const titles = interactions.columns
  const shape = { titles, ...chosen }
  const count = Math.min(mostJudges, Math.ceil(interactions.rows / 10))
  const split = splitByViewer({ interactions }, count, new Random(seed))
  const learned = split?.train.interactions ?? interactions
  const unit = unitRows(learned)
  const rows = Math.min(batch, learned.rows)
  const network = new VariationalAutoencoder(threads, shape, rows, mostPlays(learned, rows))
  const { parameters } = network
  const adam = new Adam(threads, parameters, network.gradients)
  const model = new Autoencoder(chosen, titles, threads, parameters)
  parameters.array.set(firstParameters(learned, shape, seed))
  const progress: Progress = { epoch: 0, best: -1, bestEpoch: 0, kept: parameters.array.slice() }
  if (checkpoint?.last) {
    resume(checkpoint.last, progress, parameters.array, adam)
  }
  while (progress.epoch < epochs && progress.epoch - progress.bestEpoch < chosen.patience) {
    const random = new Random(hash32(seed, progress.epoch) + 1)
    const order = shuffled(learned.rows, random)
    const beta = chosen.beta * Math.min(1, (progress.epoch + 1) / risingPasses)
    let loss = 0
    let plays = 0
    for (let from = 0; from < order.length; from += rows) {
      const viewers = order.subarray(from, from + rows)
      const target = selectRows(learned, viewers)
      const shown = selectRows(unit, viewers)
      const input = keepEntries(
        withValues(
          shown,
          shown.value.map((value) => value / (1 - dropout)),
        ),
        () => random.uniform() >= dropout,
      )
      const noise = Float32Array.from({ length: viewers.length * latent }, () => random.normal())
      const total = totalOf(target)
      loss += total * (await network.addGradients({ input, target, noise }, beta, signal))
      plays += total
      await adam.step(chosen.learningRate, chosen.l2, weightCount(shape), signal)
    }
    progress.epoch += 1
    const quality = split ? meanNdcg(model, split.heldOut, signal) : progress.epoch
    if (quality > progress.best) {
      progress.best = quality
      progress.bestEpoch = progress.epoch
      progress.kept.set(parameters.array)
    }
    onPass?.(progress.epoch, epochs, loss / plays)
    await checkpoint?.keep(stateOf(progress, parameters.array, adam))
  }
  return progress.kept
}

const stateOf = ({ epoch, best, bestEpoch, kept }: Progress, parameters: Float32Array, adam: Adam): SavedModel => ({
  algorithm: 'autoencoder',
  about: { epoch, best, bestEpoch, steps: adam.steps },
  arrays: { parameters, means: adam.means.array, squares: adam.squares.array, kept },
})

function resume(saved: SavedModel, progress: Progress, parameters: Float32Array, adam: Adam): void {
  const read = (name: string) => arrayOf(saved, name, 'Float32Array', parameters.length)
  progress.epoch = Number(saved.about.epoch)
  progress.best = Number(saved.about.best)
  progress.bestEpoch = Number(saved.about.bestEpoch)
  progress.kept.set(read('kept'))
  parameters.set(read('parameters'))
  adam.steps = Number(saved.about.steps)
  adam.means.array.set(read('means'))
  adam.squares.array.set(read('squares'))
}

const memoryBytes = ({ viewers, titles, entries }: TrainingShape, chosen: Settings) => {
  const shape = { titles, ...chosen }
  const rows = Math.min(chosen.batch, viewers)
  return (
    6 * 4 * parameterCount(shape) +
    batchBytes(shape, rows, Math.min(entries, rows * titles)) +
    4 * (6 * entries + 3 * viewers)
  )
}

/** Histories squeezed through a narrow code and unfolded to all titles, by a network that learns what else was played: a variational autoencoder. */
export const autoencoder = algorithm({
  name: 'autoencoder',
  summary: {
    en: 'A neural network that completes histories through a narrow code (variational autoencoder, Mult-VAE)',
    zh: '以窄编码补全观看历史的神经网络（变分自编码器 Mult-VAE）',
  },
  settings,
  candidates(round, best) {
    const base = best ?? settings.parse({})
    if (round === 0) return [base, { ...base, beta: base.beta * 4 }]
    return []
  },
  memoryBytes,
  fitting(shape, chosen, bytes) {
    const smaller = [512, 256, 128, 64, 32, 16, 8].filter((size) => size < chosen.hidden)
    return smaller
      .map((hidden) => ({ ...chosen, hidden, latent: Math.min(chosen.latent, hidden) }))
      .find((less) => memoryBytes(shape, less) <= bytes)
  },
  async train({ interactions }, chosen, run) {
    const threads = new KernelThreads(run.threads)
    try {
      return served(chosen, interactions.columns, await learn(threads, interactions, chosen, run))
    } finally {
      await threads.close()
    }
  },
  load(saved) {
    const { settings: chosen, titles } = aboutOf(saved, (told) => ({
      settings: settings.parse(told.settings),
      titles: z.int().parse(told.titles),
    }))
    return served(chosen, titles, arrayOf(saved, 'parameters', 'Float32Array', parameterCount({ titles, ...chosen })))
  },
})

/** A model that works in the calling thread, on memory of its own. */
function served(chosen: Settings, titles: number, parameters: Float32Array): Recommender {
  const threads = new KernelThreads(1)
  return new Autoencoder(chosen, titles, threads, threads.place(parameters))
}
