import { z } from 'zod'
import { gram, gramBytes } from '../../kernels/gram.ts'
import { invert, invertBytes, paddedTo8 } from '../../kernels/invert.ts'
import { KernelThreads } from '../../kernels/kernel-threads.ts'
import { filledColumns, selectColumns } from '../../kernels/sparse.ts'
import { topK } from '../../kernels/top-k.ts'
import { aboutOf, arrayOf, type SavedModel } from '../../models/saved-model.ts'
import { about } from '../../question.ts'
import { algorithm, type History, type Recommender, type ScoredTitle } from '../recommender.ts'

const settings = z.object({
  l2: z
    .number()
    .positive()
    .default(300)
    .meta(
      about(
        'Weight of the squared coefficients: higher trusts the plays less',
        '系数平方和的权重：越大越不依赖播放记录',
      ),
    ),
})

/** What a machine may run on at most, for an estimate that holds on every one. */
const mostThreads = 64

/**
 * Scores are X B, B of titles x titles; row i of `coefficients` says how much a play of title i adds to every other title. Only titles that
 * somebody watched have a row and a column: `watched` numbers them, ascending. The others score 0.
 */
class Ease implements Recommender {
  readonly algorithm = 'ease'
  readonly titles: number
  private readonly watched: Uint32Array
  private readonly coefficients: Float32Array
  private readonly placeOf: Int32Array

  constructor(titles: number, watched: Uint32Array, coefficients: Float32Array) {
    this.titles = titles
    this.watched = watched
    this.coefficients = coefficients
    this.placeOf = new Int32Array(titles).fill(-1)
    for (const [place, title] of watched.entries()) this.placeOf[title] = place
  }

  private row(place: number): Float32Array {
    return this.coefficients.subarray(place * this.watched.length, (place + 1) * this.watched.length)
  }

  score({ index, value }: History, scores: Float64Array): void {
    scores.fill(0)
    const sums = this.watched.length === this.titles ? scores : new Float64Array(this.watched.length)
    for (let e = 0; e < index.length; e++) {
      const place = this.placeOf[index[e] as number] as number
      if (place < 0) continue
      const weight = value[e] as number
      const row = this.row(place)
      for (let other = 0; other < row.length; other++) {
        sums[other] = (sums[other] as number) + weight * (row[other] as number)
      }
    }
    if (sums !== scores) for (const [place, title] of this.watched.entries()) scores[title] = sums[place] as number
  }

  explain({ index, value }: History, title: number) {
    const to = this.placeOf[title] as number
    if (to < 0) return []
    return Array.from(index, (from, e) => {
      const place = this.placeOf[from] as number
      const coefficient = place < 0 ? 0 : (this.row(place)[to] as number)
      return { of: { kind: 'title' as const, title: from }, amount: (value[e] as number) * coefficient }
    }).filter(({ amount }) => amount !== 0)
  }

  similar(title: number, count: number): ScoredTitle[] {
    const place = this.placeOf[title] as number
    if (place < 0) return []
    const row = this.row(place)
    return Array.from(topK(row, count), (other) => ({
      title: this.watched[other] as number,
      score: row[other] as number,
    })).filter(({ score }) => score > 0)
  }

  save(): SavedModel {
    const { titles, watched, coefficients } = this
    return { algorithm: this.algorithm, about: { titles }, arrays: { watched, coefficients } }
  }
}

/**
 * Turns the inverse P, rows `stride` apart, into B with B_ij = -P_ij / P_jj and a diagonal of 0, rows `n` apart, in its place.
 * @see Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019, eq. 8
 */
function toCoefficients(p: Float32Array, n: number, stride: number): Float32Array {
  const scale = Float64Array.from({ length: n }, (_, j) => -1 / (p[j * stride + j] as number))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) p[i * n + j] = i === j ? 0 : (p[i * stride + j] as number) * (scale[j] as number)
  }
  return p.subarray(0, n * n)
}

/** EASE: the linear model of all titles on all others that fits the plays best, in closed form. O(n^3) for the n titles that anybody watched. */
export const ease = algorithm({
  name: 'ease',
  summary: {
    en: 'Each title from all the others that a viewer watched, by one linear model in closed form (EASE)',
    zh: '由观众看过的其他影片线性预测每部影片，闭式求解（EASE）',
  },
  settings,
  candidates(round, best) {
    if (round === 0) return [30, 100, 300, 1000, 3000].map((l2) => ({ l2 }))
    if (round > 2 || !best) return []
    const step = round === 1 ? 1.7 : 1.3
    return [{ l2: best.l2 / step }, { l2: best.l2 * step }]
  },
  memoryBytes: ({ viewers, watched, entries }) =>
    4 * paddedTo8(watched) ** 2 + invertBytes(watched, mostThreads) + gramBytes(viewers, watched, entries),
  fitting: () => undefined,
  async train({ interactions }, { l2 }, { signal, threads: count, onPass }) {
    const watched = filledColumns(interactions)
    const compact = selectColumns(interactions, watched)
    const n = watched.length
    const stride = paddedTo8(n)
    const threads = new KernelThreads(count)
    try {
      const matrix = threads.allocate(Float32Array, stride * stride)
      await gram(threads, compact, matrix, stride, signal)
      for (let i = 0; i < n; i++) matrix.array[i * stride + i] = (matrix.array[i * stride + i] as number) + l2
      await invert(threads, matrix, n, signal, onPass)
      return new Ease(interactions.columns, watched, toCoefficients(matrix.array, n, stride))
    } finally {
      await threads.close()
    }
  },
  load(saved) {
    const titles = aboutOf(saved, (about) => z.int().positive().parse(about.titles))
    const watched = arrayOf(saved, 'watched', 'Uint32Array')
    return new Ease(titles, watched, arrayOf(saved, 'coefficients', 'Float32Array', watched.length ** 2))
  },
})
