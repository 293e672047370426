import { type Sql, sql } from '../engine/sql.ts'
import type { Text } from '../text.ts'
import type { Metric } from './metric.ts'

const shifted = <Id extends string>(id: Id, column: string, en: string, zh: string, formula: Text, value: Sql) => ({
  id,
  version: 1,
  column,
  name: { en, zh },
  formula,
  unit: 'minutes' as const,
  source: 'BARB consolidated audience',
  bases: ['shift'] as const,
  sql: value,
})

/** Minutes by how long after an airing they were watched. */
export const timeShiftMetrics = [
  shifted(
    'live-minutes',
    'liveMinutes',
    'Live minutes',
    '直播分钟',
    { en: 'viewer-minutes of plays that start during an airing', zh: '播出期间开始的播放' },
    sql`live_minutes`,
  ),
  shifted(
    'same-day-minutes',
    'sameDayMinutes',
    'Same-day minutes',
    '当日时移分钟',
    { en: '… after it, on the same day (UTC)', zh: '播出后当日（UTC）' },
    sql`same_day_minutes`,
  ),
  shifted(
    'shift-7-minutes',
    'shift7Minutes',
    'Minutes 1 to 7 days later',
    '第 1–7 日时移分钟',
    { en: '… 1 to 7 days after the day of the latest airing', zh: '最近一次播出后第 1–7 日' },
    sql`shift_7_minutes`,
  ),
  shifted(
    'shift-28-minutes',
    'shift28Minutes',
    'Minutes 8 to 28 days later',
    '第 8–28 日时移分钟',
    { en: '… 8 to 28 days after', zh: '第 8–28 日' },
    sql`shift_28_minutes`,
  ),
  shifted(
    'other-shift-minutes',
    'otherShiftMinutes',
    'Minutes later or before airing',
    '更晚或播出前分钟',
    { en: '… later than that, or before the first airing', zh: '更晚，或首播之前' },
    sql`other_shift_minutes`,
  ),
] as const satisfies readonly Metric[]
