import { describe, expect, test } from 'vitest'
import { shortfallOf, usualOf, usualOfItself } from '../../src/advice/standing.ts'

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
