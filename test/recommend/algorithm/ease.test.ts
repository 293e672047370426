import { expect, test } from 'vitest'
import type { z } from 'zod'
import { ease } from '../../../src/recommend/algorithm/ease.ts'
import { trainRecommender } from '../../../src/recommend/train-recommender.ts'
import { history, recommenderContract, scoresOf, testRun, trainingSet } from '../../contracts/recommender.ts'

const settings = (chosen: Partial<z.output<typeof ease.settings>>) => ease.settings.parse(chosen)

recommenderContract(ease, { settings: settings({ l2: 20, dropout: 0.5, rarity: 0.2 }) })

test('of two titles the coefficients are those of ridge regression', async () => {
  // Title 0 watched by three, title 1 by two, both by one: 1 from 0 is 1 / (3 + l2), 0 from 1 is 1 / (2 + l2).
  const set = trainingSet(2, [[0, 1], [0], [0], [1]])
  const model = await ease.train(set, settings({ l2: 5, dropout: 0 }), testRun)
  expect(scoresOf(model, history(0))[1]).toBeCloseTo(1 / 8, 6)
  expect(scoresOf(model, history(1))[0]).toBeCloseTo(1 / 7, 6)
  expect(scoresOf(model, history(0))[0]).toBe(0)
})

test('dropout adds to l2 in proportion to the plays, rarity divides by a power of the viewers', async () => {
  // As above, with l2 + 3 for title 0 and l2 + 2 for title 1; three viewers of title 0 and two of title 1.
  const set = trainingSet(2, [[0, 1], [0], [0], [1]])
  const model = await ease.train(set, settings({ l2: 5, dropout: 0.5, rarity: 0.5 }), testRun)
  expect(scoresOf(model, history(0))[1]).toBeCloseTo(1 / 11 / Math.sqrt(2), 6)
  expect(scoresOf(model, history(1))[0]).toBeCloseTo(1 / 9 / Math.sqrt(3), 6)
})

test('with fewer viewers than titles the coefficients are those of the inverse over titles', async () => {
  const rows = [
    [0, 1, 2],
    [1, 3, 4, 5],
    [0, 4, 6],
    [2, 5, 7],
  ]
  // Viewers who watched nothing leave the solution as it is, and the way to it over titles.
  const idle = Array.from({ length: 10 }, () => [])
  const chosen = settings({ l2: 2, dropout: 0.3, rarity: 0.1 })
  const byViewers = await ease.train(trainingSet(8, rows), chosen, testRun)
  const byTitles = await ease.train(trainingSet(8, [...rows, ...idle]), chosen, testRun)
  for (let title = 0; title < 8; title++) {
    const [one, other] = [byViewers, byTitles].map((model) => scoresOf(model, history(title)))
    for (let to = 0; to < 8; to++) expect(one?.[to]).toBeCloseTo(other?.[to] as number, 5)
  }
})

test('a title of one viewer with nothing else keeps finite coefficients however small l2 is', async () => {
  const model = await ease.train(trainingSet(3, [[0], [1, 2]]), settings({ l2: 1e-9 }), testRun)
  expect([...scoresOf(model, history(0))]).toEqual([0, 0, 0])
})

test('a singular Gram matrix is told as such', async () => {
  const alike = trainingSet(
    3,
    Array.from({ length: 50 }, () => [0, 1, 2]),
  )
  await expect(ease.train(alike, settings({ l2: 1e-7, dropout: 0 }), testRun)).rejects.toMatchObject({
    code: 'matrix-singular',
  })
})

test('a catalogue too large for its matrix is refused before anything is taken', async () => {
  const wide = trainingSet(40_000, [Array.from({ length: 40_000 }, (_, title) => title)])
  await expect(trainRecommender(ease, wide, settings({ l2: 300 }), testRun)).rejects.toMatchObject({
    code: 'too-much-memory',
    value: expect.any(Number),
  })
})

test('a training that is aborted half-way ends with the reason', async () => {
  const stop = new AbortController()
  const set = trainingSet(300, [Array.from({ length: 300 }, (_, title) => title)])
  const run = { ...testRun, signal: stop.signal, onPass: () => stop.abort(new Error('enough')) }
  await expect(ease.train(set, settings({ l2: 1 }), run)).rejects.toThrow('enough')
})

test('titles that nobody watched cost nothing and score nothing', async () => {
  const wide = trainingSet(200_000, [[0, 1], [0], [1, 199_999]])
  const model = await trainRecommender(ease, wide, settings({ l2: 5 }), testRun)
  const scores = scoresOf(model, history(1, 7))
  expect(scores[7]).toBe(0)
  expect(scores[199_999]).toBeGreaterThan(0)
  expect(model.explain(history(1, 7), 199_999)).toEqual([{ of: { kind: 'title', title: 1 }, amount: scores[199_999] }])
  expect(model.explain(history(1), 7)).toEqual([])
  expect(model.similar(7, 5)).toEqual([])
  expect(model.similar(1, 5).map(({ title }) => title)).toContain(199_999)
})
