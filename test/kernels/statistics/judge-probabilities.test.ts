import { expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { logistic } from '../../../src/kernels/regression/logistic-regression.ts'
import {
  areaUnderRoc,
  calibrationError,
  meanLogLoss,
  type Predictions,
  reliability,
} from '../../../src/kernels/statistics/judge-probabilities.ts'

const of = (logit: number[], outcome: number[], weight = outcome.map(() => 1)): Predictions => ({
  logit: Float64Array.from(logit),
  outcome: Uint8Array.from(outcome),
  weight: Float64Array.from(weight),
})

test('log-loss worked by hand', () => {
  expect(meanLogLoss(of([0, Math.log(3)], [1, 1], [1, 3]))).toBeCloseTo((Math.LN2 + 3 * Math.log(4 / 3)) / 4, 12)
})

test('the area under the curve counts pairs, ties half, by weight', () => {
  expect(areaUnderRoc(of([1, 2, 3, 4], [0, 0, 1, 1]))).toBe(1)
  expect(areaUnderRoc(of([4, 3, 2, 1], [0, 0, 1, 1]))).toBe(0)
  expect(areaUnderRoc(of([1, 1, 1], [0, 1, 0]))).toBe(0.5)
  expect(areaUnderRoc(of([1, 2, 3], [0, 1, 0], [3, 1, 1]))).toBe(0.75)
  expect(areaUnderRoc(of([1, 2], [1, 1]))).toBeNaN()
})

test('probabilities that are right are calibrated; logits that are too high are not', () => {
  const random = new Random(4)
  const logit = Array.from({ length: 20_000 }, () => random.normal(-2, 1))
  const outcome = logit.map((x) => (random.uniform() < logistic(x) ? 1 : 0))
  const right = reliability(of(logit, outcome))
  expect(right.length).toBe(10)
  expect(right.map(({ weight }) => weight)).toEqual(Array(10).fill(2000))
  expect(calibrationError(right)).toBeLessThan(0.01)
  const high = logit.map((x) => x + 1)
  expect(calibrationError(reliability(of(high, outcome)))).toBeGreaterThan(0.08)
})

test('bins worked by hand', () => {
  const bins = reliability(of([0, 0, Math.log(3), Math.log(3)], [0, 1, 1, 1]), 2)
  expect(bins).toEqual([
    { predicted: 0.5, observed: 0.5, weight: 2 },
    { predicted: expect.closeTo(0.75, 12), observed: 1, weight: 2 },
  ])
  expect(calibrationError(bins)).toBeCloseTo(0.125, 12)
})
