import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ListRequest, listTitles } from '../../src/recommend/list-titles.ts'
import { tastes } from '../support/tastes.ts'

const facts = (title: number) => (tastes().facts ?? [])[title] as never
const requestOf = (titles: number, change: Partial<ListRequest> = {}): ListRequest => ({
  ...{ count: 5, isAllowed: new Uint8Array(titles).fill(1), boosts: new Map(), pins: [] },
  ...{ diversity: 0, exploration: 0, seed: 3, ...change },
})
const scores = () => Float64Array.from({ length: 12 }, (_, title) => 12 - title)
const titlesOf = (change: Partial<ListRequest>, of = scores()) =>
  listTitles(of, requestOf(of.length, change), facts).map(({ title }) => title)

describe('a list of titles', () => {
  test('is in the order of the scores', () => {
    expect(titlesOf({})).toEqual([0, 1, 2, 3, 4])
  })

  test('leaves out what is not allowed, and is shorter where nothing else is left', () => {
    const isAllowed = Uint8Array.from(scores(), (_, title) => (title % 5 === 1 ? 1 : 0))
    expect(titlesOf({ isAllowed })).toEqual([1, 6, 11])
    expect(titlesOf({ isAllowed: new Uint8Array(12) })).toEqual([])
  })

  test('puts pins first, once each, but none that is not allowed', () => {
    const isAllowed = new Uint8Array(12).fill(1)
    isAllowed[8] = 0
    const listed = listTitles(scores(), requestOf(12, { pins: [9, 8, 9, 2], isAllowed }), facts)
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
    const listed = listTitles(scores(), requestOf(12, { boosts: new Map([[6, 0.5]]) }), facts)
    expect(listed[1]).toMatchObject({ title: 6, score: 12, boost: 6 })
    expect(titlesOf({ boosts: new Map([[0, -1]]) })).not.toContain(0)
  })

  test('a boost does not bring back what is not allowed', () => {
    const isAllowed = new Uint8Array(12).fill(1)
    isAllowed[3] = 0
    expect(titlesOf({ isAllowed, boosts: new Map([[3, 9]]) })).not.toContain(3)
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
    const all = listTitles(many(), requestOf(60, { exploration: 1 }), facts)
    expect(all.every(({ title, placedBy }) => placedBy === 'exploration' && title >= 5 && title < 50)).toBe(true)
    expect(titlesOf({ exploration: 0.5, seed: 8 }, many())).toEqual(titlesOf({ exploration: 0.5, seed: 8 }, many()))
    expect(titlesOf({ exploration: 0.5, seed: 8 }, many())).not.toEqual(titlesOf({ exploration: 0.5, seed: 9 }, many()))
  })

  test('no title comes twice, and none that is not allowed', () => {
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
        const isAllowed = Uint8Array.from(allowed, Number)
        const listed = listTitles(Float64Array.from(values), requestOf(20, { ...rest, isAllowed }), facts)
        expect(new Set(listed.map(({ title }) => title)).size).toBe(listed.length)
        expect(listed.every(({ title, score }) => isAllowed[title] === 1 && Number.isFinite(score))).toBe(true)
        expect(listed.length).toBe(Math.min(rest.count, allowed.filter(Boolean).length))
      }),
    )
  })
})
