import { expect, test } from 'vitest'
import { wholeDays } from '../../src/report/whole-days.ts'

const line = (minutes: readonly number[]) => ({
  source: 'a',
  days: minutes.map((value, index) => ({ day: `2026-01-${String(index + 1).padStart(2, '0')}`, minutes: value })),
})

test('a first or last day with under half a usual day is left out and named', () => {
  const { daily, partial } = wholeDays([line([40, 100, 100, 10, 100, 100, 100, 100, 60])])
  expect(partial).toEqual(['2026-01-01'])
  expect(daily[0]?.days.map(({ day }) => day)).not.toContain('2026-01-01')
  expect(daily[0]?.days).toHaveLength(8)
})

test('a short series stays whole', () => {
  expect(wholeDays([line([1, 100, 100])]).partial).toEqual([])
})
