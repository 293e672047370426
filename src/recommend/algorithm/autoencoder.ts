import { z } from 'zod'
import { type SparseMatrix, stackRows } from '../../kernels/matrices/sparse.ts'
import { Completion } from '../../kernels/networks/completion.ts'
import {
  type AutoencoderShape,
  batchBytes,
  layersOf,
  parameterCount,
} from '../../kernels/networks/variational-autoencoder.ts'
import { hash32, Random } from '../../kernels/random.ts'
import { KernelThreads } from '../../kernels/threads/kernel-threads.ts'
import { withKernels } from '../../kernels/threads/with-kernels.ts'
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
import { AutoencoderTraining, type Progress } from './autoencoder-training.ts'
import { similarByCosine } from './similar-by-cosine.ts'

const layer = z.int().min(8).max(1024).multipleOf(8)

const settings = z.object({
  hidden: layer
    .default(256)
    .meta(about('Neurons between a history and its code: a multiple of 8', '历史与编码之间的神经元数：8 的倍数')),
  latent: layer.default(64).meta(about('Numbers in the code of a viewer: a multiple of 8', '观众编码的维数：8 的倍数')),
  dropout: z
    .number()
    .min(0)
    .max(0.95)
    .default(0.5)
    .meta(about('Share of the plays that the network is not shown while it learns', '训练时不展示给网络的播放比例')),
  beta: z
    .number()
    .min(0)
    .default(0.003)
    .meta(
      about(
        'What each nat that the code tells of a viewer costs, a play: higher trusts the plays less',
        '编码每透露观众一纳特信息、按每次播放计的代价：越大越不依赖播放记录',
      ),
    ),
  l2: z
    .number()
    .min(0)
    .default(0.01)
    .meta(about('How fast weights shrink, beside the learning rate', '权重衰减速度，与学习率相乘')),
  learningRate: z.number().positive().default(0.002).meta(about('Size of a step', '学习步长')),
  batch: z.int().min(1).default(128).meta(about('Viewers to a step', '每步的观众数')),
  epochs: z.int().min(1).max(1000).default(100).meta(about('Passes over the data at most', '最多遍历数据的次数')),
  patience: z
    .int()
    .min(1)
    .default(10)
    .meta(about('So many passes without better lists are the last', '连续多少次遍历未改进推荐列表即停止')),
})

type Settings = z.output<typeof settings>

/** Viewers by whose lists passes are judged, at most. */
const mostJudges = 1000
/** Scores are logits less their mean over all titles: what the network says at the mean of the code of a history. */
class Autoencoder implements Recommender {
  readonly algorithm = 'autoencoder'
  readonly titles: number
  private readonly settings: Settings
  private readonly completion: Completion

  constructor(chosen: Settings, titles: number, completion: Completion) {
    this.titles = titles
    this.settings = chosen
    this.completion = completion
  }

  score(history: History, scores: Float64Array): void {
    this.completion.score(history, scores)
  }

  /** By integrated gradients; the score of an empty history is the constant. */
  explain(history: History, title: number): Contribution[] {
    const { amounts, empty } = this.completion.parts(history, title)
    const parts = Array.from(history.index, (watched, e) => ({
      of: { kind: 'title' as const, title: watched },
      amount: amounts[e] as number,
    }))
    return [...parts, { of: { kind: 'constant' as const }, amount: empty }].filter(({ amount }) => amount !== 0)
  }

  /** By the cosine of the vectors of the decoder. */
  similar(title: number, count: number): ScoredTitle[] {
    return similarByCosine(this.completion.vectors, this.settings.latent, title, count)
  }

  save(): SavedModel {
    return {
      algorithm: this.algorithm,
      about: { settings: this.settings, titles: this.titles },
      arrays: { parameters: this.completion.parameters.array },
    }
  }
}

/**
 * Takes the mean over all titles from their vectors and biases, and so from every logit: probabilities stay the same, and the size of the scores is that of
 * what tells titles apart.
 */
function centre(parameters: Float32Array, shape: AutoencoderShape): Float32Array {
  const { titles: vectors, titleBias } = layersOf(parameters, shape)
  const [rows, columns] = [shape.titles, shape.latent]
  const centreColumn = (values: Float32Array, first: number, stride: number) => {
    let sum = 0
    for (let row = 0; row < rows; row++) sum += values[first + row * stride] as number
    for (let row = 0; row < rows; row++) {
      values[first + row * stride] = (values[first + row * stride] as number) - sum / rows
    }
  }
  for (let column = 0; column < columns; column++) centreColumn(vectors, column, columns)
  centreColumn(titleBias, 0, 1)
  return parameters
}

