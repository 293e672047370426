import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AliasTable, Random, shuffled, zipfWeights } from '../../src/kernels/random.ts'

const draws = 40_000

function moments(draw: () => number): { mean: number; variance: number } {
  let sum = 0
  let squares = 0
  for (let i = 0; i < draws; i++) {
    const x = draw()
    sum += x
    squares += x * x
  }
  const mean = sum / draws
  return { mean, variance: squares / draws - mean * mean }
}

describe('Random', () => {
  test('gives the same stream for the same seed and another for another', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (seed, other) => {
        const stream = (from: number): number[] =>
          Array.from(
            { length: 4 },
            (
              (r) => () =>
                r.bits()
            )(new Random(from)),
          )
        expect(stream(seed)).toEqual(stream(seed))
        if (seed !== other) expect(stream(seed)).not.toEqual(stream(other))
      }),
    )
  })

  test.each([
    ['uniform', (r: Random) => r.uniform(), 0.5, 1 / 12],
    ['integer', (r: Random) => r.integer(10), 4.5, 8.25],
    ['normal', (r: Random) => r.normal(3, 2), 3, 4],
    ['gamma', (r: Random) => r.gamma(2.5, 2), 5, 10],
    ['gamma below one', (r: Random) => r.gamma(0.5, 2), 1, 2],
    ['poisson', (r: Random) => r.poisson(3), 3, 3],
    ['poisson by rejection', (r: Random) => r.poisson(50), 50, 50],
  ] as const)('%s has its mean and variance', (_, draw, mean, variance) => {
    const random = new Random(7)
    const found = moments(() => draw(random))
    expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / draws))
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.08)
  })

  test('a uniform number is never 1 and a Poisson mean of zero gives zero', () => {
    const random = new Random(0)
    for (let i = 0; i < 10_000; i++) expect(random.uniform()).toBeLessThan(1)
    expect(random.poisson(0)).toBe(0)
  })
})

describe('AliasTable', () => {
  test('draws in proportion to the weights and never what weighs nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 12 }), (weights) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        fc.pre(total > 0)
        const table = new AliasTable(weights)
        const random = new Random(1)
        const counts = weights.map(() => 0)
        for (let i = 0; i < 4000; i++) {
          const index = table.draw(random)
          counts[index] = (counts[index] ?? 0) + 1
        }
        weights.forEach((weight, index) => {
          const share = weight / total
          if (weight === 0) expect(counts[index]).toBe(0)
          expect(Math.abs((counts[index] ?? 0) / 4000 - share)).toBeLessThan(0.05)
        })
      }),
      { numRuns: 30 },
    )
  })

  test('Zipf weights fall with the rank', () => {
    expect([...zipfWeights(3, 1)]).toEqual([1, 0.5, 1 / 3])
  })
})

test('numbers in random order are all there, each as likely in every place', () => {
  const random = new Random(3)
  const seen = Array.from({ length: 4 }, () => [0, 0, 0, 0])
  for (let time = 0; time < 4000; time++) {
    const order = shuffled(4, random)
    expect([...order].sort()).toEqual([0, 1, 2, 3])
    for (const [place, number] of order.entries()) {
      const row = seen[place] as number[]
      row[number] = (row[number] as number) + 1
    }
  }
  for (const count of seen.flat()) expect(Math.abs(count - 1000)).toBeLessThan(150)
})
