import { z } from 'zod'
import { dot } from '../../kernels/matrices/dot.ts'
import { type PlacedMatrix, placeMatrix, placeTransposed } from '../../kernels/matrices/placed-matrix.ts'
import { rowOf, type SparseMatrix, totalOf } from '../../kernels/matrices/sparse.ts'
import { Random } from '../../kernels/random.ts'
import { factorGram, factorSide, improveSide, sideBytes } from '../../kernels/ranking/factors.ts'
import { FoldIn } from '../../kernels/ranking/fold-in.ts'
import type { KernelThreads } from '../../kernels/threads/kernel-threads.ts'
import { withKernels } from '../../kernels/threads/with-kernels.ts'
import { aboutOf, arrayOf, type SavedModel } from '../../models/saved-model.ts'
import { about } from '../../question.ts'
import {
  algorithm,
  type History,
  type Products,
  type Recommender,
  type ScoredTitle,
  type TrainingRun,
  type TrainingShape,
} from '../recommender.ts'
import { similarByCosine } from './similar-by-cosine.ts'

const settings = z.object({
  factors: z
    .int()
    .min(8)
    .max(1024)
    .multipleOf(8)
    .default(64)
    .meta(about('Numbers that describe a title: a multiple of 8', '描述一部影片的因子数：8 的倍数')),
  alpha0: z
    .number()
    .positive()
    .default(0.1)
    .meta(
      about('Weight of a title not watched; one watched has that of the plays', '未观看影片的权重；已观看者取播放权重'),
    ),
  l2: z
    .number()
    .positive()
    .default(0.003)
    .meta(
      about('Weight of the squared factors: higher trusts the plays less', '因子平方和的权重：越大越不依赖播放记录'),
    ),
  frequencyExponent: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .meta(
      about(
        'How much l2 grows with the plays: 1 in proportion, 0 not at all',
        'l2 随播放量增长的程度：1 为成比例，0 为不增长',
      ),
    ),
  passes: z.int().min(1).max(200).default(16).meta(about('Passes over the data at most', '最多遍历数据的次数')),
  tolerance: z
    .number()
    .min(0)
    .default(1e-4)
    .meta(about('A pass that lowers the loss by a smaller share is the last', '损失下降比例小于此值即停止')),
})

type Settings = z.output<typeof settings>

/** How far the first factors are spread; their scalar products have this standard deviation squared. */
const firstSpread = 0.1

/** So few tell what is common to many titles; a blend may have a model of them beside one of many. */
const fewFactors = 16

/** Passes that tell which of two weights is the better. */
const searchPasses = 8

/**
 * The weight of the squares of a row that was played `weight` in all, among `others` that it might have been played with.
 * @see Rendle, Krichene, Zhang and Koren, "Revisiting the performance of iALS on item recommendation benchmarks", RecSys 2022, eq. 5
 */
const ridge = ({ l2, alpha0, frequencyExponent }: Settings, weight: number, others: number) =>
  l2 * (weight + alpha0 * others) ** frequencyExponent

/**
 * What a viewer's x makes least, beside the squares of x: of `learn` the sum over plays of w (1 - x y)^2 and alpha0 (x y)^2 over all titles, of
 * MLlib (`learnedByMllib`) (w + alpha0) (1 - x y)^2 over plays and alpha0 (x y)^2 over the other titles.
 */
const solvers = ['ials++', 'mllib'] as const
type Solver = (typeof solvers)[number]

const savedAbout = z.object({ settings, solver: z.enum(solvers) })

/** Scores are x y: y the factors of a title, x those of the viewer, solved for from the history each time. */
class Ials implements Recommender {
  readonly algorithm = 'ials'
  readonly titles: number
  private readonly settings: Settings
  private readonly foldIn: FoldIn
  private readonly solver: Solver
  /** alpha0 YᵀY over all titles. */
  private readonly gram: Float64Array
  /** Of each title whether a list is to do without it; 0 between two lists. */
  private readonly isOut: Uint8Array

  constructor(settings: Settings, factors: Float32Array, gram: Float64Array, solver: Solver) {
    this.foldIn = new FoldIn(factors, gram, settings.factors)
    this.titles = this.foldIn.titles
    this.settings = settings
    this.solver = solver
    this.gram = gram
    this.isOut = new Uint8Array(this.titles)
  }

  /** What `foldIn` is to solve for: the history, the weight of the squares, and what a play counts beside its weight where it speaks for its title. */
  private asSolved(history: History): [History, number, number] {
    const { alpha0, l2 } = this.settings
    if (this.solver === 'mllib') return [history, l2 * Math.max(1, history.index.length), alpha0]
    return [history, ridge(this.settings, totalOf(history), this.titles), 0]
  }

