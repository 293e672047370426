import { describe, expect, test } from 'vitest'
import { gainOf } from '../../src/advice/expected-gain.ts'
import { shortfallOf, usualOf, usualOfItself } from '../../src/advice/standing.ts'
import { Random } from '../../src/kernels/random.ts'

/** Sums of `reviews` opinions around `mean` with a variance of 0.25. */
const opinions = (reviews: number, mean: number) => ({
  reviews,
  sum: reviews * mean,
  squares: reviews * mean ** 2 + 0.25 * (reviews - 1),
})

const titles = [opinions(400, 0.1), opinions(400, 0.3), opinions(400, 0.2)]

describe('a shortfall', () => {
  test('is the difference from comparable titles, and less the fewer reviews there are', () => {
    const usual = usualOf(titles, opinions(400, -0.3))
    expect(usual.mean).toBeCloseTo(0.2, 9)
    expect(usual.within).toBeCloseTo(0.25, 9)
    expect(usual.between).toBe(0.01)
    const many = shortfallOf(opinions(400, -0.3), usual)
    const few = shortfallOf(opinions(10, -0.3), usual)
    expect(many.value).toBeCloseTo((0.01 / (0.01 + 0.25 / 400)) * 0.5, 9)
    expect(few.value).toBeLessThan(many.value)
    expect(few.deviation).toBeGreaterThan(many.deviation)
    expect(few.satisfaction).toBeCloseTo(-0.3, 9)
  })

  test('is negative where a title does better', () => {
    expect(shortfallOf(opinions(100, 0.8), usualOf(titles, opinions(100, 0.8))).value).toBeLessThan(0)
  })

  test('of reviews that all agree keeps an error', () => {
    const same = { reviews: 4, sum: -4, squares: 4 }
    expect(shortfallOf(same, usualOf([same, same, same], same)).deviation).toBeGreaterThan(0)
  })

  test('without comparable titles is that from the mean of the title itself', () => {
    const usual = usualOfItself([opinions(300, 0.4), opinions(100, -0.4)])
    expect(usual.mean).toBeCloseTo(0.2, 9)
    expect(shortfallOf(opinions(100, -0.4), usual).value).toBeCloseTo(0.6, 1)
  })
})

describe('an expected gain', () => {
  const driver = (effect: number, deviation: number) => {
    const random = new Random(5)
    const effects = Float64Array.from({ length: 2000 }, () => random.normal(effect, deviation))
    const around = { value: effect, low: effect - 2 * deviation, high: effect + 2 * deviation }
    return { aspect: 'pace', mentions: 100, satisfaction: 0, importance: around, effect: around, effects }
  }
  const shortfall = (reviews: number) =>
    shortfallOf(opinions(reviews, 0), { mean: 0.4, meanVariance: 0, between: 0.1, within: 0.25 })

  test('is effect times share times shortfall, between its ends', () => {
    const of = shortfall(1000)
    const gain = gainOf(driver(0.2, 0.01), of, 4000, new Random(1))
    expect(gain.value).toBeCloseTo(0.2 * 0.25 * of.value, 12)
    expect(gain.low).toBeLessThan(gain.value)
    expect(gain.high).toBeGreaterThan(gain.value)
    expect(gain.moreReviews).toBe(0)
  })

  test('with an interval across 0 says how many reviews would take it off', () => {
    const thin = shortfallOf(opinions(10, 0.2), { mean: 0.4, meanVariance: 0, between: 0.1, within: 0.25 })
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
})
