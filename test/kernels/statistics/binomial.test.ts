import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logBinomialTail } from '../../../src/kernels/statistics/binomial.ts'

/** P(X >= count) by adding up. */
function plainTail(count: number, trials: number, probability: number): number {
  let [term, sum] = [(1 - probability) ** trials, 0]
  for (let k = 0; k <= trials; k++) {
    if (k >= count) sum += term
    term *= ((trials - k) / (k + 1)) * (probability / (1 - probability))
  }
  return sum
}

test('the binomial tail equals the sum of its terms', () => {
  const given = fc.record({
    trials: fc.integer({ min: 1, max: 40 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    probability: fc.double({ min: 0.02, max: 0.98, noNaN: true }),
  })
  fc.assert(
    fc.property(given, ({ trials, share, probability }) => {
      const count = Math.round(share * trials)
      const plain = plainTail(count, trials, probability)
      expect(Math.abs(Math.exp(logBinomialTail(count, trials, probability)) - plain)).toBeLessThan(1e-9 + 1e-7 * plain)
    }),
  )
  expect([logBinomialTail(0, 5, 0.1), logBinomialTail(6, 5, 0.1)]).toEqual([0, Number.NEGATIVE_INFINITY])
  expect(logBinomialTail(3000, 3000, 0.5)).toBeCloseTo(3000 * Math.log(0.5), 6)
})
