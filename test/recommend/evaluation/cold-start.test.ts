import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { itemBased } from '../../../src/recommend/algorithm/item-based.ts'
import { byTitlesTold, judgeFewTold } from '../../../src/recommend/evaluation/cold-start.ts'
import { type Split, splitByViewer } from '../../../src/recommend/evaluation/held-out.ts'
import { meanNdcg } from '../../../src/recommend/evaluation/tune.ts'
import type { History, Recommender } from '../../../src/recommend/recommender.ts'
import { trainRecommender } from '../../../src/recommend/train-recommender.ts'
import { testRun, trainingSet } from '../../contracts/recommender.ts'
import { tastes } from '../../support/tastes.ts'

const upTo = (count: number) => [...Array(count).keys()]

/** A model that likes the titles after those told, the more the nearer, and keeps what it was asked with. */
function following(titles: number, asked: number[][] = []): Recommender {
  return {
    ...{ algorithm: 'following', titles, explain: () => [], similar: () => [] },
    score({ index }: History, scores: Float64Array) {
      asked.push([...index])
      for (let title = 0; title < titles; title++)
        scores[title] = -Math.min(...[...index].map((one) => (title - one + titles) % titles))
    },
    save: () => ({ algorithm: 'following', about: {}, arrays: {} }),
  }
}

describe('by the number of titles told', () => {
  test('each viewer is in one band, bands of nobody are left out', () => {
    const { interactions } = trainingSet(40, [[], [0], [0, 1], upTo(5), upTo(21), upTo(40)])
    const hits = { ndcg100: Float64Array.of(0.1, 0.2, 0.4, 0.5, 0.6, 0.8), recall20: new Float64Array(6).fill(1) }
    const rows = byTitlesTold(hits, interactions, 1)
    expect(rows.map(({ told, viewers, ndcg100 }) => [told, viewers, ndcg100.mean])).toEqual([
      ['0', 1, 0.1],
      ['1-2', 2, expect.closeTo(0.3, 12)],
      ['3-5', 1, 0.5],
      ['21+', 2, expect.closeTo(0.7, 12)],
    ])
    for (const { ndcg100, recall20 } of rows) {
      expect(ndcg100.low).toBeLessThanOrEqual(ndcg100.mean)
      expect(ndcg100.high).toBeGreaterThanOrEqual(ndcg100.mean)
      expect(recall20).toEqual({ mean: 1, low: 1, high: 1 })
    }
  })
})

describe('lists that follow from few titles', () => {
  const heldOut = {
    foldIn: trainingSet(30, [[3, 9, 12, 20, 25, 28], [7], []]).interactions,
    target: trainingSet(30, [[1], [8], [2]]).interactions,
  }

  test('are made of 1, 2 and 5 of those told, the fewer among the more, and of no viewer of nothing', () => {
    const asked: number[][] = []
    const rows = judgeFewTold(following(30, asked), heldOut, testRun)
    expect(rows.map(({ told, viewers }) => [told, viewers])).toEqual([
      ['1', 2],
      ['2', 2],
      ['5', 2],
    ])
    const [one, , two, , five] = asked as [number[], number[], number[], number[], number[]]
    expect([one.length, two.length, five.length]).toEqual([1, 2, 5])
    expect(two).toEqual(expect.arrayContaining(one))
    expect(five).toEqual(expect.arrayContaining(two))
    expect(five).toEqual([...five].sort((a, b) => a - b))
    expect([asked[1], asked[3], asked[5]]).toEqual([[7], [7], [7]])
  })

  test('hold none of the titles told, also of those that the model was not told', () => {
    const everything = {
      foldIn: trainingSet(30, [upTo(29)]).interactions,
      target: trainingSet(30, [[29]]).interactions,
    }
    for (const { ndcg100 } of judgeFewTold(following(30), everything, testRun)) expect(ndcg100.mean).toBe(1)
  })

  test('follow from the seed', () => {
    const drawn = (seed: number) => {
      const asked: number[][] = []
      judgeFewTold(following(30, asked), heldOut, { ...testRun, seed })
      return asked
    }
    expect(drawn(4)).toEqual(drawn(4))
    expect(Array.from({ length: 8 }, (_, seed) => String(drawn(seed)[0])).some((one, _, all) => one !== all[0])).toBe(
      true,
    )
  })

  test('of a trained model grow better with what is told', async () => {
    const [{ train, heldOut: held }] = splitByViewer(tastes({ viewers: 200 }), 60, 1, new Random(2)) as [Split]
    const model = await trainRecommender(itemBased, train, itemBased.settings.parse({}), testRun)
    const means = judgeFewTold(model, held, testRun).map(({ ndcg100 }) => ndcg100.mean)
    expect(means[0]).toBeLessThan(means[2] as number)
    expect(means[0]).toBeLessThan(meanNdcg(model, held, testRun.signal))
  })

  test('are none where nothing is told of anybody', () => {
    const nobody = { foldIn: trainingSet(3, [[]]).interactions, target: trainingSet(3, [[1]]).interactions }
    expect(judgeFewTold(following(3), nobody, testRun)).toEqual([])
  })
})
