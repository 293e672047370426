import { z } from 'zod'
import { placeMatrix } from '../../kernels/matrices/placed-matrix.ts'
import { rowOf, type SparseMatrix, totalOf, transpose, withValues } from '../../kernels/matrices/sparse.ts'
import { cosineOf, type Neighbours, neighbours, neighboursBytes } from '../../kernels/ranking/neighbours.ts'
import { topK } from '../../kernels/ranking/top-k.ts'
import { withKernels } from '../../kernels/threads/with-kernels.ts'
import { aboutOf, arrayOf, type SavedModel } from '../../models/saved-model.ts'
import { about } from '../../question.ts'
import {
  algorithm,
  type History,
  type Recommender,
  type ScoredTitle,
  type TrainingRun,
  type TrainingShape,
} from '../recommender.ts'

const settings = z.object({
  kernel: z
    .enum(['identity', 'cosine', 'ones'])
    .default('identity')
    .meta(
      about(
        'What two titles count towards the nearness of their viewers: identity the same title only, cosine near titles too, ones any two',
        '两部影片对观众相近程度的贡献：identity 仅同一影片，cosine 含相近影片，ones 为任意两部',
      ),
    ),
  neighbours: z.int().min(1).default(100).meta(about('Nearest viewers asked', '参考的最近邻观众数')),
  normalised: z
    .boolean()
    .default(true)
    .meta(
      about(
        'Whether nearness is divided by that of each viewer to themselves, as a cosine is',
        '是否像余弦那样除以各观众的自相似度',
      ),
    ),
})

type Settings = z.output<typeof settings>

/** Nearest titles that the kernel `cosine` knows of each title. */
const kernelNeighbours = 50

/** The values of each row divided by their sum: p(i|v), how likely a play of viewer v is one of title i. */
function shares(matrix: SparseMatrix): SparseMatrix {
  const value = new Float32Array(matrix.value.length)
  for (let row = 0; row < matrix.rows; row++) {
    const own = rowOf(matrix, row)
    const total = totalOf(own)
    for (let e = 0; e < own.value.length; e++)
      value[(matrix.start[row] as number) + e] = (own.value[e] as number) / total
  }
  return withValues(matrix, value)
}

/** k(i, j) for all titles. */
interface TitleKernel {
  /** Adds `amount` * k(title, j) to the place of every title j. */
  add(title: number, amount: number, to: Float64Array): void
}

const identity: TitleKernel = {
  add(title, amount, to) {
    to[title] = (to[title] as number) + amount
  },
}

const ones: TitleKernel = {
  add(_, amount, to) {
    for (let title = 0; title < to.length; title++) to[title] = (to[title] as number) + amount
  },
}

const cosine = (nearest: Neighbours): TitleKernel => ({
  add(title, amount, to) {
    to[title] = (to[title] as number) + amount
    const end = nearest.start[title + 1] as number
    for (let n = nearest.start[title] as number; n < end; n++) {
      const other = nearest.index[n] as number
      to[other] = (to[other] as number) + amount * (nearest.value[n] as number)
    }
  },
})

/**
 * Scores are the sum over the nearest viewers v of sim(u, v) times how much v watched the title, where
 * sim(u, v) = sum_i sum_j p(i|u) k(i, j) p(j|v), normalised: divided by sqrt(sim(u, u) sim(v, v)). With k = 1 for all pairs and without
 * normalisation it is 1 for every two viewers, since p sums to one, and ranks nobody.
 */
class UserBased implements Recommender {
  readonly algorithm = 'user-based'
  readonly titles: number
  private readonly settings: Settings
  private readonly watched: SparseMatrix
  private readonly nearest: Neighbours
  private readonly kernel: TitleKernel
  /** p(i|v) by viewer and by title. */
  private readonly shares: SparseMatrix
  private readonly sharesOfTitles: SparseMatrix
  /** sqrt(sim(v, v)), 1 where not normalised. */
  private readonly lengths: Float64Array

  /** @param nearest what the kernel `cosine` knows; no entries for others */
  constructor(chosen: Settings, watched: SparseMatrix, nearest: Neighbours) {
    this.titles = watched.columns
    this.settings = chosen
    this.watched = watched
    this.nearest = nearest
    this.kernel = { identity, ones, cosine: cosine(nearest) }[chosen.kernel]
    this.shares = shares(watched)
    this.sharesOfTitles = transpose(this.shares)
    this.lengths = Float64Array.from({ length: watched.rows }, (_, viewer) => this.lengthOf(rowOf(this.shares, viewer)))
  }

  /** sum_i p(i) k(i, j) for every title j. */
  private spread({ index, value }: History): Float64Array {
    const to = new Float64Array(this.titles)
    for (let e = 0; e < index.length; e++) this.kernel.add(index[e] as number, value[e] as number, to)
    return to
  }

  private lengthOf(own: History): number {
    if (!this.settings.normalised) return 1
    if (this.settings.kernel === 'identity') return Math.sqrt(own.value.reduce((sum, share) => sum + share ** 2, 0))
    const spread = this.spread(own)
    return Math.sqrt(own.index.reduce((sum, title, e) => sum + (own.value[e] as number) * (spread[title] as number), 0))
  }

