import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adjustForDiscoveries } from '../../src/kernels/benjamini-hochberg.ts'
import { shrink } from '../../src/kernels/shrinkage.ts'
import { twoSidedP } from '../../src/kernels/student-t.ts'

test('tails of Student t equal printed tables', () => {
  expect(twoSidedP(12.7062, 1)).toBeCloseTo(0.05, 6)
  expect(twoSidedP(2.228139, 10)).toBeCloseTo(0.05, 6)
  expect(twoSidedP(2.063899, 24)).toBeCloseTo(0.05, 6)
  expect(twoSidedP(0, 5)).toBe(1)
})

test('Benjamini-Hochberg on a list worked by hand', () => {
  const adjusted = adjustForDiscoveries([0.01, 0.04, 0.03, 0.005])
  expect(adjusted.map((value) => Number(value.toFixed(6)))).toEqual([0.02, 0.04, 0.04, 0.02])
})

test('adjusted values are never below the raw ones and never above 1', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (values) => {
      const adjusted = adjustForDiscoveries(values)
      values.forEach((value, index) => {
        expect(adjusted[index]).toBeGreaterThanOrEqual(value)
        expect(adjusted[index]).toBeLessThanOrEqual(1)
      })
    }),
  )
})

test('shrinkage lies between the estimate and the mean, and pulls uncertain ones further', () => {
  const { mean, between, values } = shrink([0, 0, 3, 3], [0.1, 1, 0.1, 1])
  expect(mean).toBeCloseTo(1.5, 12)
  expect(between).toBeGreaterThan(0)
  expect(values[2]?.mean).toBeGreaterThan(values[3]?.mean ?? 9)
  expect(values[3]?.mean).toBeGreaterThan(mean)
  expect(shrink([1, 1], [1, 1])).toMatchObject({ between: 0, values: [{ mean: 1 }, { mean: 1 }] })
  expect(shrink([], []).mean).toBe(0)
})
