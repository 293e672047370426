import { type Sql, sql } from '../engine/sql.ts'
import type { Text } from '../text.ts'
import type { TableName } from '../warehouse/schema.ts'

/** Something that should hold in each row; where the condition is NULL the row is not counted. */
export interface ConsistencyCheck {
  readonly id: string
  readonly table: TableName
  readonly condition: Sql
  readonly message: Text
}

const check = (id: string, table: TableName, condition: Sql, en: string, zh: string): ConsistencyCheck => ({
  id,
  table,
  condition,
  message: { en, zh },
})

/** The share of facts whose title a catalogue lists; it needs the title table and is counted apart from `consistencyChecks`. */
export const catalogued = {
  id: 'title-catalogued',
  message: { en: 'A catalogue lists the title or its series.', zh: '片名或其所属剧集在片库中。' },
} as const

/** What is counted on each table beside its rules, which only decide on rows as they are read. */
export const consistencyChecks: readonly ConsistencyCheck[] = [
  check(
    'ends-after-start',
    'viewing',
    sql`ended_at >= started_at`,
    'A play ends after it starts.',
    '播放结束不早于开始。',
  ),
  check(
    'forward-position',
    'viewing',
    sql`position_end_seconds >= position_start_seconds`,
    'A play ends at a later position than it starts.',
    '结束进度不早于起始进度。',
  ),
  check('positive-speed', 'viewing', sql`speed > 0`, 'The playback speed is positive.', '播放倍速为正。'),
  check(
    'ends-after-start',
    'airing',
    sql`ended_at > started_at`,
    'An airing ends after it starts.',
    '播出结束晚于开始。',
  ),
  check(
    'period-in-order',
    'panel_rating',
    sql`period_end >= period_start`,
    'A period ends after it starts.',
    '周期末日不早于首日。',
  ),
  check(
    'share-of-one',
    'panel_rating',
    sql`CASE WHEN measure = 'share' THEN value BETWEEN 0 AND 1 END`,
    'A share lies between 0 and 1.',
    '份额在 0 到 1 之间。',
  ),
  check(
    'ends-after-start',
    'scene',
    sql`end_seconds > start_seconds`,
    'A scene ends after it starts.',
    '场景结束晚于开始。',
  ),
  check('not-negative', 'spend', sql`amount >= 0`, 'An amount is not negative.', '金额不为负。'),
  check(
    'clicks-within-impressions',
    'spend',
    sql`clicks <= impressions`,
    'There are no more clicks than impressions.',
    '点击量不超过曝光量。',
  ),
  check(
    'period-in-order',
    'box_office',
    sql`period_end >= period_start`,
    'A period ends after it starts.',
    '周期末日不早于首日。',
  ),
  check('not-negative', 'box_office', sql`gross >= 0`, 'A gross is not negative.', '票房不为负。'),
  check('positive-runtime', 'title', sql`runtime_seconds > 0`, 'A runtime is positive.', '片长为正。'),
  check(
    'episode-has-series',
    'title',
    sql`CASE WHEN title_type IN ('season', 'episode') THEN series_id IS NOT NULL END`,
    'A season or episode belongs to a series.',
    '季和集属于某部剧集。',
  ),
]
