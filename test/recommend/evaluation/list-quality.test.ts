import { describe, expect, test } from 'vitest'
import { popularity } from '../../../src/recommend/algorithm/popularity.ts'
import { hitsOf, ListJudge, listFor } from '../../../src/recommend/evaluation/list-quality.ts'
import { history, testRun, trainingSet } from '../../contracts/recommender.ts'

const gain = (rank: number) => 1 / Math.log2(rank + 1)

describe('hits', () => {
  test('count as published: recall by the lesser of list and targets, gains by rank', () => {
    const found = hitsOf(Uint32Array.of(7, 3, 9, 1), Uint32Array.of(1, 3, 8))
    expect(found.recall20).toBeCloseTo(2 / 3, 12)
    expect(found.ndcg100).toBeCloseTo((gain(2) + gain(4)) / (gain(1) + gain(2) + gain(3)), 12)
    expect(found.reciprocalRank).toBe(1 / 2)
  })

  test('beyond the twentieth place count for Recall@50 alone', () => {
    const list = Uint32Array.from({ length: 60 }, (_, rank) => rank)
    const found = hitsOf(list, Uint32Array.of(20, 49, 50))
    expect(found.recall20).toBe(0)
    expect(found.recall50).toBeCloseTo(2 / 3, 12)
  })

  test('all of more than a hundred targets are a perfect list', () => {
    const list = Uint32Array.from({ length: 100 }, (_, rank) => rank)
    const wanted = Uint32Array.from({ length: 300 }, (_, title) => title)
    expect(hitsOf(list, wanted)).toEqual({
      recall20: 1,
      recall50: 1,
      ndcg100: expect.closeTo(1, 12),
      reciprocalRank: 1,
    })
  })

  test('none are none', () => {
    expect(hitsOf(Uint32Array.of(1), Uint32Array.of(2))).toEqual({
      recall20: 0,
      recall50: 0,
      ndcg100: 0,
      reciprocalRank: 0,
    })
  })
})

// Title 0 is watched by all four, 1 by three, 2 by two, 3 by one, 4 by nobody.
const learned = trainingSet(5, [[0, 1, 2, 3], [0, 1, 2], [0, 1], [0]])
const heldOut = { foldIn: trainingSet(5, [[3]]).interactions, target: trainingSet(5, [[1, 4]]).interactions }

test('a list holds nothing that was told', async () => {
  const model = await popularity.train(learned, { halfLifeDays: null }, testRun)
  expect([...listFor(model, history(0, 3), new Float64Array(5))]).toEqual([1, 2, 4])
})

test('a list is judged by what the viewers learned from watched', async () => {
  const model = await popularity.train(learned, { halfLifeDays: null }, testRun)
  const quality = new ListJudge(learned.interactions, heldOut).judge(model, testRun.signal)
  // The list is 0, 1, 2, 4.
  expect(quality.recall20[0]).toBe(1)
  expect(quality.novelty[0]).toBeCloseTo((0 - Math.log2(3 / 4) + 1 + 3) / 4, 12)
  const cosines = [3 / Math.sqrt(12), 2 / Math.sqrt(8), 2 / Math.sqrt(6), 0, 0, 0]
  expect(quality.diversity[0]).toBeCloseTo(1 - cosines.reduce((sum, one) => sum + one, 0) / 6, 12)
  expect(quality.popularityLift[0]).toBeCloseTo((4 + 3 + 2 + 0) / 4 / 1, 12)
  expect(quality.coverage).toBe(4 / 5)
})
