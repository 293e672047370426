import { expect, test } from 'vitest'
import { columnStability, populationStability } from '../../src/quality/population-stability.ts'
import { columnOf } from '../support/quality-profiles.ts'

test('the index equals a calculation by hand', () => {
  // (0.3 - 0.5) ln 0.6 + (0.7 - 0.5) ln 1.4
  expect(populationStability([0.5, 0.5], [0.3, 0.7])).toBeCloseTo(0.2 * (0.5108256 + 0.3364722), 6)
  expect(populationStability([0.25, 0.75], [0.25, 0.75])).toBe(0)
})

test('a bin that empties is finite and major', () => {
  const index = populationStability([0.5, 0.5], [0, 1])
  expect(Number.isFinite(index)).toBe(true)
  expect(index).toBeGreaterThan(0.25)
})

const uniform = (low: number, high: number) =>
  columnOf('watched_seconds', {
    type: 'DOUBLE',
    percentiles: Array.from({ length: 101 }, (_, index) => low + ((high - low) * index) / 100),
  })

test('numbers are binned by the deciles of before', () => {
  expect(columnStability(uniform(0, 100), uniform(0, 100))).toBeCloseTo(0, 10)
  // Half of the values lie above every decile but the last bin: nine bins of 0.05 and one of 0.55.
  const expected = 9 * (0.05 - 0.1) * Math.log(0.5) + 0.45 * Math.log(5.5)
  expect(columnStability(uniform(0, 100), uniform(0, 200))).toBeCloseTo(expected, 6)
})

test('many equal values make fewer bins, not infinite ones', () => {
  const spiked = columnOf('speed', {
    type: 'DOUBLE',
    percentiles: Array.from({ length: 101 }, (_, i) => (i < 60 ? 1 : 2)),
  })
  expect(columnStability(spiked, spiked)).toBeCloseTo(0, 10)
})

test('categories are compared by value, the new ones as the rest', () => {
  const before = columnOf('device', {
    categories: [
      { value: 'tv', rows: 500 },
      { value: 'phone', rows: 500 },
    ],
  })
  const now = columnOf('device', {
    categories: [
      { value: 'watch', rows: 500 },
      { value: 'tv', rows: 500 },
    ],
  })
  const expected = -0.4999 * Math.log(0.0002) + 0.4999 * Math.log(5000)
  expect(columnStability(before, now)).toBeCloseTo(expected, 6)
})

test('few values tell nothing', () => {
  const few = { ...uniform(0, 1), present: 199 }
  expect(columnStability(few, uniform(5, 6))).toBeUndefined()
  expect(columnStability(columnOf('title'), columnOf('title'))).toBeUndefined()
})
