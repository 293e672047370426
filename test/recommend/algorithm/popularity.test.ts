import { expect, test } from 'vitest'
import { popularity } from '../../../src/recommend/algorithm/popularity.ts'
import { history, recommenderContract, scoresOf, testRun, trainingSet } from '../../contracts/recommender.ts'

recommenderContract(popularity, { personal: false })

test('a play counts half after a half-life', async () => {
  const set = { ...trainingSet(2, [[0], [1]]), ageDays: Float32Array.of(0, 10) }
  const model = await popularity.train(set, { halfLifeDays: 10 }, testRun)
  expect([...scoresOf(model, history())]).toEqual([1, 0.5])
})
