import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { fitLogistic, logistic, logLossOf, type Samples } from '../../../src/kernels/regression/logistic-regression.ts'
import { seeds } from '../../support/kernels.ts'

function drawn(seed: number, size: number, theta: readonly number[], intercept: number): Samples {
  const random = new Random(seed)
  const columns = theta.length
  const features = Float64Array.from({ length: size * columns }, () => random.normal())
  const outcome = Uint8Array.from({ length: size }, (_, i) => {
    const x = theta.reduce((sum, one, k) => sum + one * (features[i * columns + k] as number), intercept)
    return random.uniform() < logistic(x) ? 1 : 0
  })
  return { columns, features, outcome, weight: Float64Array.from(outcome, () => 0.5 + random.uniform()) }
}

/** The penalised loss, written out. */
function loss({ columns, features, outcome, weight }: Samples, theta: readonly number[], l2: number): number {
  let sum = (l2 / 2) * theta.slice(0, columns).reduce((total, one) => total + one * one, 0)
  for (let i = 0; i < outcome.length; i++) {
    let x = theta[columns] as number
    for (let k = 0; k < columns; k++) x += (theta[k] as number) * (features[i * columns + k] as number)
    const p = 1 / (1 + Math.exp(-x))
    sum -= (weight[i] as number) * Math.log(outcome[i] === 1 ? p : 1 - p)
  }
  return sum
}

const samplesOf = (features: number[], outcome: number[], weight = outcome.map(() => 1)): Samples => ({
  columns: features.length / outcome.length,
  features: Float64Array.from(features),
  outcome: Uint8Array.from(outcome),
  weight: Float64Array.from(weight),
})

describe('logistic regression', () => {
  test('ends where no step in any direction lowers the loss', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.01, max: 20, noNaN: true }), (seed, l2) => {
        const samples = drawn(seed, 60, [1, -2, 0.5], -1)
        fc.pre(samples.outcome.includes(1) && samples.outcome.includes(0))
        const { intercept, coefficients, converged } = fitLogistic(samples, l2)
        expect(converged).toBe(true)
        const theta = [...coefficients, intercept]
        for (const k of theta.keys()) {
          const moved = (by: number) => theta.map((one, j) => (j === k ? one + by : one))
          const slope = (loss(samples, moved(1e-5), l2) - loss(samples, moved(-1e-5), l2)) / 2e-5
          expect(Math.abs(slope)).toBeLessThan(1e-4)
        }
      }),
      { numRuns: 20 },
    )
  })

  test('finds what the samples were drawn from', () => {
    const { intercept, coefficients } = fitLogistic(drawn(3, 40_000, [1, -0.5], -2), 0.1)
    expect(intercept).toBeCloseTo(-2, 1)
    expect([...coefficients]).toEqual([expect.closeTo(1, 1), expect.closeTo(-0.5, 1)])
  })

  test('an indicator alone gives the logits of the shares, and weights count like repeated samples', () => {
    const features = [0, 0, 0, 0, 1, 1, 1, 1]
    const { intercept, coefficients } = fitLogistic(samplesOf(features, [1, 0, 0, 0, 1, 1, 1, 0]), 1e-9)
    expect(intercept).toBeCloseTo(Math.log(1 / 3), 6)
    expect(intercept + (coefficients[0] as number)).toBeCloseTo(Math.log(3), 6)
    const weighed = fitLogistic(samplesOf([0, 0, 1, 1], [1, 0, 1, 0], [1, 3, 3, 1]), 1e-9)
    expect(weighed.coefficients[0]).toBeCloseTo(coefficients[0] as number, 6)
  })

  test('separable samples stay finite, and the intercept is not drawn to 0', () => {
    const fit = fitLogistic(samplesOf([-2, -1, 1, 2], [0, 0, 1, 1]), 0.01)
    expect(fit.converged).toBe(true)
    expect(fit.coefficients[0]).toBeGreaterThan(2)
    const rare = fitLogistic(samplesOf([1, -1, 1, -1], [1, 0, 0, 1], [1, 999, 999, 1]), 1e6)
    expect(rare.intercept).toBeCloseTo(Math.log(1 / 999), 4)
  })

  test('a constant feature counts nothing', () => {
    const { coefficients } = fitLogistic(samplesOf([7, -1, 7, 1, 7, 2, 7, -2], [0, 1, 1, 0]), 0.5)
    expect(coefficients[0]).toBeCloseTo(0, 9)
  })

  test.each([
    ['one-outcome', samplesOf([1, 2], [1, 1])],
    ['feature-not-finite', samplesOf([1, Number.NaN], [1, 0])],
    ['weight-not-positive', samplesOf([1, 2], [1, 0], [1, 0])],
    ['one-outcome', samplesOf([], [])],
  ])('%s is refused', (code, samples) => {
    expect(() => fitLogistic(samples, 1)).toThrow(expect.objectContaining({ code }))
  })

  test('the unit and its loss do not overflow', () => {
    expect([logistic(1000), logistic(-1000), logistic(0)]).toEqual([1, 0, 0.5])
    expect([logLossOf(800, 0), logLossOf(-800, 1), logLossOf(800, 1)]).toEqual([800, 800, 0])
  })
})
