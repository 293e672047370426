import { expect, test } from 'vitest'
import { rollDays } from '../../src/report/roll-days.ts'

const days = (count: number, minutes: number) =>
  Array.from({ length: count }, (_, index) => ({
    day: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
    minutes,
  }))

test('few days stay days, with gaps where a source has none', () => {
  const rolled = rollDays([
    { source: 'a', days: days(3, 5) },
    { source: 'b', days: days(3, 7).slice(2) },
  ])
  expect(rolled).toEqual({
    step: 'day',
    labels: ['2026-01-01', '2026-01-02', '2026-01-03'],
    lines: [
      { source: 'a', values: [5, 5, 5] },
      { source: 'b', values: [null, null, 7] },
    ],
  })
})

test('many days become averages, so that a part of a week or month does not look like a fall', () => {
  const weeks = rollDays([{ source: 'a', days: days(200, 10) }])
  expect(weeks.step).toBe('week')
  expect(weeks.labels[0]).toBe('2025-12-29')
  expect(new Set(weeks.lines[0]?.values)).toEqual(new Set([10]))
  expect(rollDays([{ source: 'a', days: days(800, 10) }]).labels).toHaveLength(27)
})
