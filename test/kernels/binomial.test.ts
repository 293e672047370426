import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logBinomialTail, shareInterval } from '../../src/kernels/binomial.ts'

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

test('the interval of a share equals a printed one, lies in 0 to 1 and holds the share', () => {
  // Newcombe 1998, table I: 81 of 263 and 0 of 20.
  const printed = shareInterval(81, 263, 1.959964)
  expect([printed.low, printed.high].map((end) => Number(end.toFixed(4)))).toEqual([0.2553, 0.3662])
  expect(shareInterval(0, 20, 1.959964).high).toBeCloseTo(0.1611, 4)
  expect(shareInterval(0, 0, 2)).toEqual({ low: 0, high: 1 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, share) => {
      const successes = Math.round(share * trials)
      const { low, high } = shareInterval(successes, trials, 1.96)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1)
      expect(low - 1e-12).toBeLessThanOrEqual(successes / trials)
      expect(high + 1e-12).toBeGreaterThanOrEqual(successes / trials)
    }),
  )
})
