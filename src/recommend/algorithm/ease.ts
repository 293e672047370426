import { z } from 'zod'
import { gram, gramBytes } from '../../kernels/gram.ts'
import { invert, invertBytes, paddedTo8 } from '../../kernels/invert.ts'
import { KernelThreads } from '../../kernels/kernel-threads.ts'
import { topK } from '../../kernels/top-k.ts'
import { arrayOf, type SavedModel } from '../../models/saved-model.ts'
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

/** Scores are X B, B of titles x titles; row i of `coefficients` says how much a play of title i adds to every other title. */
class Ease implements Recommender {
  readonly algorithm = 'ease'
  readonly titles: number
  private readonly coefficients: Float32Array

  constructor(titles: number, coefficients: Float32Array) {
    this.titles = titles
    this.coefficients = coefficients
  }

  private row(title: number): Float32Array {
    return this.coefficients.subarray(title * this.titles, (title + 1) * this.titles)
  }

  score({ index, value }: History, scores: Float64Array): void {
    scores.fill(0)
    for (let e = 0; e < index.length; e++) {
      const weight = value[e] as number
      const row = this.row(index[e] as number)
      for (let title = 0; title < row.length; title++) {
        scores[title] = (scores[title] as number) + weight * (row[title] as number)
      }
    }
  }

  explain({ index, value }: History, title: number) {
    return Array.from(index, (watched, e) => ({
      of: { kind: 'title' as const, title: watched },
      amount: (value[e] as number) * (this.row(watched)[title] as number),
    })).filter(({ amount }) => amount !== 0)
  }

  similar(title: number, count: number): ScoredTitle[] {
    const row = this.row(title)
    return Array.from(topK(row, count), (other) => ({ title: other, score: row[other] as number })).filter(
      ({ score }) => score > 0,
    )
  }

  save(): SavedModel {
    return { algorithm: this.algorithm, about: { titles: this.titles }, arrays: { coefficients: this.coefficients } }
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

/** EASE: the linear model of all titles on all others that fits the plays best, in closed form. O(titles^3). */
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
  memoryBytes: ({ viewers, titles, entries }) =>
    4 * paddedTo8(titles) ** 2 + invertBytes(titles, mostThreads) + gramBytes(viewers, titles, entries),
  fitting: () => undefined,
  async train({ interactions }, { l2 }, { signal, threads: count, onPass }) {
    const n = interactions.columns
    const stride = paddedTo8(n)
    const threads = new KernelThreads(count)
    try {
      const matrix = threads.allocate(Float32Array, stride * stride)
      await gram(threads, interactions, matrix, stride, signal)
      for (let i = 0; i < n; i++) matrix.array[i * stride + i] = (matrix.array[i * stride + i] as number) + l2
      await invert(threads, matrix, n, signal, onPass)
      return new Ease(n, toCoefficients(matrix.array, n, stride))
    } finally {
      await threads.close()
    }
  },
  load(saved) {
    const coefficients = arrayOf(saved, 'coefficients', 'Float32Array')
    const titles = Math.sqrt(coefficients.length)
    return new Ease(titles, arrayOf(saved, 'coefficients', 'Float32Array', Math.floor(titles) ** 2))
  },
})
