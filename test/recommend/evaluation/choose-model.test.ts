import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { hybrid } from '../../../src/recommend/algorithm/hybrid.ts'
import { itemBased } from '../../../src/recommend/algorithm/item-based.ts'
import { popularity } from '../../../src/recommend/algorithm/popularity.ts'
import { fitBlend } from '../../../src/recommend/evaluation/blend.ts'
import { chooseModel } from '../../../src/recommend/evaluation/choose-model.ts'
import { type Split, splitByViewer } from '../../../src/recommend/evaluation/held-out.ts'
import { meanNdcg, tuneRecommender } from '../../../src/recommend/evaluation/tune.ts'
import type { TrainingRun } from '../../../src/recommend/recommender.ts'
import { shapeOf, trainRecommender } from '../../../src/recommend/train-recommender.ts'
import { testRun, trainingSet } from '../../contracts/recommender.ts'
import { tastes } from '../../support/tastes.ts'

const set = tastes({ viewers: 200 })
const [split] = splitByViewer(set, 50, 1, new Random(1)) as [Split]

describe('a search for settings', () => {
  test('ends with those that did best on the viewers held out', async () => {
    const tuned = await tuneRecommender(itemBased, [split], testRun)
    const again = await trainRecommender(itemBased, split.train, tuned.settings, testRun)
    expect(meanNdcg(again, split.heldOut, testRun.signal)).toBe(tuned.ndcg100)
    for (const candidate of itemBased.candidates(0, undefined)) {
      const model = await trainRecommender(itemBased, split.train, candidate, testRun)
      expect(meanNdcg(model, split.heldOut, testRun.signal)).toBeLessThanOrEqual(tuned.ndcg100)
    }
  })

  test('keeps the best settings of another kind too', async () => {
    const { settings, ndcg100, otherKind } = await tuneRecommender(itemBased, [split], testRun)
    expect(otherKind?.settings.similarity).not.toBe(settings.similarity)
    expect(otherKind?.ndcg100).toBeLessThanOrEqual(ndcg100)
    const again = await trainRecommender(itemBased, split.train, otherKind?.settings ?? settings, testRun)
    expect(meanNdcg(again, split.heldOut, testRun.signal)).toBe(otherKind?.ndcg100)
    expect((await tuneRecommender(popularity, [split], testRun)).otherKind).toBeUndefined()
  })

  test('has room for the best models so far beside the one in training, or keeps to the first', async () => {
    const [first] = itemBased.candidates(0, undefined)
    const memoryBytes = itemBased.memoryBytes(shapeOf(split.train), itemBased.settings.parse(first))
    const { settings, otherKind } = await tuneRecommender(itemBased, [split], { ...testRun, memoryBytes })
    expect(settings).toEqual(first)
    expect(otherKind).toBeUndefined()
  })

  test('tells why, where nothing can be learned', async () => {
    await expect(tuneRecommender(itemBased, [split], { ...testRun, memoryBytes: 1 })).rejects.toMatchObject({
      code: 'too-much-memory',
    })
  })
})

describe('a blend', () => {
  test('is never worse than its best member where it was fitted', async () => {
    const models = [
      await trainRecommender(popularity, split.train, { halfLifeDays: null }, testRun),
      await trainRecommender(itemBased, split.train, itemBased.settings.parse({}), testRun),
    ]
    const { weights, ndcg100 } = fitBlend(
      models.map((model) => [model]),
      [split.heldOut],
      testRun.signal,
    )
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
    for (const model of models) {
      expect(ndcg100).toBeGreaterThanOrEqual(meanNdcg(model, split.heldOut, testRun.signal) - 1e-6)
    }
  })

  test('of one model is that model', async () => {
    const model = await trainRecommender(popularity, split.train, { halfLifeDays: null }, testRun)
    expect(fitBlend([[model]], [split.heldOut], testRun.signal).weights).toEqual([1])
  })
})

describe('auto', () => {
  test('chooses what knows the tastes, and says why', async () => {
    const { chosen, candidates, why } = await chooseModel(set, ['popularity', 'item-based', 'ease'], testRun)
    expect(chosen.algorithm.name).not.toBe('popularity')
    expect(chosen).toBe(candidates[0])
    expect(candidates.map(({ ndcg100 }) => ndcg100)).toEqual(
      candidates.map(({ ndcg100 }) => ndcg100).sort((a, b) => (b ?? 0) - (a ?? 0)),
    )
    expect(why.en).toContain(chosen.ndcg100?.toFixed(4))
    expect(why.zh).toContain(chosen.ndcg100?.toFixed(4))
  })

  test('blends models of two kinds of one algorithm, as many as memory would do for', {
    timeout: 120_000,
  }, async () => {
    const membersOf = async (run: TrainingRun) => {
      const { chosen } = await chooseModel(set, ['popularity', 'ials'], run)
      return hybrid.settings.parse(chosen.settings)
    }
    const blend = await membersOf(testRun)
    expect(blend.members.map(({ algorithm }) => algorithm)).toEqual(['ials', 'ials', 'popularity'])
    const memoryBytes = hybrid.memoryBytes(shapeOf(set), blend) - 1
    const smaller = await membersOf({ ...testRun, memoryBytes })
    expect(hybrid.memoryBytes(shapeOf(set), smaller)).toBeLessThanOrEqual(memoryBytes)
  })

  test('blends nothing with the only algorithm that was named', async () => {
    const { chosen, candidates } = await chooseModel(set, ['item-based'], testRun)
    expect(candidates).toEqual([chosen])
    expect(chosen.algorithm.name).toBe('item-based')
  })

  test('leaves out what memory would not do for, and says so', async () => {
    const { leftOut, chosen } = await chooseModel(set, ['popularity', 'ease'], { ...testRun, memoryBytes: 1000 })
    expect(leftOut).toEqual([{ algorithm: 'ease', why: expect.objectContaining({ zh: expect.any(String) }) }])
    expect(chosen.algorithm.name).toBe('popularity')
  })

  test('chooses popularity, or the only one that was named, where there is nobody to choose by', async () => {
    const few = trainingSet(4, [[0, 1], [2]])
    const { chosen, why } = await chooseModel(few, ['ease', 'item-based'], testRun)
    expect(chosen).toMatchObject({ algorithm: { name: 'popularity' }, ndcg100: null })
    expect(why.en).toContain('five plays')
    expect((await chooseModel(few, ['ease'], testRun)).chosen.algorithm.name).toBe('ease')
  })
})
