import { expect, test } from 'vitest'
import type { HotRow } from '../../../src/report/report-data.ts'
import { findLeader, findMovers, writeMove } from '../../../src/report/section/hot-lists.ts'

const row = (name: string, growth: number | null, significant: boolean): HotRow => ({
  name,
  volumeMinutes: 1_200_000,
  growth,
  growthLow: growth === null ? null : growth - 0.1,
  growthHigh: growth === null ? null : growth + 0.1,
  significant,
  rank: 1,
  rankBefore: null,
  why: [],
})

test('the leader is named with volume, growth and interval', () => {
  expect(findLeader([row('X', 0.34, true)]).en).toBe(
    '“\u2068X\u2069” leads with a heat of 1.2M; plays +34% [+24%, +44%]',
  )
  expect(findLeader([row('X', -0.03, false)]).en).toBe(
    '“\u2068X\u2069” leads with a heat of 1.2M; no clear change in plays (-3% [-13%, +7%])',
  )
  expect(findLeader([row('X', null, false)]).zh).toBe('“\u2068X\u2069” 居首，热度 120万')
})

test('only a significant change is called one', () => {
  expect(findMovers([row('X', 4, false)]).en).toBe('No change is large enough to rule out chance')
  expect(findMovers([row('X', 4, false), row('Y', 0.5, true)]).en).toContain('“\u2068Y\u2069” grew most')
  expect(findMovers([row('X', 4, false), row('Y', -0.5, true), row('Z', -0.2, true)]).en).toBe(
    '“\u2068Y\u2069” fell most, -50% [-60%, -40%]; of 3, 0 rose and 2 fell significantly',
  )
})

test('a move reads without its arrow', () => {
  expect(writeMove(2, 5).en).toBe('▲ up 3')
  expect(writeMove(5, 2).zh).toBe('▼ 降 3')
  expect(writeMove(1, null).en).toBe('new')
  expect(writeMove(1, 1).zh).toBe('= 持平')
})
