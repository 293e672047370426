import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adjustForDiscoveries } from '../../../src/kernels/statistics/benjamini-hochberg.ts'
import { logIncompleteBeta } from '../../../src/kernels/statistics/incomplete-beta.ts'
import { logUpperTail } from '../../../src/kernels/statistics/negative-binomial.ts'
import { shrink } from '../../../src/kernels/statistics/shrinkage.ts'
import { twoSidedP } from '../../../src/kernels/statistics/student-t.ts'

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

test('the smallest of many p-values are adjusted as with all of them', () => {
  const all = [0.001, 0.004, 0.02, ...Array.from({ length: 17 }, () => 0.9)]
  const adjusted = adjustForDiscoveries(all.slice(0, 3), all.length)
  expect(adjusted).toEqual(adjustForDiscoveries(all).slice(0, 3))
  expect(adjustForDiscoveries([], 20)).toEqual([])
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

test('the incomplete beta function equals closed forms, and its logarithm goes on where it is too small for a number', () => {
  expect(Math.exp(logIncompleteBeta(0.3, 1, 1))).toBeCloseTo(0.3, 13)
  expect(Math.exp(logIncompleteBeta(0.3, 2, 1))).toBeCloseTo(0.09, 13)
  expect(Math.exp(logIncompleteBeta(0.9, 1, 3))).toBeCloseTo(1 - 0.1 ** 3, 13)
  expect([logIncompleteBeta(0, 2, 3), logIncompleteBeta(1, 2, 3)]).toEqual([Number.NEGATIVE_INFINITY, 0])
  expect(logIncompleteBeta(1e-3, 400, 1)).toBeCloseTo(400 * Math.log(1e-3), 8)
})

/** P(X >= count) by adding up what is below. */
function plainUpperTail(count: number, mean: number, dispersion: number): number {
  const size = 1 / dispersion
  let term = (size / (size + mean)) ** size
  let below = 0
  for (let k = 0; k < count; k++) {
    below += term
    term *= ((size + k) / (k + 1)) * (mean / (size + mean))
  }
  return 1 - below
}

test('tails of negative binomial counts equal sums of their terms, with the Poisson limit', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0.1, max: 30, noNaN: true }),
      fc.double({ min: 0.01, max: 3, noNaN: true }),
      (count, mean, dispersion) => {
        const tail = plainUpperTail(count, mean, dispersion)
        expect(Math.exp(logUpperTail(count, mean, dispersion))).toBeCloseTo(tail, 10)
      },
    ),
  )
  expect(logUpperTail(0, 3, 0.5)).toBe(0)
  const poisson = 1 - Math.exp(-2) * (1 + 2 + 2 + 4 / 3)
  expect(Math.exp(logUpperTail(4, 2, 0))).toBeCloseTo(poisson, 6)
  expect(logUpperTail(4000, 10, 0)).toBeLessThan(-19_000)
  expect(logUpperTail(30, 10, 0.2)).toBeGreaterThan(logUpperTail(30, 10, 0.01))
})
