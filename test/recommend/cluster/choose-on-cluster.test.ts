import { expect, onTestFinished, test } from 'vitest'
import { rowOf } from '../../../src/kernels/matrices/sparse.ts'
import { hybrid } from '../../../src/recommend/algorithm/hybrid.ts'
import { chooseOnCluster } from '../../../src/recommend/cluster/choose-on-cluster.ts'
import type { Candidate } from '../../../src/recommend/evaluation/choose-model.ts'
import type { Algorithm } from '../../../src/recommend/recommender.ts'
import { scoresOf, testRun } from '../../contracts/recommender.ts'
import { tasteTables } from '../../support/taste-tables.ts'
import { tastes } from '../../support/tastes.ts'
import { contextOf, openWarehouse } from '../../support/warehouse.ts'

const set = tastes({ viewers: 80, titles: 40 })
const weighing = { halfLifeDays: null }

/** The embedded engine stands for a cluster that has no ALS. */
async function choose(of: typeof set, model: string, objections: readonly string[] = []) {
  const warehouse = await openWarehouse(tasteTables(of))
  onTestFinished(() => warehouse.engine.close())
  const context = { ...contextOf(warehouse), objections: async () => new Set(objections) }
  return chooseOnCluster(context, { model, weighing }, testRun)
}

function blended({ algorithm, settings, ...rest }: Candidate): Candidate {
  const members = [
    { algorithm: algorithm.name, weight: 1, settings },
    { algorithm: 'content-based', weight: 0.02, settings: {} },
  ]
  return { ...rest, algorithm: hybrid as unknown as Algorithm, settings: hybrid.settings.parse({ members }) }
}

test('chooses by viewers held out what guesses them best, and learns it from everybody', async () => {
  const { choice, size, works, model: learn } = await choose(set, 'auto')
  expect(choice.candidates.map(({ algorithm }) => algorithm.name)).toEqual(['item-based', 'popularity'])
  expect(choice.candidates.map(({ tried }) => tried)).toEqual([6, 4])
  expect(choice.why.en).toMatch(/^item-based, learned on the cluster, .* for 20 viewers held out/)
  expect(size).toEqual({ viewers: 80, titles: 40, plays: set.interactions.index.length })
  expect(works).toHaveLength(40)
  const model = await learn(blended(choice.chosen))
  for (let viewer = 0; viewer < 8; viewer++) {
    const history = rowOf(set.interactions, viewer)
    const scores = scoresOf(model, history)
    const unseen = [...scores.keys()].filter((title) => !history.index.includes(title))
    const best = unseen.sort((a, b) => (scores[b] as number) - (scores[a] as number)).slice(0, 3)
    expect(best.filter((title) => title % 4 === viewer % 4).length).toBeGreaterThanOrEqual(2)
    const by = new Set(model.explain(history, best[0] as number).map((part) => part.by))
    expect([...by].sort()).toEqual(['content-based', 'item-based'])
  }
})

test('an algorithm that is learned on one machine is refused, naming those that are not', async () => {
  await expect(choose(set, 'ease')).rejects.toMatchObject({
    code: 'not-on-cluster',
    advice: { en: expect.stringContaining('auto, popularity, item-based, ials') },
  })
})

test('viewers who object are learned nothing from', async () => {
  const { size } = await choose(set, 'popularity', ['-100', '453', '99'])
  expect(size.viewers).toBe(78)
})

test.each([
  ['auto', 'popularity'],
  ['item-based', 'item-based'],
])('of %s %s is chosen where nobody can be held out', async (model, chosen) => {
  const few = await choose(tastes({ viewers: 6, titles: 8, plays: 2 }), model)
  expect(few.choice.chosen).toMatchObject({ algorithm: { name: chosen }, ndcg100: null })
  expect((await few.model(blended(few.choice.chosen))).titles).toBe(8)
})

test('without any play there is nothing to learn', async () => {
  const { interactions, facts = [] } = tastes({ viewers: 1, titles: 8, plays: 0 })
  const none = await choose({ interactions, facts }, 'auto')
  await expect(none.model(blended(none.choice.chosen))).rejects.toMatchObject({ code: 'training-data-empty' })
})
