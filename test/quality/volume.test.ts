import { expect, test } from 'vitest'
import type { TableProfile } from '../../src/quality/profile-schema.ts'
import { type DayCount, findAnomalies, measureVolume } from '../../src/quality/volume.ts'

const now = new Date('2025-03-01T00:00:00Z')
const days = (start: string, rows: readonly number[], step = 1): DayCount[] =>
  rows.map((count, index) => ({
    day: new Date(Date.parse(start) + index * step * 86_400_000).toISOString().replace(/T.*/, ''),
    rows: count,
  }))

function anomaliesOf(counts: DayCount[]) {
  const volume = measureVolume(counts, now) ?? null
  return findAnomalies({
    table: 'viewing',
    source: 's',
    rows: 0,
    columns: [],
    consistency: [],
    volume,
  } satisfies TableProfile)
}

test('days without rows count as such, and as a gap', () => {
  const volume = measureVolume([...days('2025-02-01', [5, 6, 7, 8]), ...days('2025-02-07', [9])], now)
  expect(volume).toMatchObject({
    first: '2025-02-01',
    last: '2025-02-07',
    ageDays: 22,
    longestGapDays: 2,
    period: 'day',
  })
  expect(volume?.counts.map(({ rows }) => rows)).toEqual([5, 6, 7, 8, 0, 0, 9])
})

test('a weekly series is counted by week from Monday, a sparse one not at all', () => {
  const weekly = measureVolume(days('2025-01-01', [3, 4, 5], 7), now)
  expect(weekly?.period).toBe('week')
  expect(weekly?.counts[0]).toEqual({ start: '2024-12-30', rows: 3 })
  expect(measureVolume(days('0001-01-01', [1, 1], 700_000), now)).toMatchObject({ period: null, counts: [] })
  expect(measureVolume([], now)).toBeUndefined()
})

test('a day far off the others is an anomaly, with its modified z-score', () => {
  const rows = [100, 98, 101, 99, 102, 100, 400, 100, 97, 103, 100]
  const [only, ...others] = anomaliesOf(days('2025-01-01', rows))
  expect(others).toEqual([])
  // The inner nine: median 100, deviations 2 1 1 2 0 300 0 3 3 with median 2.
  expect(only).toMatchObject({ start: '2025-01-07', rows: 400, expected: 100, period: 'day' })
  expect(only?.score).toBeCloseTo((0.6745 * 300) / 2, 6)
})

test('mostly equal days fall back to the mean deviation; too few or all equal say nothing', () => {
  const equal = Array.from({ length: 20 }, () => 10)
  expect(anomaliesOf(days('2025-01-01', equal))).toEqual([])
  expect(anomaliesOf(days('2025-01-01', equal.with(9, 90))).map(({ rows }) => rows)).toEqual([90])
  expect(anomaliesOf(days('2025-01-01', [1, 1, 900, 1, 1]))).toEqual([])
})
