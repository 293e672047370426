import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { bootstrapMean, pairedDifference } from '../../../src/kernels/statistics/bootstrap.ts'

const normal = (n: number, mean: number, random: Random) =>
  Float64Array.from({ length: n }, () => random.normal(mean, 1))

describe('the interval of a mean', () => {
  test('is as wide as the standard error of a normal sample says', () => {
    const values = normal(400, 5, new Random(1))
    const { mean, low, high } = bootstrapMean(values, new Random(2))
    expect(mean).toBeCloseTo(5, 0)
    expect((high - low) / 2).toBeCloseTo(1.96 / 20, 2)
  })

  test('holds the true mean in about 19 of 20 cases', () => {
    const random = new Random(3)
    let held = 0
    for (let i = 0; i < 400; i++) {
      const { low, high } = bootstrapMean(normal(60, 0, random), random, 400)
      if (low <= 0 && 0 <= high) held += 1
    }
    expect(held / 400).toBeGreaterThan(0.91)
    expect(held / 400).toBeLessThan(0.98)
  })

  test('of one value is that value', () => {
    expect(bootstrapMean(Float64Array.of(3), new Random(1))).toEqual({ mean: 3, low: 3, high: 3 })
  })
})

describe('a paired difference', () => {
  test('is found where both vary far more than they differ', () => {
    const random = new Random(4)
    const b = normal(300, 0, random).map((value) => 10 * value)
    const a = b.map((value) => value + 0.3 + random.normal(0, 1))
    const { mean, low, pValue } = pairedDifference(a, b, random)
    expect(mean).toBeCloseTo(0.3, 0)
    expect(low).toBeGreaterThan(0)
    expect(pValue).toBeLessThan(0.01)
  })

  test('of equal samples is none', () => {
    const values = normal(50, 1, new Random(5))
    expect(pairedDifference(values, values, new Random(6))).toEqual({ mean: 0, low: 0, high: 0, pValue: 1 })
  })

  test('that is not there is significant in about 1 of 20 cases', () => {
    const random = new Random(7)
    let found = 0
    for (let i = 0; i < 400; i++) {
      if (pairedDifference(normal(60, 0, random), normal(60, 0, random), random, 400).pValue < 0.05) found += 1
    }
    expect(found / 400).toBeLessThan(0.09)
    expect(found / 400).toBeGreaterThan(0.02)
  })
})