/** A model that works in the calling thread, on memory of its own. */
function serve(chosen: Settings, titles: number, parameters: Float32Array): Recommender {
  const threads = new KernelThreads(1)
  return new Autoencoder(chosen, titles, new Completion(threads, threads.place(parameters), { titles, ...chosen }))
}

/**
 * Passes over the viewers until the lists for a tenth of them, of whom a fifth of the plays is held out, have got no better for `patience`
 * passes, and gives the network that had the best. Where nobody has five plays, all passes are made and the last network is given.
 */
async function learn(
  threads: KernelThreads,
  interactions: SparseMatrix,
  chosen: Settings,
  { seed, signal, onPass, checkpoint }: TrainingRun,
): Promise<Float32Array> {
  const judges = Math.min(mostJudges, Math.ceil(interactions.rows / 10))
  const [split] = splitByViewer({ interactions }, judges, 1, new Random(seed))
  const learned = split ? stackRows(split.train.interactions, split.heldOut.foldIn) : interactions
  const training = new AutoencoderTraining(threads, learned, chosen, seed)
  const model = new Autoencoder(chosen, interactions.columns, training.completion)
  let progress: Progress = checkpoint?.last
    ? training.resume(checkpoint.last)
    : { epoch: 0, bestEpoch: 0, best: Number.NEGATIVE_INFINITY }
  while (progress.epoch < chosen.epochs && progress.epoch - progress.bestEpoch < chosen.patience) {
    const loss = await training.pass(progress.epoch, new Random(hash32(seed, progress.epoch)), signal)
    const epoch = progress.epoch + 1
    const quality = split ? meanNdcg(model, split.heldOut, signal) : epoch
    const isBest = quality > progress.best
    if (isBest) training.keep()
    progress = isBest ? { epoch, bestEpoch: epoch, best: quality } : { ...progress, epoch }
    onPass?.(epoch, chosen.epochs, loss)
    await checkpoint?.keep(training.save(progress))
  }
  return training.best
}

/** Parameters, gradients, both means, the best so far and the model; a batch; three copies of the plays. */
function memoryBytes({ viewers, titles, entries }: TrainingShape, chosen: Settings): number {
  const shape = { titles, ...chosen }
  const rows = Math.min(chosen.batch, viewers)
  const plays = 4 * (6 * entries + 3 * viewers)
  return 24 * parameterCount(shape) + batchBytes(shape, rows, Math.min(entries, rows * titles)) + plays
}

/** Histories, told in few numbers and completed from these, by a network that learns from what it is not shown. */
export const autoencoder = algorithm({
  name: 'autoencoder',
  summary: {
    en: 'A neural network that tells histories in few numbers and completes them (variational autoencoder, Mult-VAE)',
    zh: '以少量数字概括观看历史并补全的神经网络（变分自编码器 Mult-VAE）',
  },
  settings,
  candidates(round, best) {
    const base = best ?? settings.parse({})
    if (round === 0) return [0.001, 0.006].map((beta) => ({ ...base, beta }))
    if (round === 1) return [{ ...base, l2: 1 }]
    return []
  },
  memoryBytes,
  fitting(shape, chosen, bytes) {
    const smaller = [512, 256, 128, 64, 32, 16, 8].filter((hidden) => hidden < chosen.hidden)
    return smaller
      .map((hidden) => ({ ...chosen, hidden, latent: Math.min(chosen.latent, hidden) }))
      .find((less) => memoryBytes(shape, less) <= bytes)
  },
  async train({ interactions }, chosen, run) {
    const titles = interactions.columns
    const learned = await withKernels(run.threads, (threads) => learn(threads, interactions, chosen, run))
    return serve(chosen, titles, centre(learned, { titles, ...chosen }))
  },
  load(saved) {
    const { settings: chosen, titles } = aboutOf(saved, (told) => ({
      settings: settings.parse(told.settings),
      titles: z.int().parse(told.titles),
    }))
    return serve(chosen, titles, arrayOf(saved, 'parameters', 'Float32Array', parameterCount({ titles, ...chosen })))
  },
})
