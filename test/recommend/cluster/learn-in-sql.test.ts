import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sparseMatrix } from '../../../src/kernels/matrices/sparse.ts'
import { Random } from '../../../src/kernels/random.ts'
import { itemBased } from '../../../src/recommend/algorithm/item-based.ts'
import { popularity } from '../../../src/recommend/algorithm/popularity.ts'
import { readCatalogue } from '../../../src/recommend/catalogue.ts'
import { itemBasedSettings, learnItemBased } from '../../../src/recommend/cluster/item-based.ts'
import { countPairs, drawSample, keepPairs, type PairCounts, type Pairs } from '../../../src/recommend/cluster/pairs.ts'
import { learnPopularity } from '../../../src/recommend/cluster/popularity.ts'
import { readInterests } from '../../../src/recommend/interests.ts'
import type { Recommender, TrainingSet } from '../../../src/recommend/recommender.ts'
import type { Warehouse } from '../../../src/warehouse/warehouse.ts'
import { history, scoresOf, testRun } from '../../contracts/recommender.ts'
import { tasteTables } from '../../support/taste-tables.ts'
import { tastes } from '../../support/tastes.ts'
import { openWarehouse } from '../../support/warehouse.ts'

const titles = 40
const weighing = { halfLifeDays: 50 }

async function learning(set: TrainingSet) {
  const warehouse = await openWarehouse(tasteTables(set))
  const works = await readCatalogue(warehouse.engine)
  const numbers = new Map(works.map(({ titleId }, number) => [titleId, number]))
  const here = await readInterests(warehouse.engine, numbers, weighing, testRun.signal)
  return { warehouse, works, here, pairs: await keepPairs(warehouse.engine, works.length, weighing) }
}

/** Scores after each title alone, and the titles nearest to it. */
const all = (model: Recommender) =>
  Array.from({ length: model.titles }, (_, title) => [...scoresOf(model, history(title))])

function expectClose(found: Recommender, wanted: Recommender): void {
  const [left, right] = [all(found), all(wanted)]
  for (const [title, scores] of right.entries()) {
    for (const [other, score] of scores.entries()) {
      expect(Math.abs((left[title]?.[other] as number) - score)).toBeLessThanOrEqual(1e-5 * Math.abs(score))
    }
  }
}

describe('learned in SQL', () => {
  let warehouse: Warehouse
  let here: TrainingSet
  let pairs: Pairs & PairCounts
  beforeAll(async () => {
    ;({ warehouse, here, pairs } = await learning(tastes({ viewers: 60, titles })))
  })
  afterAll(() => warehouse.engine.close())

  test.each([
    { similarity: 'cosine' as const },
    { similarity: 'cosine' as const, shrinkage: 3 },
    { similarity: 'jaccard' as const, shrinkage: 2 },
    { similarity: 'bm25' as const, k1: 2, b: 0.4 },
    { similarity: 'cosine' as const, neighbours: 5 },
  ])('item-based is that of the kernels: %j', async (change) => {
    const settings = itemBasedSettings.parse(change)
    const model = await learnItemBased(warehouse.engine, pairs, settings)
    expect(model.titles).toBe(titles)
    expectClose(model, await itemBased.train(here, settings, testRun))
  })

  test.each([null, 30])('popularity is the same, with a half-life of %s days', async (halfLifeDays) => {
    const model = await learnPopularity(warehouse.engine, pairs, { halfLifeDays })
    expectClose(model, await popularity.train(here, { halfLifeDays }, testRun))
  })

  test('pairs are counted', async () => {
    const { index, rows } = here.interactions
    expect(pairs).toMatchObject({ plays: index.length, viewers: rows })
    expect(await countPairs(warehouse.engine, weighing)).toBe(index.length)
  })

  test('viewers are held out whom nothing is learned from, the same with the same seed', async () => {
    const works = await readCatalogue(warehouse.engine)
    const {
      set,
      splits: [split],
      others,
    } = await drawSample(warehouse.engine, pairs, works, 3)
    expect(set.interactions.rows).toBe(16)
    expect(split?.heldOut.foldIn.rows).toBe(15)
    const popular = (of: Pairs) => learnPopularity(warehouse.engine, of, { halfLifeDays: null })
    const [rest, everybody] = [await popular(others), await popular(pairs)]
    const sampled = await popularity.train(set, { halfLifeDays: null }, testRun)
    for (const [title, amount] of scoresOf(everybody, history()).entries()) {
      const parts = (scoresOf(rest, history())[title] as number) + (scoresOf(sampled, history())[title] as number)
      expect(parts).toBeCloseTo(amount, 4)
    }
    const again = await drawSample(warehouse.engine, pairs, works, 3)
    expect(again.set.interactions).toEqual(set.interactions)
    expect((await drawSample(warehouse.engine, pairs, works, 4)).set.interactions).not.toEqual(set.interactions)
  })
})

test('of a viewer of very many titles those that weigh most are compared', async () => {
  const [many, kept] = [502, 500]
  const random = new Random(3)
  const columns = Uint32Array.from({ length: many }, (_, title) => title)
  const interactions = sparseMatrix(1, many, {
    ...{ row: columns.map(() => 0), column: columns },
    value: Float32Array.from(columns, (title) => (title === 7 || title === 11 ? 0.1 : 0.5 + random.uniform())),
  })
  const facts = Array.from({ length: many }, (_, title) => ({
    ...{ name: `Film ${title}`, genres: [], directors: [], actors: [], countries: [], languages: [], tags: [] },
  }))
  const { warehouse, pairs } = await learning({ interactions, facts })
  const model = await learnItemBased(warehouse.engine, pairs, itemBasedSettings.parse({ neighbours: many }))
  expect(model.similar(0, many)).toHaveLength(kept - 1)
  expect([7, 11].flatMap((title) => model.similar(title, many))).toEqual([])
  warehouse.engine.close()
})