  /** The nearest viewers of somebody with `history`, and how near each is. */
  private near(history: History): { viewers: Uint32Array; similarity: Float64Array; length: number } {
    const total = totalOf(history)
    const own = { index: history.index, value: history.value.map((weight) => weight / total) }
    const spread = this.spread(own)
    const similarity = new Float64Array(this.watched.rows)
    const { start, index, value } = this.sharesOfTitles
    for (let title = 0; title < this.titles; title++) {
      const amount = spread[title] as number
      if (amount === 0) continue
      const end = start[title + 1] as number
      for (let e = start[title] as number; e < end; e++) {
        const viewer = index[e] as number
        similarity[viewer] = (similarity[viewer] as number) + amount * (value[e] as number)
      }
    }
    const length = this.lengthOf(own)
    for (let viewer = 0; viewer < similarity.length; viewer++) {
      similarity[viewer] = (similarity[viewer] as number) / (length * (this.lengths[viewer] as number))
    }
    const viewers = topK(similarity, this.settings.neighbours).filter((viewer) => (similarity[viewer] as number) > 0)
    return { viewers, similarity, length }
  }

  score(history: History, scores: Float64Array): void {
    scores.fill(0)
    if (history.index.length === 0) return
    const { viewers, similarity } = this.near(history)
    for (const viewer of viewers) {
      const { index, value } = rowOf(this.watched, viewer)
      const near = similarity[viewer] as number
      for (let e = 0; e < index.length; e++) {
        const title = index[e] as number
        scores[title] = (scores[title] as number) + near * (value[e] as number)
      }
    }
  }

  /** Each title of the history by what it adds to the similarities of the nearest viewers who watched `title`. */
  explain(history: History, title: number) {
    if (history.index.length === 0) return []
    const { viewers, length } = this.near(history)
    const common = new Float64Array(this.titles)
    for (const viewer of viewers) {
      const watched = rowOf(this.watched, viewer)
      const place = watched.index.indexOf(title)
      if (place < 0) continue
      const factor = (watched.value[place] as number) / (length * (this.lengths[viewer] as number))
      const { index, value } = rowOf(this.shares, viewer)
      for (let e = 0; e < index.length; e++)
        common[index[e] as number] = (common[index[e] as number] as number) + factor * (value[e] as number)
    }
    const total = totalOf(history)
    const reach = new Float64Array(this.titles)
    return Array.from(history.index, (from, e) => {
      reach.fill(0)
      this.kernel.add(from, (history.value[e] as number) / total, reach)
      const amount = reach.reduce((sum, near, other) => sum + near * (common[other] as number), 0)
      return { of: { kind: 'title' as const, title: from }, amount }
    }).filter(({ amount }) => amount !== 0)
  }

  /** What those who watched `title` watched besides. */
  similar(title: number, count: number): ScoredTitle[] {
    const scores = new Float64Array(this.titles)
    this.score({ index: Uint32Array.of(title), value: Float32Array.of(1) }, scores)
    scores[title] = 0
    return Array.from(topK(scores, count), (other) => ({ title: other, score: scores[other] as number })).filter(
      ({ score }) => score > 0,
    )
  }

  save(): SavedModel {
    const { start, index, value } = this.watched
    return {
      algorithm: this.algorithm,
      about: { settings: this.settings, titles: this.titles },
      arrays: {
        ...{ start, index, value },
        ...{ nearestStart: this.nearest.start, nearestIndex: this.nearest.index, nearestValue: this.nearest.value },
      },
    }
  }
}

/** The nearest titles of each by the cosine of who watched them; none of any for a kernel that needs none. */
async function nearestTitles(watched: SparseMatrix, { kernel }: Settings, run: TrainingRun): Promise<Neighbours> {
  if (kernel !== 'cosine') {
    return { start: new Uint32Array(watched.columns + 1), index: new Uint32Array(0), value: new Float32Array(0) }
  }
  return await withKernels(run.threads, (threads) =>
    neighbours(threads, placeMatrix(threads, watched), cosineOf(watched), kernelNeighbours, run.signal),
  )
}

const memoryBytes = ({ viewers, titles, entries }: TrainingShape, { kernel }: Settings) =>
  4 * (3 * viewers + 2 * titles + 6 * entries) +
  (kernel === 'cosine' ? neighboursBytes(viewers, titles, entries, kernelNeighbours) : 0)

/** Titles that viewers with like histories watched. A request costs O(plays of the titles in the history). */
export const userBased = algorithm({
  name: 'user-based',
  summary: {
    en: 'Titles that viewers with a like history watched (user-based collaborative filtering)',
    zh: '观看历史相近的观众所看的影片（基于用户的协同过滤）',
  },
  settings,
  candidates(round, best) {
    const base = best ?? settings.parse({})
    if (round === 0) return [50, 100, 200, 400].map((count) => ({ ...base, neighbours: count }))
    if (round === 1) return [{ ...base, kernel: 'cosine' as const }]
    if (round === 2) return [0.7, 1.4].map((by) => ({ ...base, neighbours: Math.ceil(by * base.neighbours) }))
    return []
  },
  kindOf: ({ kernel }) => kernel,
  memoryBytes,
  fitting(shape, chosen, bytes) {
    const plainer = { ...chosen, kernel: 'identity' as const }
    return memoryBytes(shape, plainer) <= bytes ? plainer : undefined
  },
  train: async ({ interactions }, chosen, run) =>
    new UserBased(chosen, interactions, await nearestTitles(interactions, chosen, run)),
  load(saved) {
    const { settings: chosen, titles } = aboutOf(saved, (told) => ({
      settings: settings.parse(told.settings),
      titles: z.int().parse(told.titles),
    }))
    const start = arrayOf(saved, 'start', 'Uint32Array')
    const index = arrayOf(saved, 'index', 'Uint32Array')
    const value = arrayOf(saved, 'value', 'Float32Array', index.length)
    const watched = { rows: start.length - 1, columns: titles, start, index, value }
    return new UserBased(chosen, watched, {
      start: arrayOf(saved, 'nearestStart', 'Uint32Array', titles + 1),
      index: arrayOf(saved, 'nearestIndex', 'Uint32Array'),
      value: arrayOf(saved, 'nearestValue', 'Float32Array'),
    })
  },
})
