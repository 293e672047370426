import { z } from 'zod'
import { filledColumns, selectColumns } from '../../kernels/matrices/sparse.ts'
import { topK } from '../../kernels/ranking/top-k.ts'
import { aboutOf, arrayOf, type SavedModel } from '../../models/saved-model.ts'
import { about } from '../../question.ts'
import { algorithm, type History, type Recommender, type ScoredTitle } from '../recommender.ts'
import { easeBytes, easeCoefficients } from './ease-coefficients.ts'

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
  dropout: z
    .number()
    .min(0)
    .max(0.95)
    .default(0.5)
    .meta(
      about(
        'Share of the plays that it is to do without: l2 grows with the plays of a title by it',
        '不可依赖的播放比例：l2 随影片的播放量相应增大',
      ),
    ),
  rarity: z
    .number()
    .min(-1)
    .max(1)
    .default(0)
    .meta(
      about(
        'How much titles that few watched are favoured: scores are divided by this power of the number of viewers',
        '对冷门影片的偏重：得分除以观众数的该次幂',
      ),
    ),
})

type Settings = z.output<typeof settings>

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

/** EASE: the linear model of all titles on all others that fits the plays best, in closed form. */
export const ease = algorithm({
  name: 'ease',
  summary: {
    en: 'Each title from all the others that a viewer watched, by one linear model in closed form (EASE)',
    zh: '由观众看过的其他影片线性预测每部影片，闭式求解（EASE）',
  },
  settings,
  candidates(round, best) {
    const base = best ?? settings.parse({})
    const scaled = (...factors: number[]): Settings[] => factors.map((by) => ({ ...base, l2: base.l2 * by }))
    if (round === 0) return [100, 300, 1000].map((l2) => ({ ...base, l2 }))
    if (round === 1) return [{ dropout: 0 }, { rarity: 0.15 }].map((change) => ({ ...base, ...change }))
    if (round === 2) return scaled(1 / 1.7, 1.7)
    if (round === 3) return scaled(...(base.l2 < 100 ? [1 / 1.7] : base.l2 > 1000 ? [1.7] : []))
    return []
  },
  kindOf: ({ dropout, rarity }) => `${dropout} ${rarity}`,
  memoryBytes: easeBytes,
  fitting: () => undefined,
  async train({ interactions }, chosen, run) {
    const watched = filledColumns(interactions)
    const coefficients = await easeCoefficients(selectColumns(interactions, watched), chosen, run)
    return new Ease(interactions.columns, watched, coefficients)
  },
  load(saved) {
    const titles = aboutOf(saved, (about) => z.int().positive().parse(about.titles))
    const watched = arrayOf(saved, 'watched', 'Uint32Array')
    return new Ease(titles, watched, arrayOf(saved, 'coefficients', 'Float32Array', watched.length ** 2))
  },
})
