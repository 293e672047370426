import { expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { estimateDispersion } from '../../../src/kernels/statistics/dispersion.ts'

/** Counts of variance mean + dispersion mean², of which `bursts` are ten times as large. */
function countsOf(mean: number, dispersion: number, count: number, bursts = 0) {
  const random = new Random(4)
  return Array.from({ length: count }, (_, i) => {
    const rate = dispersion > 0 ? random.gamma(1 / dispersion, dispersion * mean) : mean
    const value = random.poisson(i < bursts ? 10 * mean : rate)
    return { square: (value - mean) ** 2, expected: mean, variance: 0 }
  })
}

test.each([0.05, 0.2, 0.5])('the dispersion %f of counts is found, also where a few are bursts', (dispersion) => {
  for (const bursts of [0, 40]) {
    const found = estimateDispersion(countsOf(30, dispersion, 4000, bursts))
    expect(found / dispersion).toBeGreaterThan(0.8)
    expect(found / dispersion).toBeLessThan(1.3)
  }
})

test('counts that vary by chance alone, or less, have next to none', () => {
  expect(estimateDispersion(countsOf(30, 0, 4000))).toBeLessThan(0.01)
  expect(estimateDispersion([{ square: 1, expected: 100, variance: 0 }])).toBe(0)
  expect(estimateDispersion([{ square: 1e9, expected: 5, variance: 0 }])).toBeCloseTo(16, 6)
})
