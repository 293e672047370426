import { z } from 'zod'
import { arrayOf, type SavedModel } from '../../models/saved-model.ts'
import { about } from '../../question.ts'
import { algorithm, type Recommender } from '../recommender.ts'

const settings = z.object({
  halfLifeDays: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .meta(
      about('Days after which a play counts half; empty for never', '播放权重减半的天数；留空则不衰减', {
        unit: 'days',
      }),
    ),
})

/**
 * How much each title was watched: the sum over its entries of weight * 2^(-age / half-life), the same for every viewer.
 * O(entries).
 */
class Popularity implements Recommender {
  readonly algorithm = 'popularity'
  readonly titles: number
  private readonly amounts: Float64Array

  constructor(amounts: Float64Array) {
    this.titles = amounts.length
    this.amounts = amounts
  }

  score(_history: unknown, scores: Float64Array): void {
    scores.set(this.amounts)
  }

  explain(_history: unknown, title: number) {
    const amount = this.amounts[title] ?? 0
    return amount === 0 ? [] : [{ of: { kind: 'popularity' as const }, amount }]
  }

  similar() {
    return []
  }

  save(): SavedModel {
    return { algorithm: this.algorithm, about: {}, arrays: { amounts: this.amounts } }
  }
}

/** The model that scores each title with its place of `amounts`. */
export const popularityOf = (amounts: Float64Array): Recommender => new Popularity(amounts)

export const popularity = algorithm({
  name: 'popularity',
  summary: { en: 'The most watched titles, the same for everybody', zh: '观看最多的影片，人人相同' },
  settings,
  candidates: (round) => (round === 0 ? [null, 30, 90, 365].map((halfLifeDays) => ({ halfLifeDays })) : []),
  memoryBytes: ({ titles }) => titles * 8,
  fitting: () => undefined,
  async train({ interactions, ageDays }, { halfLifeDays }) {
    const amounts = new Float64Array(interactions.columns)
    for (let i = 0; i < interactions.index.length; i++) {
      const title = interactions.index[i] as number
      const decay = halfLifeDays === null || !ageDays ? 1 : 2 ** (-(ageDays[i] as number) / halfLifeDays)
      amounts[title] = (amounts[title] as number) + (interactions.value[i] as number) * decay
    }
    return new Popularity(amounts)
  },
  load: (saved) => new Popularity(arrayOf(saved, 'amounts', 'Float64Array')),
})
