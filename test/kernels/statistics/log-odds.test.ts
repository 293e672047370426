import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logOdds } from '../../../src/kernels/statistics/log-odds.ts'

const counts = fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 2, maxLength: 20 })

test('a vocabulary worked by hand', () => {
  const { delta, z } = logOdds([6, 4, 0], [2, 8, 0], 10)
  // Of 20 words 8 are the first: its prior is 4 of 10.
  const expected = Math.log((6 + 4) / (10 + 10 - 6 - 4)) - Math.log((2 + 4) / (10 + 10 - 2 - 4))
  expect(delta[0]).toBeCloseTo(expected, 12)
  expect(z[0]).toBeCloseTo(expected / Math.sqrt(1 / 10 + 1 / 6), 12)
  expect([delta[2], z[2]]).toEqual([0, 0])
})

test('exchanging the texts changes signs alone, and equal shares tell nothing apart', () => {
  fc.assert(
    fc.property(counts, (pairs) => {
      const [first, second] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)]
      const [there, back] = [logOdds(first, second, 20), logOdds(second, first, 20)]
      expect([...there.z]).toEqual([...back.z].map((value) => expect.closeTo(-value, 9)))
      for (const value of logOdds(first, first, 20).delta) expect(value).toBeCloseTo(0, 12)
    }),
  )
})

test('a frequent word with a doubled share is surer than a rare one that is in one text only', () => {
  const { z } = logOdds([400, 1, 599], [200, 0, 800], 100)
  expect(z[0]).toBeGreaterThan(5)
  expect(z[1]).toBeLessThan(1)
})

test('empty texts and a single word have no odds', () => {
  expect([...logOdds([], [], 10).z]).toEqual([])
  expect([...logOdds([0, 0], [0, 0], 10).z]).toEqual([0, 0])
  expect([...logOdds([5], [9], 10).z]).toEqual([0])
  expect([...logOdds([5, 0], [0, 0], 10).z].every(Number.isFinite)).toBe(true)
})
