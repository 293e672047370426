import { describe, expect, test } from 'vitest'
import { gainOf } from '../../src/advice/expected-gain.ts'
import { shortfallOf } from '../../src/advice/standing.ts'
import { Random } from '../../src/kernels/random.ts'

describe('an expected gain', () => {
  const driver = (effect: number, deviation: number) => {
    const random = new Random(5)
    const effects = Float64Array.from({ length: 2000 }, () => random.normal(effect, deviation))
    const around = { value: effect, low: effect - 2 * deviation, high: effect + 2 * deviation }
    return { aspect: 'pace', mentions: 100, satisfaction: 0, importance: around, effect: around, effects }
  }
  const usual = { mean: 0.4, meanVariance: 0, between: 0.1, within: 0.25 }
  const shortfall = (reviews: number) => shortfallOf({ reviews, sum: 0, squares: reviews / 4 }, usual)

  test('is effect times share times shortfall, between its ends', () => {
    const of = shortfall(1000)
    const gain = gainOf(driver(0.2, 0.01), of, 4000, new Random(1))
    expect(gain.value).toBeCloseTo(0.2 * 0.25 * of.value, 12)
    expect(gain.low).toBeLessThan(gain.value)
    expect(gain.high).toBeGreaterThan(gain.value)
    expect(gain.moreReviews).toBe(0)
  })

  test('with an interval across 0 says how many reviews would take it off', () => {
    const thin = shortfallOf({ reviews: 10, sum: 2, squares: 3 }, usual)
    const gain = gainOf(driver(0.2, 0.01), thin, 100, new Random(1))
    expect(gain.low).toBeLessThan(0)
    expect(gain.moreReviews).toBeGreaterThan(0)
    const enough = { ...thin, deviation: thin.deviation * Math.sqrt(10 / (11 + (gain.moreReviews ?? 0))) }
    expect(gainOf(driver(0.2, 0.01), { ...enough, value: thin.value * 1.05 }, 100, new Random(1)).low).toBeGreaterThan(
      0,
    )
  })

  test('that hangs on how much the aspect matters says so', () => {
    const gain = gainOf(driver(0.1, 0.2), shortfall(1000), 4000, new Random(1))
    expect(gain.low).toBeLessThan(0)
    expect(gain.moreReviews).toBeNull()
  })

  test('is of all reviews at most', () => {
    const of = shortfall(300)
    expect(gainOf(driver(0.2, 0), of, 200, new Random(1)).value).toBeCloseTo(0.2 * of.value, 12)
  })

  test('is the same each time', () => {
    const ask = () => gainOf(driver(0.2, 0.05), shortfall(100), 400, new Random(3))
    expect(ask()).toEqual(ask())
  })
})
