import { expect, test } from 'vitest'
import { rowOf } from '../../../src/kernels/matrices/sparse.ts'
import { decodeModel, encodeModel, type SavedModel } from '../../../src/models/saved-model.ts'
import { hybrid } from '../../../src/recommend/algorithm/hybrid.ts'
import { history, recommenderContract, scoresOf, testRun } from '../../contracts/recommender.ts'
import { tastes } from '../../support/tastes.ts'

recommenderContract(hybrid)

const set = tastes()
const train = (...members: { algorithm: string; weight: number }[]) =>
  hybrid.train(set, hybrid.settings.parse({ members }), testRun)

test('scores of members count by their weights, whatever their size', async () => {
  const of = rowOf(set.interactions, 4)
  const popular = scoresOf(await train({ algorithm: 'popularity', weight: 1 }), of)
  const near = scoresOf(await train({ algorithm: 'item-based', weight: 1 }), of)
  const factors = scoresOf(await train({ algorithm: 'ials', weight: 1 }), of)
  const both = scoresOf(await train({ algorithm: 'popularity', weight: 2 }, { algorithm: 'item-based', weight: 3 }), of)
  const meanSquare = (scores: Float64Array) => scores.reduce((sum, score) => sum + score ** 2, 0) / scores.length
  expect(meanSquare(popular)).toBeCloseTo(1, 9)
  expect(meanSquare(near)).toBeCloseTo(1, 9)
  expect(meanSquare(factors)).toBeCloseTo(1, 5)
  for (let title = 0; title < both.length; title++) {
    expect(both[title]).toBeCloseTo(2 * (popular[title] as number) + 3 * (near[title] as number), 9)
  }
})

test('each part of a score says which member adds it', async () => {
  const model = await train({ algorithm: 'popularity', weight: 1 }, { algorithm: 'item-based', weight: 1 })
  expect(new Set(model.explain(history(1, 5), 9).map(({ by }) => by))).toEqual(new Set(['popularity', 'item-based']))
})

test('without a history popularity alone decides', async () => {
  const model = await train({ algorithm: 'popularity', weight: 0.01 }, { algorithm: 'item-based', weight: 1 })
  expect(model.explain(history(), 3).map(({ of }) => of.kind)).toEqual(['popularity'])
})

test('an algorithm that does not exist is refused', () => {
  expect(hybrid.settings.safeParse({ members: [{ algorithm: 'hybrid', weight: 1 }] }).success).toBe(false)
})

test('a training that is cut off anywhere goes on to the same model', async () => {
  const settings = hybrid.settings.parse({
    members: [
      { algorithm: 'item-based', weight: 1 },
      { algorithm: 'ials', weight: 1, settings: { passes: 4, factors: 8, tolerance: 0 } },
      { algorithm: 'popularity', weight: 1 },
    ],
  })
  const kept: Uint8Array[] = []
  const keep = async (state: SavedModel) => {
    kept.push(encodeModel(state))
  }
  const whole = await hybrid.train(set, settings, { ...testRun, threads: 1, checkpoint: { last: undefined, keep } })
  expect(kept).toHaveLength(1 + (4 + 1) + 1)
  for (const bytes of kept) {
    const run = { ...testRun, threads: 1, checkpoint: { last: decodeModel(bytes, 'training'), keep: async () => {} } }
    const resumed = await hybrid.train(set, settings, run)
    expect(scoresOf(resumed, history(1, 9))).toEqual(scoresOf(whole, history(1, 9)))
  }
})
