import { expect, test } from 'vitest'
import type { TermCount } from '../../../src/discovery/keywords/count-terms.ts'
import { commonest, hottest, isCollocation } from '../../../src/discovery/keywords/model.ts'

const term = (key: string, own: number, others: number, script: TermCount['script'] = 'other'): TermCount => ({
  key,
  parts: key.split(' '),
  script,
  form: key,
  own,
  now: own,
  before: others,
  others,
})
const sums = (own: number, others: number) => ({
  own: { han: 0, other: own },
  others: { han: 0, other: others },
  now: { han: 0, other: own },
  before: { han: 0, other: others },
})
const chosen = { leastViewers: 3, falseDiscoveries: 0.05, limit: 20 }

test('what is said more on one side is surest where many said it', () => {
  const terms = [term('dragon', 60, 20), term('music', 40, 400), term('rare', 9, 0), term('slow', 2, 0)]
  const found = hottest(terms, sums(1000, 10_000), ['own', 'others'], chosen)
  expect(found.map(({ term: { key } }) => key)).toEqual(['dragon', 'rare'])
  expect(found[0]?.low).toBeLessThan(found[0]?.ratio ?? 0)
  expect(found[0]?.low).toBeGreaterThan(10)
  expect(hottest(terms, sums(1000, 0), ['own', 'others'], chosen)).toEqual([])
})

test('words that are as common as elsewhere are not called hot, however many there are', () => {
  const same = Array.from({ length: 500 }, (_, index) => term(`w${index}`, 20 + (index % 7), 200 + (index % 11) * 5))
  const total = (side: 'own' | 'others') => same.reduce((sum, one) => sum + one[side], 0)
  expect(hottest(same, sums(total('own'), total('others')), ['own', 'others'], chosen)).toEqual([])
})

test('Chinese is compared with Chinese, and stray shouts of another script with nothing', () => {
  const terms = [term('骑士', 50, 0, 'han'), term('龙', 50, 500, 'han'), term('gg', 9, 0)]
  const totals = {
    ...sums(20, 5000),
    own: { han: 1000, other: 20 },
    others: { han: 10_000, other: 5000 },
  }
  expect(hottest(terms, totals, ['own', 'others'], chosen).map(({ term: { key } }) => key)).toEqual(['骑士'])
})

test('a word that is said in a phrase gives way to it', () => {
  const terms = [
    term('plot', 100, 900),
    term('twist', 40, 10),
    term('plot twist', 35, 8),
    term('plot twist end', 30, 1),
  ]
  expect(commonest(terms, 9).map(({ term: { key } }) => key)).toEqual(['plot', 'plot twist end'])
  expect(commonest(terms, 1).map(({ term: { key } }) => key)).toEqual(['plot'])
})

test('phrases are words that are hardly without each other', () => {
  const all = new Map(
    [term('plot', 40, 0), term('twist', 30, 0), term('good', 400, 0), term('movie', 500, 0)].map((one) => [
      one.key,
      one,
    ]),
  )
  const of = (key: string) => all.get(key)
  expect(isCollocation(term('plot twist', 20, 0), 5000, of)).toBe(true)
  expect(isCollocation(term('good movie', 45, 0), 5000, of)).toBe(false)
  expect(isCollocation(term('plot', 40, 0), 5000, of)).toBe(true)
})
