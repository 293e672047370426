import { z } from 'zod'
import { ModelError } from '../../errors.ts'
import { placeMatrix } from '../../kernels/matrices/placed-matrix.ts'
import { columnSums, rowOf, type SparseMatrix, totalOf } from '../../kernels/matrices/sparse.ts'
import {
  cosineOf,
  type Neighbours,
  neighbours,
  neighboursBytes,
  type Similarity,
} from '../../kernels/ranking/neighbours.ts'
import { withKernels } from '../../kernels/threads/with-kernels.ts'
import { arrayOf, type SavedModel } from '../../models/saved-model.ts'
import { about } from '../../question.ts'
import { algorithm, type History, type Recommender, type ScoredTitle, type TrainingShape } from '../recommender.ts'

const settings = z.object({
  similarity: z
    .enum(['cosine', 'bm25', 'jaccard', 'adjusted-cosine'])
    .default('cosine')
    .meta(
      about(
        'How near two titles are by who watched them; adjusted-cosine is for ratings',
        '按观众衡量两部影片相近程度的方法；adjusted-cosine 用于评分',
      ),
    ),
  neighbours: z.int().min(1).default(100).meta(about('Nearest titles kept of each title', '每部影片保留的最近邻数量')),
  shrinkage: z
    .number()
    .min(0)
    .default(0)
    .meta(
      about(
        'Added below the fraction, so that titles of few viewers are trusted less; not for bm25',
        '加到分母上，使观众少的影片可信度降低；不用于 bm25',
      ),
    ),
  k1: z
    .number()
    .positive()
    .default(1.2)
    .meta(about('bm25: how soon a higher weight adds no more', 'bm25：权重增益饱和的快慢')),
  b: z
    .number()
    .min(0)
    .max(1)
    .default(0.75)
    .meta(about('bm25: how much less a play counts of a title played much', 'bm25：播放多的影片其单次播放降权的程度')),
})

type Settings = z.output<typeof settings>

/** Takes from the value of each entry the mean of its row. */
function centre(matrix: SparseMatrix): void {
  for (let row = 0; row < matrix.rows; row++) {
    const own = rowOf(matrix, row)
    const mean = totalOf(own) / own.value.length
    for (let e = 0; e < own.value.length; e++) own.value[e] = (own.value[e] as number) - mean
  }
  if (matrix.value.every((one) => one === 0)) {
    throw new ModelError(
      {
        en: 'Every viewer gave all titles the same weight, so that adjusted-cosine has nothing to go by.',
        zh: '每位观众给所有影片的权重都相同，adjusted-cosine 无从比较。',
      },
      { code: 'weights-all-alike', advice: { en: 'Choose cosine.', zh: '请改用 cosine。' } },
    )
  }
}

/**
 * The title is the document and its viewers are the terms: w (k1 + 1) / (k1 (1 - b + b length / mean length) + w), times
 * ln(1 + (N - n + 1/2) / (n + 1/2)) for a viewer who watched n of N titles.
 * @see Robertson and Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009, eq. 3.15
 */
function weighByBm25(matrix: SparseMatrix, { k1, b }: Settings): void {
  const { rows, columns, index, value, start } = matrix
  const mean = totalOf(matrix) / columns
  const saturation = columnSums(matrix, (weight) => weight).map((length) => k1 * (1 - b + (b * length) / mean))
  for (let row = 0; row < rows; row++) {
    const [from, to] = [start[row] as number, start[row + 1] as number]
    const rarity = Math.log(1 + (columns - (to - from) + 0.5) / (to - from + 0.5))
    for (let e = from; e < to; e++) {
      const weight = value[e] as number
      value[e] = (rarity * weight * (k1 + 1)) / ((saturation[index[e] as number] as number) + weight)
    }
  }
}

/** Makes the values of `matrix` those that are multiplied; gives what the products are divided by. */
function prepare(matrix: SparseMatrix, chosen: Settings): Similarity {
  const { similarity: name, shrinkage: shift } = chosen
  const none = new Float32Array(matrix.columns)
  if (name === 'jaccard') {
    matrix.value.fill(1)
    return { a: none, b: Float32Array.from(columnSums(matrix, () => 1)), shift, overlap: 1 }
  }
  if (name === 'bm25') {
    weighByBm25(matrix, chosen)
    return { a: none, b: none, shift: 1, overlap: 0 }
  }
  if (name === 'adjusted-cosine') centre(matrix)
  return cosineOf(matrix, shift)
}

