import { type Sql, sql } from '../engine/sql.ts'
import type { Text } from '../text.ts'

/** The relations that metrics read: one row for each value of a dimension. Their columns are defined in query.ts. */
export type Base = 'minutes' | 'viewers' | 'gross' | 'sessions' | 'v30' | 'shift' | 'slot'

/** One measure of audience: what it means, in which version, and the SQL that computes it from its bases. */
export interface Metric {
  readonly id: string
  /** Rises when the formula changes. */
  readonly version: number
  /** Its name in results. */
  readonly column: string
  readonly name: Text
  readonly formula: Text
  readonly unit: 'minutes' | 'viewers' | 'plays' | 'share' | 'views' | 'count'
  readonly source: string
  readonly bases: readonly Base[]
  readonly sql: Sql
}

const house = 'Marquee'
const gbt = 'GB/T 30350'
const nrta = 'NRTA valid-play notice, January 2024'
const barb = 'BARB consolidated audience'
const averageAudience = sql`covered_minutes / NULLIF(programme_minutes, 0)`

const shifted = (id: string, column: string, en: string, zh: string, rule: Text, value: Sql): Metric => ({
  id,
  version: 1,
  column,
  name: { en, zh },
  formula: rule,
  unit: 'minutes',
  source: barb,
  bases: ['shift'],
  sql: value,
})

