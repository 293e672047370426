import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rowOf } from '../../../src/kernels/matrices/sparse.ts'
import { userBased } from '../../../src/recommend/algorithm/user-based.ts'
import type { History } from '../../../src/recommend/recommender.ts'
import { history, recommenderContract, scoresOf, testRun, trainingSet } from '../../contracts/recommender.ts'
import { tastes } from '../../support/tastes.ts'

recommenderContract(userBased, { settings: { neighbours: 20 } })
describe('with near titles counting too', () => {
  recommenderContract(userBased, { settings: { neighbours: 20, kernel: 'cosine' } })
})

const train = (change: object, set = tastes()) => userBased.train(set, userBased.settings.parse(change), testRun)

// Viewer 0 watched 0 and 1, viewer 1 watched 1 and 2, viewer 2 watched 3.
const set = trainingSet(4, [[0, 1], [1, 2], [3]])

describe('two viewers are as near as the definition says', () => {
  test('by the chance that a play of each is of the same title', async () => {
    const scores = scoresOf(await train({ normalised: false }, set), history(0, 1))
    // sim(u, 0) = 1/2 1/2 + 1/2 1/2, sim(u, 1) = 1/2 1/2, sim(u, 2) = 0.
    expect([...scores].map((score) => Number(score.toFixed(6)))).toEqual([0.5, 0.75, 0.25, 0])
  })

  test('by the cosine, where that is divided by the nearness of each to themselves', async () => {
    const scores = scoresOf(await train({}, set), history(0, 1))
    expect(scores[2]).toBeCloseTo(1 / 2, 6)
    expect(scores[0]).toBeCloseTo(1, 6)
  })

  test('by titles that the same viewers watch', async () => {
    const near = await train({ kernel: 'cosine', normalised: false }, set)
    // Titles 0 and 1 have the cosine 1 / sqrt(2), 0 and 2 nothing in common: sim(u, 1) = 1/2 (1 / sqrt(2)).
    expect(scoresOf(near, history(0))[2]).toBeCloseTo(0.5 / Math.sqrt(2), 6)
    expect(scoresOf(await train({ normalised: false }, set), history(0))[2]).toBe(0)
  })
})

test('taken literally, with every two titles counting 1, every two viewers are as near: it ranks by popularity', async () => {
  const many = tastes({ viewers: 60 })
  const model = await train({ kernel: 'ones', normalised: false, neighbours: 60 }, many)
  const watched = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 15 })
  const sums = new Float64Array(60)
  for (let viewer = 0; viewer < 60; viewer++) {
    const { index, value } = rowOf(many.interactions, viewer)
    index.forEach((title, e) => {
      sums[title] = (sums[title] as number) + (value[e] as number)
    })
  }
  fc.assert(
    fc.property(
      watched,
      fc.array(fc.float({ min: 0.5, max: 4, noNaN: true }), { minLength: 15, maxLength: 15 }),
      (titles, weights) => {
        const of: History = {
          index: Uint32Array.from(titles),
          value: Float32Array.from(weights.slice(0, titles.length)),
        }
        const scores = scoresOf(model, of)
        for (let title = 0; title < 60; title++) expect(scores[title]).toBeCloseTo(sums[title] as number, 4)
      },
    ),
    { numRuns: 50 },
  )
})

test('only the nearest viewers are asked', async () => {
  const scores = scoresOf(await train({ neighbours: 1 }, set), history(0, 1))
  expect(scores[2]).toBe(0)
})

test('each title watched is told by what it adds', async () => {
  const model = await train({ normalised: false }, set)
  expect(model.explain(history(0, 1), 2)).toEqual([
    { of: { kind: 'title', title: 1 }, amount: expect.closeTo(0.25, 6) },
  ])
})

test('a plainer kernel is proposed where memory would not do', () => {
  const shape = { viewers: 1000, titles: 1000, watched: 1000, entries: 20_000 }
  const soft = userBased.settings.parse({ kernel: 'cosine' })
  expect(userBased.fitting(shape, soft, 600_000)?.kernel).toBe('identity')
  expect(userBased.fitting(shape, soft, 1000)).toBeUndefined()
})
