import { expect, test } from 'vitest'
import { compareProfiles } from '../../src/quality/drift.ts'
import { columnOf, profileOf, tableOf } from '../support/quality-profiles.ts'

test('a version does not drift from itself', () => {
  const device = columnOf('device', { categories: [{ value: 'tv', rows: 1000 }] })
  const profile = profileOf([tableOf({ columns: [device] })])
  expect(compareProfiles(profile, profile).every(({ level, change }) => level === 'none' && change === 0)).toBe(true)
})

test('volume and null rates are compared by their size', () => {
  const before = profileOf([tableOf({ columns: [columnOf('device', { nullRate: 0.1 })] })])
  const now = profileOf([tableOf({ rows: 400, columns: [columnOf('device', { nullRate: 0.15 })] })])
  expect(compareProfiles(before, now)).toMatchObject([
    { measure: 'volume', previous: 1000, current: 400, change: -0.6, level: 'major' },
    { measure: 'null_rate', column: 'device', change: expect.closeTo(0.05), level: 'moderate' },
  ])
})

test('sources and categories that come and go are named', () => {
  const categories = (values: string[]) => values.map((value) => ({ value, rows: 500 }))
  const before = profileOf([
    tableOf({ columns: [columnOf('device', { categories: categories(['tv', 'phone']) })] }),
    tableOf({ source: 'old' }),
  ])
  const now = profileOf([
    tableOf({ columns: [columnOf('device', { categories: categories(['tv', 'watch']) })] }),
    tableOf({ source: 'new' }),
  ])
  const rows = compareProfiles(before, now).filter(({ measure }) => measure.endsWith('appeared'))
  expect(rows.map(({ measure, value, source }) => [measure, value ?? source])).toEqual([
    ['category_appeared', 'watch'],
    ['category_disappeared', 'phone'],
    ['source_appeared', 'new'],
    ['source_disappeared', 'old'],
  ])
})