/** Every measure, in the order of the reference. */
export const metrics = [
  {
    id: 'viewer-minutes',
    version: 1,
    column: 'viewerMinutes',
    name: { en: 'Viewer-minutes', zh: '收视总时长（分钟）' },
    formula: { en: 'sum of watched seconds / 60', zh: '观看秒数之和 ÷ 60' },
    unit: 'minutes',
    source: house,
    bases: ['minutes'],
    sql: sql`viewer_minutes`,
  },
  {
    id: 'plays',
    version: 1,
    column: 'plays',
    name: { en: 'Plays', zh: '播放次数' },
    formula: { en: 'number of plays', zh: '播放记录数' },
    unit: 'plays',
    source: house,
    bases: ['minutes'],
    sql: sql`plays`,
  },
  {
    id: 'viewers',
    version: 1,
    column: 'viewers',
    name: { en: 'Viewers', zh: '观众数' },
    formula: { en: 'distinct viewers with any play', zh: '有任一播放的去重观众数' },
    unit: 'viewers',
    source: house,
    bases: ['viewers'],
    sql: sql`viewers`,
  },
  {
    id: 'average-minute-audience',
    version: 1,
    column: 'averageMinuteAudience',
    name: { en: 'Average minute audience', zh: '平均每分钟收视人数' },
    formula: {
      en: 'viewer-minutes / programme minutes, over titles whose programme minutes are known: the time on air where airings exist, else the runtime',
      zh: '收视分钟 ÷ 节目分钟；仅计节目时长已知者：有播出表用播出时长，否则用片长',
    },
    unit: 'viewers',
    source: gbt,
    bases: ['minutes'],
    sql: averageAudience,
  },
  {
    id: 'rating',
    version: 1,
    column: 'rating',
    name: { en: 'Rating', zh: '收视率' },
    formula: { en: 'average minute audience / universe', zh: '平均每分钟收视人数 ÷ 总体人口' },
    unit: 'share',
    source: gbt,
    bases: ['minutes'],
    sql: sql`${averageAudience} / universe`,
  },
  {
    id: 'share',
    version: 1,
    column: 'share',
    name: { en: 'Share of the period', zh: '时段内收视份额' },
    formula: {
      en: 'viewer-minutes / viewer-minutes of all titles in the same period (the length of the period cancels out)',
      zh: '收视分钟 ÷ 同一时段全部影片收视分钟（时段长度相消）',
    },
    unit: 'share',
    source: gbt,
    bases: ['minutes'],
    sql: sql`viewer_minutes / NULLIF(all_minutes, 0)`,
  },
  {
    id: 'slot-share',
    version: 1,
    column: 'slotShare',
    name: { en: 'Share of the slot', zh: '播出档期收视份额' },
    formula: {
      en: 'minutes of the title watched while it was on air / minutes of all titles watched in that time',
      zh: '影片播出期间该片被观看分钟 ÷ 同期全部影片被观看分钟',
    },
    unit: 'share',
    source: gbt,
    bases: ['slot'],
    sql: sql`slot_minutes / NULLIF(slot_all_minutes, 0)`,
  },
  {
    id: 'reach',
    version: 1,
    column: 'reach',
    name: { en: 'Reach', zh: '到达人数' },
    formula: {
      en: 'distinct viewers, whatever the source, with one stretch of at least N consecutive minutes (3 unless set); plays of one viewer and title at most 60 s apart are one stretch',
      zh: '至少连续观看 N 分钟（默认 3）的跨来源去重观众数；同一观众同一影片间隔不超过 60 秒的播放视为连续',
    },
    unit: 'viewers',
    source: gbt,
    bases: ['viewers'],
    sql: sql`reached`,
  },
  {
    id: 'gross-reach',
    version: 1,
    column: 'grossReach',
    name: { en: 'Reach, summed over sources', zh: '各来源到达人数之和' },
    formula: {
      en: 'sum of the reach in each source; above reach by those counted in several',
      zh: '各来源到达人数相加；超出到达人数的部分为跨来源重复',
    },
    unit: 'viewers',
    source: gbt,
    bases: ['gross'],
    sql: sql`gross_reached`,
  },
  {
    id: 'loyalty',
    version: 1,
    column: 'loyalty',
    name: { en: 'Loyalty', zh: '忠实度' },
    formula: { en: 'average minute audience / reach', zh: '平均每分钟收视人数 ÷ 到达人数' },
    unit: 'share',
    source: gbt,
    bases: ['minutes', 'viewers'],
    sql: sql`${averageAudience} / NULLIF(reached, 0)`,
  },
  {
    id: 'minutes-per-viewer',
    version: 1,
    column: 'minutesPerViewer',
    name: { en: 'Minutes per viewer', zh: '人均收视时长（分钟）' },
    formula: { en: 'viewer-minutes / viewers', zh: '收视分钟 ÷ 观众数' },
    unit: 'minutes',
    source: gbt,
    bases: ['minutes', 'viewers'],
    sql: sql`viewer_minutes / NULLIF(viewers, 0)`,
  },
  {
    id: 'sessions',
    version: 1,
    column: 'sessions',
    name: { en: 'Sessions', zh: '收视会话数' },
    formula: {
      en: 'stretches: plays of one viewer and title at most 60 s apart are one; counted where it starts',
      zh: '同一观众同一影片间隔不超过 60 秒的播放合为一次，计入其开始处',
    },
    unit: 'count',
    source: house,
    bases: ['sessions'],
    sql: sql`sessions`,
  },
  {
    id: 'completion-rate',
    version: 1,
    column: 'completionRate',
    name: { en: 'Completion rate', zh: '完播率' },
    formula: {
      en: 'pairs of viewer and title whose watched time reaches the threshold (0.9 unless set) of the runtime / pairs whose runtime is known',
      zh: '累计观看达到片长阈值（默认 0.9）的“观众×影片”对数 ÷ 片长已知的对数',
    },
    unit: 'share',
    source: house,
    bases: ['viewers'],
    sql: sql`completed / NULLIF(completable, 0)`,
  },
  {
    id: 'valid-plays',
    version: 1,
    column: 'validPlays',
    name: { en: 'Valid plays', zh: '有效播放次数' },
    formula: {
      en: 'plays slower than 3x, longer than 3 s, without advertising, each play id once',
      zh: '倍速低于 3、时长超过 3 秒、剔除广告、同一播放编号计一次',
    },
    unit: 'plays',
    source: nrta,
    bases: ['minutes'],
    sql: sql`valid_plays`,
  },
  {
    id: 'effective-reach',
    version: 1,
    column: 'effectiveReach',
    name: { en: 'Effective reach', zh: '有效到达人数' },
    formula: { en: 'distinct viewers with a valid play', zh: '有有效播放的去重观众数' },
    unit: 'viewers',
    source: nrta,
    bases: ['viewers'],
    sql: sql`effective_reached`,
  },
  {
    id: 'v30',
    version: 1,
    column: 'validPlaysPerEpisode30Days',
    name: { en: 'Valid plays per episode in 30 days', zh: '集均 V30' },
    formula: {
      en: 'mean over episodes (or the film itself) of the valid plays in the 30 days from the release date, else the first play; only episodes whose 30 days are over; the period filter does not apply',
      zh: '各集（或影片本身）自上线日（缺失则首次播放日）起 30 天内有效播放的均值；只计满 30 天者；不受起止日期筛选影响',
    },
    unit: 'plays',
    source: nrta,
    bases: ['v30'],
    sql: sql`v30`,
  },
  {
    id: 'views',
    version: 1,
    column: 'views',
    name: { en: 'Views', zh: '观看量' },
    formula: {
      en: 'time watched / runtime, summed over titles; for a series, time watched / the runtime of all its episodes',
      zh: '观看时长 ÷ 片长，按影片求和；剧集为观看时长 ÷ 全部集数总片长',
    },
    unit: 'views',
    source: 'Netflix Top 10, since June 2023',
    bases: ['minutes'],
    sql: sql`views`,
  },
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
    'Minutes within 7 days',
    '7 日内时移分钟',
    { en: '… 1 to 7 days after the day of the latest airing', zh: '最近一次播出后第 1–7 日' },
    sql`shift_7_minutes`,
  ),
  shifted(
    'shift-28-minutes',
    'shift28Minutes',
    'Minutes within 28 days',
    '28 日内时移分钟',
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

export type MetricId = (typeof metrics)[number]['id']
