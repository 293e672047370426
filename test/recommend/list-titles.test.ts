import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { topK } from '../../src/kernels/ranking/top-k.ts'
import { type ListRequest, leaveOut, listBy, listTitles, type Ranking } from '../../src/recommend/list-titles.ts'
import { tastes } from '../support/tastes.ts'

const facts = (title: number) => (tastes().facts ?? [])[title] as never
const requestOf = (change: Partial<ListRequest> = {}): ListRequest => ({
  ...{ count: 5, boosts: new Map(), pins: [] },
  ...{ diversity: 0, exploration: 0, seed: 3, ...change },
})
/** Scores without those of `leftOut`. */
function without<S extends Float64Array>(of: S, ...leftOut: number[]): S {
  leaveOut(of, leftOut)
  return of
}
const scores = () => Float64Array.from({ length: 12 }, (_, title) => 12 - title)
const titlesOf = (change: Partial<ListRequest>, of = scores()) =>
  listTitles(of, requestOf(change), facts).map(({ title }) => title)

describe('a list of titles', () => {
  test('is in the order of the scores', () => {
    expect(titlesOf({})).toEqual([0, 1, 2, 3, 4])
  })

  test('leaves out what it is told to, and is shorter where nothing else is left', () => {
    expect(titlesOf({}, without(scores(), 0, 2, 3, 4, 5, 7, 8, 9, 10))).toEqual([1, 6, 11])
    expect(titlesOf({}, without(scores(), ...scores().keys()))).toEqual([])
  })

  test('puts pins first, once each, but none that is left out', () => {
    const listed = listTitles(without(scores(), 8), requestOf({ pins: [9, 8, 9, 2] }), facts)
    expect(listed.map(({ title, placedBy }) => [title, placedBy])).toEqual([
      [9, 'pin'],
      [2, 'pin'],
      [0, 'score'],
      [1, 'score'],
      [3, 'score'],
    ])
    expect(listed.map(({ score }) => score)).toEqual([3, 10, 12, 11, 9])
  })

  test('a boost is a share of the best score, and is told', () => {
    const listed = listTitles(scores(), requestOf({ boosts: new Map([[6, 0.5]]) }), facts)
    expect(listed[1]).toMatchObject({ title: 6, score: 12, boost: 6 })
    expect(titlesOf({ boosts: new Map([[0, -1]]) })).not.toContain(0)
  })

  test('a boost does not bring back what is left out', () => {
    expect(titlesOf({ boosts: new Map([[3, 9]]) }, without(scores(), 3))).not.toContain(3)
  })

  test('diversity brings titles unlike those before', () => {
    const genreOf = (title: number) => title % 4
    const alike = Float64Array.from({ length: 60 }, (_, title) => (genreOf(title) === 0 ? 100 : 90) - title / 10)
    expect(titlesOf({ diversity: 0 }, alike.slice()).map(genreOf)).toEqual([0, 0, 0, 0, 0])
    expect(new Set(titlesOf({ diversity: 0.7 }, alike.slice()).map(genreOf)).size).toBeGreaterThan(2)
    expect(titlesOf({ diversity: 0.7 }, alike.slice())[0]).toBe(0)
  })

  test('exploration fills places by chance, the same for the same seed', () => {
    const many = () => Float64Array.from({ length: 60 }, (_, title) => 60 - title)
    const all = listTitles(many(), requestOf({ exploration: 1 }), facts)
    expect(all.every(({ title, placedBy }) => placedBy === 'exploration' && title >= 5 && title < 50)).toBe(true)
    expect(titlesOf({ exploration: 0.5, seed: 8 }, many())).toEqual(titlesOf({ exploration: 0.5, seed: 8 }, many()))
    expect(titlesOf({ exploration: 0.5, seed: 8 }, many())).not.toEqual(titlesOf({ exploration: 0.5, seed: 9 }, many()))
  })

  test('is the same whether the best are asked for or all titles are scored', () => {
    const leftOut = [Uint32Array.of(1), Uint32Array.of(4, 7)]
    const all = Float64Array.from({ length: 60 }, (_, title) => Math.cos(title))
    const byScores = { score: (to: Float64Array) => to.set(all) }
    const byBest = {
      ...byScores,
      best: (count: number, out: readonly Uint32Array[]) => {
        const left = without(all.slice(), ...out.flatMap((titles) => [...titles]))
        return Array.from(topK(left, count), (title) => ({ title, score: left[title] as number }))
      },
    }
    const changes = [{}, { diversity: 0.6 }, { exploration: 0.7 }, { pins: [3] }, { boosts: new Map([[9, 2]]) }]
    for (const request of changes.map(requestOf)) {
      const list = (by: Ranking) => listBy(by, leftOut, request, facts, new Float64Array(60))
      expect(list(byBest)).toEqual(list(byScores))
    }
  })

  test('no title comes twice, and none that is left out', () => {
    const request = fc.record({
      count: fc.integer({ min: 1, max: 30 }),
      diversity: fc.double({ min: 0, max: 1, noNaN: true }),
      exploration: fc.double({ min: 0, max: 1, noNaN: true }),
      seed: fc.nat(),
      pins: fc.array(fc.nat(19), { maxLength: 4 }),
      allowed: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
      values: fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 20, maxLength: 20 }),
    })
    fc.assert(
      fc.property(request, ({ allowed, values, ...rest }) => {
        const leftOut = allowed.flatMap((isAllowed, title) => (isAllowed ? [] : [title]))
        const listed = listTitles(without(Float64Array.from(values), ...leftOut), requestOf(rest), facts)
        expect(new Set(listed.map(({ title }) => title)).size).toBe(listed.length)
        expect(listed.every(({ title, score }) => allowed[title] && Number.isFinite(score))).toBe(true)
        expect(listed.length).toBe(Math.min(rest.count, allowed.filter(Boolean).length))
      }),
    )
  })
})