  score(history: History, scores: Float64Array): void {
    this.foldIn.score(this.foldIn.solve(...this.asSolved(history)), scores)
  }

  products(history: History): Products {
    const { foldIn, titles, gram, settings } = this
    const x = foldIn.solve(...this.asSolved(history))
    // The sum of squares of all scores is x YᵀY x.
    const squares = x.reduce((sum, own, i) => sum + own * dot(gram.subarray(i * x.length, (i + 1) * x.length), x), 0)
    return {
      rootMeanSquare: Math.sqrt(Math.max(0, squares) / (settings.alpha0 * titles)),
      addTo: (sums, factor) => foldIn.addScores(x, factor, sums),
      bestWith: (sums, factor, count) => foldIn.bestWith(sums, x, factor, count),
    }
  }

  best(history: History, count: number, leftOut: readonly Uint32Array[]): ScoredTitle[] {
    const mark = (as: number) => {
      for (const titles of leftOut) for (const title of titles) this.isOut[title] = as
    }
    mark(1)
    const found = this.foldIn.best(this.foldIn.solve(...this.asSolved(history)), count, this.isOut)
    mark(0)
    return found
  }

  explain(history: History, title: number) {
    const amounts = this.foldIn.parts(...this.asSolved(history), title)
    return Array.from(history.index, (watched, e) => ({
      of: { kind: 'title' as const, title: watched },
      amount: amounts[e] as number,
    })).filter(({ amount }) => amount !== 0)
  }

  /** By the cosine of the factors. */
  similar(title: number, count: number): ScoredTitle[] {
    return similarByCosine(this.foldIn.factors, this.foldIn.dimensions, title, count)
  }

  save(): SavedModel {
    const { settings, solver, gram } = this
    return { algorithm: this.algorithm, about: { settings, solver }, arrays: { titles: this.foldIn.factors, gram } }
  }
}

/**
 * The model of what MLlib's ALS with implicit preferences made of weights r: `factors` are those of its items, titles x `settings.factors`, 0
 * for a title without plays. MLlib makes this least, where a viewer or title has n plays (c = 1 + alpha r, p = 1 of a play; c = 1, p = 0 without):
 *
 *     sum over all of c (p - x y)^2 + lambda (sum of n |x|^2 + sum of n |y|^2)
 *
 * Divided by alpha, with alpha0 = 1 / alpha and l2 = lambda / alpha, which are those of `settings`, that is
 *
 *     sum over plays of (r + alpha0) (1 - x y)^2 + alpha0 sum over the others of (x y)^2 + l2 (sum of n |x|^2 + sum of n |y|^2)
 *
 * so that x = A^-1 sum of (r + alpha0) y, A = alpha0 YᵀY + sum of r y yᵀ + l2 n I, sums over the history.
 */
export function learnedByMllib(settings: Settings, factors: Float32Array): Recommender {
  const { alpha0, factors: d } = settings
  const gram = new Float64Array(d * d)
  for (let at = 0; at < factors.length; at += d) {
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) {
        gram[i * d + j] =
          (gram[i * d + j] as number) + alpha0 * (factors[at + i] as number) * (factors[at + j] as number)
      }
    }
  }
  return new Ials(settings, factors, gram, 'mllib')
}

/** What is learned: the factors of both sides, in the memory of kernels. */
interface Learned {
  readonly viewers: Float32Array
  readonly titles: Float32Array
}

/** How far a training has come. */
interface Progress {
  readonly pass: number
  readonly loss: number
}

function begin({ viewers, titles }: Learned, { factors }: Settings, seed: number): Progress {
  const random = new Random(seed)
  for (const side of [titles, viewers]) {
    for (let i = 0; i < side.length; i++) side[i] = random.normal(0, firstSpread / Math.sqrt(factors))
  }
  return { pass: 0, loss: Number.POSITIVE_INFINITY }
}

/** @throws ModelError `model-file-corrupt` where `saved` is of another training */
function resume({ viewers, titles }: Learned, saved: SavedModel): Progress {
  viewers.set(arrayOf(saved, 'viewers', 'Float32Array', viewers.length))
  titles.set(arrayOf(saved, 'titles', 'Float32Array', titles.length))
  return { pass: Number(saved.about.pass), loss: Number(saved.about.loss) }
}

