import { describe, expect, test } from 'vitest'
import { contentBased } from '../../../src/recommend/algorithm/content-based.ts'
import type { TitleFacts } from '../../../src/recommend/recommender.ts'
import { history, recommenderContract, scoresOf, testRun, trainingSet } from '../../contracts/recommender.ts'

recommenderContract(contentBased)

const nothing: TitleFacts = {
  ...{ name: '', genres: [], directors: [], actors: [], countries: [], languages: [], tags: [] },
}
const facts: TitleFacts[] = [
  { ...nothing, synopsis: 'A detective hunts a killer', genres: ['Crime'], directors: ['Ann Lee'] },
  { ...nothing, synopsis: 'Killers and the detectives after them', genres: ['Drama'] },
  { ...nothing, synopsis: '一名警察追捕连环杀手', genres: ['Crime'] },
  { ...nothing, synopsis: '退休警察的生活', directors: ['Ann Lee'] },
  { ...nothing, synopsis: 'Two gardeners fall in love', genres: ['Romance'] },
]
const set = { ...trainingSet(5, [[0]]), facts }
const train = (change: object = {}) => contentBased.train(set, contentBased.settings.parse(change), testRun)

describe('titles are brought together', () => {
  test('by words of the synopsis, whatever their form', async () => {
    const scores = scoresOf(await train(), history(0))
    expect(scores[1]).toBeGreaterThan(0)
    expect(scores[4]).toBe(0)
  })

  test('by Chinese words', async () => {
    expect((await train({ genre: 0 })).similar(2, 5).map(({ title }) => title)).toEqual([3])
  })

  test('by people and genres', async () => {
    const model = await train({ synopsis: 0 })
    expect(
      model
        .similar(0, 5)
        .map(({ title }) => title)
        .sort(),
    ).toEqual([2, 3])
  })
})

test('a title is told by the keywords it shares, each with its field and in its own form', async () => {
  const terms = (await train()).explain(history(0), 1).map(({ of }) => of)
  expect(terms).toEqual(
    expect.arrayContaining([
      { kind: 'term', term: 'detective', field: 'synopsis' },
      { kind: 'term', term: 'killer', field: 'synopsis' },
    ]),
  )
})

test('the score is the weighted cosine', async () => {
  const only = (...shared: string[][]) => shared.map((tags) => ({ ...nothing, tags }))
  const tagged = { ...trainingSet(4, [[0]]), facts: only(['a', 'b'], ['a'], ['b', 'c'], ['c']) }
  const model = await contentBased.train(tagged, contentBased.settings.parse({ tag: 2 }), testRun)
  // Each of a, b, c is told of two titles, so that all weigh the same.
  expect([...scoresOf(model, history(0))].map((score) => Number(score.toFixed(5)))).toEqual([
    2,
    Number(Math.SQRT2.toFixed(5)),
    1,
    0,
  ])
})

test('without facts about titles it cannot learn, and says so', async () => {
  await expect(
    contentBased.train(trainingSet(3, [[0, 1]]), contentBased.settings.parse({}), testRun),
  ).rejects.toMatchObject({ code: 'title-facts-missing' })
})
