import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { BlockedGram } from '../../../src/kernels/regression/blocked-gram.ts'
import { choosePenalty, ridge } from '../../../src/kernels/regression/ridge.ts'
import { percentileInterval } from '../../../src/kernels/statistics/bootstrap.ts'

function blockedGram(rows: readonly (readonly number[])[], blocks: number): BlockedGram {
  const gram = new BlockedGram(rows[0]?.length ?? 0, blocks)
  for (const [i, row] of rows.entries())
    gram.add(
      i % blocks,
      row.map((_, column) => column),
      row,
    )
  return gram
}

describe('ridge', () => {
  const line = [
    [1, 0, 1],
    [1, 1, 3],
    [1, 2, 5],
  ]

  test('without a penalty is least squares', () => {
    const [intercept, slope] = ridge(blockedGram(line, 1).total(), 3, 1, 0)
    expect(intercept).toBeCloseTo(1, 12)
    expect(slope).toBeCloseTo(2, 12)
  })

  test('with a penalty of 1 halves a single slope, and the line still runs through the mean', () => {
    const [intercept, slope] = ridge(blockedGram(line, 1).total(), 3, 1, 1)
    expect(slope).toBeCloseTo(1, 12)
    expect(intercept).toBeCloseTo(2, 12)
  })

  test('does not penalise controls', () => {
    const [, slope] = ridge(blockedGram(line, 1).total(), 3, 2, 1e6)
    expect(slope).toBeCloseTo(2, 9)
  })

  test('leaves out columns that follow from others, and those without values', () => {
    const rows = line.map(([one = 1, x = 0, y = 0]) => [one, x, 2 * x, 0, y])
    const [intercept, first, second, third] = ridge(blockedGram(rows, 1).total(), 5, 1, 0)
    expect([intercept, first, second, third].map((value) => Number(value?.toFixed(9)))).toEqual([1, 2, 0, 0])
  })

  test('of one row is the value of that row', () => {
    expect([...ridge(blockedGram([[1, 3, 7]], 1).total(), 3, 1, 0.1)]).toEqual([7, 0])
  })
})

describe('the penalty', () => {
  const penalties = [0, 0.1, 1, 10]
  const noise = (columns: number, rows: number, slope: number) => {
    const random = new Random(2)
    return Array.from({ length: rows }, () => {
      const x = Array.from({ length: columns }, () => random.normal())
      return [1, ...x, slope * (x[0] ?? 0) + random.normal()]
    })
  }

  test('is the largest for many columns of noise, and the model explains nothing', () => {
    const { penalty, r2 } = choosePenalty(blockedGram(noise(20, 60, 0), 60), 1, penalties)
    expect(penalty).toBe(10)
    expect(r2).toBeLessThan(0.1)
  })

  test('is small for a strong effect, and explains what rows left out let expect', () => {
    const { penalty, r2 } = choosePenalty(blockedGram(noise(2, 500, 2), 200), 1, penalties)
    expect(penalty).toBe(0)
    expect(r2).toBeCloseTo(0.8, 1)
  })
})

describe('sums of products by block', () => {
  test('of sparse rows are those of whole ones', () => {
    const sparse = new BlockedGram(4, 2)
    sparse.add(1, [0, 3], [1, 5])
    sparse.add(0, [0, 2], [1, 2])
    expect(sparse.total()).toEqual(
      blockedGram(
        [
          [1, 0, 0, 5],
          [1, 0, 2, 0],
        ],
        2,
      ).total(),
    )
    expect(sparse.rows).toBe(2)
  })

  test('drawn anew tell how far a slope is off, also of rows that come in clusters', () => {
    const random = new Random(4)
    const cluster = () => ({ x: random.normal(), shift: random.normal() })
    const rows = Array.from({ length: 150 }, cluster).flatMap(({ x, shift }) =>
      Array.from({ length: 6 }, () => [1, x, x + shift + 0.1 * random.normal()]),
    )
    const slopes = (blocks: (row: number) => number) => {
      const gram = new BlockedGram(3, 900)
      for (const [i, row] of rows.entries()) gram.add(blocks(i), [0, 1, 2], row)
      return Float64Array.from({ length: 300 }, () => ridge(gram.resampled(random), 3, 1, 0)[1] as number)
    }
    const width = ({ low, high }: { low: number; high: number }) => high - low
    const clustered = percentileInterval(slopes((row) => Math.floor(row / 6)))
    // The standard error of a slope of 150 independent pairs with unit variances is 1 / √150.
    expect(Math.abs((width(clustered) / (2 * 1.96)) * Math.sqrt(150) - 1)).toBeLessThan(0.25)
    expect(width(clustered)).toBeGreaterThan(1.8 * width(percentileInterval(slopes((row) => row))))
  })
})