/** The model after the last pass. */
async function learn(
  threads: KernelThreads,
  interactions: SparseMatrix,
  chosen: Settings,
  { seed, signal, onPass, checkpoint }: TrainingRun,
): Promise<Ials> {
  const { factors: dimensions, alpha0, passes, tolerance } = chosen
  const side = (matrix: PlacedMatrix) =>
    factorSide(threads, matrix, dimensions, (row) => ridge(chosen, totalOf(rowOf(matrix, row)), matrix.columns))
  const viewers = side(placeMatrix(threads, interactions))
  const titles = side(placeTransposed(threads, interactions))
  const learned = { viewers: viewers.factors.array, titles: titles.factors.array }
  const from = checkpoint?.last ? resume(learned, checkpoint.last) : begin(learned, chosen, seed)
  const viewerGram = threads.allocate(Float32Array, dimensions ** 2)
  const titleGram = threads.allocate(Float32Array, dimensions ** 2)
  const shape = { dimensions, alpha0 }
  await factorGram(threads, titles, dimensions, titleGram, signal)
  let before = from.loss
  for (let pass = from.pass; pass < passes; pass++) {
    const ofViewers = await improveSide(threads, viewers, titles, titleGram, shape, signal)
    await factorGram(threads, viewers, dimensions, viewerGram, signal)
    const ofTitles = await improveSide(threads, titles, viewers, viewerGram, shape, signal)
    await factorGram(threads, titles, dimensions, titleGram, signal)
    const unwatched = alpha0 * dot(viewerGram.array, titleGram.array)
    const loss = ofTitles.misses + unwatched + ofViewers.squares + ofTitles.squares
    onPass?.(pass + 1, passes, loss)
    await checkpoint?.keep({
      algorithm: 'ials',
      about: { pass: pass + 1, loss },
      arrays: { ...learned },
    })
    if (before - loss < tolerance * loss) break
    before = loss
  }
  const gram = Float64Array.from(titleGram.array, (sum) => alpha0 * sum)
  return new Ials(chosen, learned.titles, gram, 'ials++')
}

const memoryBytes = ({ viewers, titles, entries }: TrainingShape, { factors }: Settings) =>
  sideBytes(viewers, entries, factors) + sideBytes(titles, entries, factors) + 4 * factors * titles

/** Viewers and titles as vectors whose scalar product says how likely a play is, learned by block coordinate descent (iALS++). */
export const ials = algorithm({
  name: 'ials',
  summary: {
    en: 'Viewers and titles as vectors learned from plays and their weights by alternating least squares (iALS++)',
    zh: '以交替最小二乘从播放及其权重学习观众与影片的向量（iALS++）',
  },
  settings,
  candidates(round, best) {
    const base = best ?? { ...settings.parse({}), passes: searchPasses }
    const whole = { ...base, passes: settings.parse({}).passes }
    if (round === 0) {
      return [0.03, 0.1, 0.3].flatMap((alpha0) => [0.003, 0.01, 0.03].map((l2) => ({ ...base, alpha0, l2 })))
    }
    if (round === 1)
      return [0.5, 2].flatMap((by) => [
        { ...base, l2: base.l2 * by },
        { ...base, alpha0: base.alpha0 * by },
      ])
    // More factors can take more of the chance in the plays, and need a higher l2.
    if (round === 2) {
      const more = [1, 1.7].map((by) => ({ ...whole, factors: 128, l2: by * base.l2 }))
      return [whole, ...more, { ...whole, factors: fewFactors }]
    }
    if (round === 3) return [0.7, 1.4].map((by) => ({ ...whole, l2: base.l2 * by }))
    if (round === 4 && base.factors === 128) return [1, 1.4].map((by) => ({ ...whole, factors: 256, l2: base.l2 * by }))
    return []
  },
  kindOf: ({ factors }) => (factors > fewFactors ? 'many factors' : 'few'),
  memoryBytes,
  fitting(shape, chosen, bytes) {
    const smaller = [512, 256, 128, 64, 32, 16, 8].filter((factors) => factors < chosen.factors)
    return smaller.map((factors) => ({ ...chosen, factors })).find((less) => memoryBytes(shape, less) <= bytes)
  },
  train: ({ interactions }, chosen, run) =>
    withKernels(run.threads, (threads) => learn(threads, interactions, chosen, run)),
  load(saved) {
    const { settings: chosen, solver } = aboutOf(saved, (told) => savedAbout.parse(told))
    const gram = arrayOf(saved, 'gram', 'Float64Array', chosen.factors ** 2)
    const factors = arrayOf(saved, 'titles', 'Float32Array')
    return new Ials(chosen, factors, gram, solver)
  },
})
