import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { kolmogorovSmirnov } from '../../../src/kernels/statistics/kolmogorov-smirnov.ts'

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b)

test('the distance is that of its definition, ties and all', () => {
  const sample = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(sample, sample, (left, right) => {
      const share = (values: readonly number[], at: number) => values.filter((one) => one <= at).length / values.length
      const largest = Math.max(...Array.from({ length: 9 }, (_, at) => Math.abs(share(left, at) - share(right, at))))
      expect(kolmogorovSmirnov(sorted(left), sorted(right)).distance).toBeCloseTo(largest, 12)
    }),
  )
})

test('p is that of the tables, and 1 for equal samples', () => {
  const ramp = Array.from({ length: 200 }, (_, i) => i)
  expect(kolmogorovSmirnov(ramp, ramp)).toEqual({ distance: 0, p: 1 })
  const moved = kolmogorovSmirnov(
    ramp,
    ramp.map((one) => one + 27),
  )
  expect(moved.distance).toBeCloseTo(0.135, 12)
  expect(moved.p).toBeGreaterThan(0.04)
  expect(moved.p).toBeLessThan(0.06)
})

test('samples of one distribution have p below 0.05 about once in twenty', () => {
  const random = new Random(5)
  const sample = (size: number) => sorted(Array.from({ length: size }, () => random.uniform()))
  const low = Array.from({ length: 1000 }, () => kolmogorovSmirnov(sample(60), sample(90)).p).filter((p) => p < 0.05)
  expect(low.length / 1000).toBeGreaterThan(0.02)
  expect(low.length / 1000).toBeLessThan(0.08)
})

test('without a sample there is no distance', () => {
  expect(kolmogorovSmirnov([], [1])).toEqual({ distance: Number.NaN, p: Number.NaN })
})