/** Scores are the sum over the titles watched of weight * similarity, where the title is among the nearest of the one watched. */
class ItemBased implements Recommender {
  readonly algorithm = 'item-based'
  readonly titles: number
  private readonly nearest: Neighbours

  constructor(nearest: Neighbours) {
    this.titles = nearest.start.length - 1
    this.nearest = nearest
  }

  score({ index: watched, value: weights }: History, scores: Float64Array): void {
    const { start, index, value } = this.nearest
    scores.fill(0)
    for (let e = 0; e < watched.length; e++) {
      const weight = weights[e] as number
      const end = start[(watched[e] as number) + 1] as number
      for (let n = start[watched[e] as number] as number; n < end; n++) {
        const title = index[n] as number
        scores[title] = (scores[title] as number) + weight * (value[n] as number)
      }
    }
  }

  explain({ index: watched, value: weights }: History, title: number) {
    return Array.from(watched, (from, e) => {
      const near = rowOf(this.nearest, from)
      const similarity = near.value[near.index.indexOf(title)] ?? 0
      return { of: { kind: 'title' as const, title: from }, amount: (weights[e] as number) * similarity }
    }).filter(({ amount }) => amount !== 0)
  }

  similar(title: number, count: number): ScoredTitle[] {
    const { index, value } = rowOf(this.nearest, title)
    return Array.from(index.subarray(0, count), (other, n) => ({ title: other, score: value[n] as number }))
  }

  save(): SavedModel {
    return { algorithm: this.algorithm, about: {}, arrays: { ...this.nearest } }
  }
}

/** The model of the titles nearest to each title, by its number. */
export const itemBasedOf = (nearest: Neighbours): Recommender => new ItemBased(nearest)

const memoryBytes = ({ viewers, titles, entries }: TrainingShape, { neighbours: most }: Settings) =>
  neighboursBytes(viewers, titles, entries, most)

/** Titles near to what was watched, by who else watched both. O(sum of squared history lengths + titles^2). */
export const itemBased = algorithm({
  name: 'item-based',
  summary: {
    en: 'Titles that the same people watch as those that the viewer watched (item-based collaborative filtering)',
    zh: '与该观众看过的影片拥有相同观众的影片（基于物品的协同过滤）',
  },
  settings,
  candidates(round, best) {
    const base = best ?? settings.parse({})
    if (round === 0) {
      const weighings = [1.2, 100].flatMap((k1) => [0.25, 0.75].map((b) => ({ similarity: 'bm25' as const, k1, b })))
      const others = (['cosine', 'jaccard'] as const).map((similarity) => ({ similarity }))
      return [...others, ...weighings].map((change) => ({ ...base, ...change }))
    }
    if (round === 1) return [50, 200, 400].map((count) => ({ ...base, neighbours: count }))
    if (round > 2 || base.similarity === 'bm25') return []
    return [3, 10, 30].map((shrinkage) => ({ ...base, shrinkage }))
  },
  kindOf: ({ similarity }) => similarity,
  memoryBytes,
  fitting(shape, chosen, bytes) {
    const fewer = [100, 50, 20, 10].filter((count) => count < chosen.neighbours)
    return fewer.map((count) => ({ ...chosen, neighbours: count })).find((less) => memoryBytes(shape, less) <= bytes)
  },
  async train({ interactions }, chosen, run) {
    const nearest = await withKernels(run.threads, (threads) => {
      const plays = placeMatrix(threads, interactions)
      return neighbours(threads, plays, prepare(plays, chosen), chosen.neighbours, run.signal)
    })
    return new ItemBased(nearest)
  },
  load: (saved) =>
    new ItemBased({
      start: arrayOf(saved, 'start', 'Uint32Array'),
      index: arrayOf(saved, 'index', 'Uint32Array'),
      value: arrayOf(saved, 'value', 'Float32Array'),
    }),
})
