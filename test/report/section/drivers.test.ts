import { expect, test } from 'vitest'
import { findDriver, placeDrivers } from '../../../src/report/section/drivers.ts'

const outcome = { en: 'rating', zh: '评分' }
const row = (en: string, importance: number, satisfaction: number, effectLow = 0.1) => ({
  ...{ name: { en, zh: en }, mentions: 100, satisfaction },
  ...{ importance, importanceLow: importance / 2, importanceHigh: 2 * importance },
  ...{ effect: 0.2, effectLow, effectHigh: 0.3 },
})

test('aspects are placed by the means of all', () => {
  const rows = [row('a', 0.2, -0.4), row('b', 0.2, 0.4), row('c', 0.02, -0.4), row('d', 0.02, 0.4)]
  expect(rows.map(placeDrivers(rows))).toEqual(['fix', 'keep', 'wait', 'enough'])
})

test('what matters, surely, and is judged worse is told, else what matters most', () => {
  const rows = [row('Acting', 0.3, 0.5), row('Pace', 0.25, -0.5), row('Music', 0.01, 0.2)]
  expect(findDriver({ outcome, rows })).toEqual({
    en: 'Pace: it matters to the rating more than most aspects (25% of how it varies), and is judged worse',
    zh: 'Pace：对评分比多数方面更重要（占其方差的 25%），评价却更低',
  })
  const unsure = rows.map((one) => ({ ...one, effectLow: -0.1 }))
  expect(findDriver({ outcome, rows: unsure }).en).toBe(
    'Acting goes most with the rating: 30% of how it varies; no aspect that surely matters is judged below the others',
  )
})
