import { expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { evaluateModels } from '../../../src/recommend/evaluation/evaluate-models.ts'
import { type Split, splitByViewer } from '../../../src/recommend/evaluation/held-out.ts'
import { testRun, trainingSet } from '../../contracts/recommender.ts'
import { tastes } from '../../support/tastes.ts'

const [split] = splitByViewer(tastes({ viewers: 120 }), 20, 1, new Random(1)) as [Split]
const names = ['popularity', 'content-based']

test('settings are chosen without a look at what is to be guessed', { timeout: 60_000 }, async () => {
  const chosen = async (heldOut: Split['heldOut']) => {
    const { models } = await evaluateModels({ train: split.train, heldOut }, names, testRun)
    return { models, settings: new Map(models.map(({ name, candidate }) => [name, candidate])) }
  }
  const other = {
    foldIn: trainingSet(60, [[59]]).interactions,
    target: trainingSet(60, [[58, 57]]).interactions,
  }
  const [before, after] = [await chosen(split.heldOut), await chosen(other)]
  expect(after.settings).toEqual(before.settings)
  expect(after.models[0]?.estimates.ndcg100.mean).not.toBe(before.models[0]?.estimates.ndcg100.mean)
})

test('lists that follow from few titles are judged of the best model, popularity and auto', {
  timeout: 60_000,
}, async () => {
  const { models } = await evaluateModels(split, ['content-based', 'popularity'], testRun)
  expect(models.map(({ name }) => name)).toEqual(['content-based', 'popularity'])
  for (const { coldStart } of models) expect(coldStart?.map(({ told }) => told)).toEqual(['1', '2', '5'])
})
