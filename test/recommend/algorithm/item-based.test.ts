import { describe, expect, test } from 'vitest'
import { itemBased } from '../../../src/recommend/algorithm/item-based.ts'
import { history, recommenderContract, scoresOf, testRun, trainingSet } from '../../contracts/recommender.ts'

recommenderContract(itemBased, { settings: { neighbours: 20 } })

// Title 0 watched by viewers 0, 1, 2; title 1 by 0 and 1; title 2 by 1 and 3.
const set = trainingSet(3, [[0, 1], [0, 1, 2], [0], [2]])
const train = (change: object, of = set) => itemBased.train(of, itemBased.settings.parse(change), testRun)

describe('two titles are as near as the definition says, by', () => {
  test('cosine', async () => {
    const scores = scoresOf(await train({ similarity: 'cosine' }), history(0))
    expect(scores[1]).toBeCloseTo(2 / Math.sqrt(3 * 2), 6)
    expect(scores[2]).toBeCloseTo(1 / Math.sqrt(3 * 2), 6)
    expect(scores[0]).toBe(0)
  })

  test('cosine with shrinkage', async () => {
    const scores = scoresOf(await train({ similarity: 'cosine', shrinkage: 3 }), history(0))
    expect(scores[1]).toBeCloseTo(2 / (Math.sqrt(3 * 2) + 3), 6)
  })

  test('Jaccard, whatever the weights are', async () => {
    const heavy = trainingSet(3, [[0, 1], [0, 1, 2], [0], [2]])
    heavy.interactions.value.fill(4)
    const scores = scoresOf(await train({ similarity: 'jaccard' }, heavy), history(0))
    expect(scores[1]).toBeCloseTo(2 / 3, 6)
    expect(scores[2]).toBeCloseTo(1 / 4, 6)
  })

  test('BM25', async () => {
    const scores = scoresOf(await train({ similarity: 'bm25', k1: 1.2, b: 0.75 }), history(0))
    const rarity = (watched: number) => Math.log(1 + (3 - watched + 0.5) / (watched + 0.5))
    const weight = (plays: number) => 2.2 / (1.2 * (0.25 + (0.75 * plays) / (7 / 3)) + 1)
    expect(scores[1]).toBeCloseTo(weight(3) * weight(2) * (rarity(2) ** 2 + rarity(3) ** 2), 5)
  })

  test('adjusted cosine: by what a viewer rates above the own mean', async () => {
    const rated = trainingSet(3, [
      [0, 1, 2],
      [0, 1, 2],
    ])
    rated.interactions.value.set([5, 4, 3, 2, 3, 1])
    const scores = scoresOf(await train({ similarity: 'adjusted-cosine' }, rated), history(0))
    // Less the means of 4 and 2: title 0 is [1, 0], title 1 [0, 1], title 2 [-1, -1].
    expect([...scores]).toEqual([0, 0, 0])
    rated.interactions.value.set([5, 5, 2, 2, 3, 1])
    const model = await train({ similarity: 'adjusted-cosine' }, rated)
    // Now [1, 0], [1, 1] and [-2, -1].
    expect(scoresOf(model, history(0))[1]).toBeCloseTo(1 / Math.sqrt(2), 6)
    expect(model.similar(0, 5)).toEqual([{ title: 1, score: expect.closeTo(1 / Math.sqrt(2), 6) }])
  })
})

test('adjusted cosine has nothing to go by where nobody prefers anything', async () => {
  await expect(train({ similarity: 'adjusted-cosine' })).rejects.toMatchObject({ code: 'weights-all-alike' })
})

test('no more than the nearest are kept', async () => {
  const model = await train({ neighbours: 1 })
  expect(model.similar(0, 5).map(({ title }) => title)).toEqual([1])
  expect(scoresOf(model, history(0))[2]).toBe(0)
})

test('a watched title adds its similarity times its weight', async () => {
  const model = await train({})
  const parts = model.explain({ index: Uint32Array.of(0, 2), value: Float32Array.of(2, 1) }, 1)
  expect(parts).toEqual([
    { of: { kind: 'title', title: 0 }, amount: expect.closeTo((2 * 2) / Math.sqrt(6), 6) },
    { of: { kind: 'title', title: 2 }, amount: expect.closeTo(1 / 2, 6) },
  ])
})

test('settings that would fit are told where memory would not do', () => {
  const shape = { viewers: 1000, titles: 1000, watched: 1000, entries: 20_000 }
  const wide = itemBased.settings.parse({ neighbours: 1000 })
  const fitting = itemBased.fitting(shape, wide, 1_900_000)
  expect(fitting?.neighbours).toBe(50)
  expect(itemBased.memoryBytes(shape, fitting ?? wide)).toBeLessThanOrEqual(1_900_000)
})
