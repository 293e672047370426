import type { Text } from '../text.ts'

/**
 * What happens to a row that breaks a rule: `quarantine` keeps it out and in the quarantine, `duplicate` counts it as a
 * copy of a row that is kept, `warn` accepts and counts it, `off` does not look.
 */
export const severities = ['quarantine', 'duplicate', 'warn', 'off'] as const
export type Severity = (typeof severities)[number]

/**
 * Where a rule can be decided: while a file is split into `record`s, on one `row` by itself, or across all rows of a
 * kind (`table`).
 */
export type RuleScope = 'record' | 'row' | 'table'

export interface Rule {
  readonly id: string
  readonly scope: RuleScope
  readonly severity: Severity
  readonly parameters: Readonly<Record<string, number>>
  /** The standard or convention that the rule comes from. */
  readonly standard: string
  readonly message: Text
}

const nrta = 'NRTA, notice on the statistics of valid online-audiovisual audience, January 2024'
const house = 'Marquee'

/** Every cleaning rule, in the order in which reasons are listed. */
export const rules = [
  {
    id: 'malformed-row',
    scope: 'record',
    severity: 'quarantine',
    parameters: { maximumBytes: 16_000_000 },
    standard: 'RFC 4180',
    message: {
      en: 'The row is not well formed: too few or too many fields, an unclosed quote, a NUL or bytes that are not text.',
      zh: '行格式不正确：字段过多或过少、引号未闭合、含 NUL 或无法解码的字节。',
    },
  },
  {
    id: 'summary-row',
    scope: 'row',
    severity: 'quarantine',
    parameters: {},
    standard: house,
    message: {
      en: 'The row is a total of the table or a note below it, no record.',
      zh: '该行是表格的合计或表末说明，不是数据行。',
    },
  },
  {
    id: 'required-missing',
    scope: 'row',
    severity: 'quarantine',
    parameters: {},
    standard: 'ISO/IEC 25012 completeness',
    message: { en: 'A required value is missing.', zh: '缺少必填值。' },
  },
  {
    id: 'unparseable',
    scope: 'row',
    severity: 'quarantine',
    parameters: {},
    standard: 'ISO/IEC 25012 accuracy',
    message: { en: 'A value cannot be read as its type.', zh: '值无法按其类型解析。' },
  },
  {
    id: 'non-positive-duration',
    scope: 'row',
    severity: 'quarantine',
    parameters: {},
    standard: house,
    message: { en: 'The duration is zero or negative.', zh: '时长为零或负数。' },
  },
  {
    id: 'excessive-duration',
    scope: 'row',
    severity: 'quarantine',
    parameters: { maximumHours: 24 },
    standard: house,
    message: { en: 'One play lasts longer than a day.', zh: '单次播放超过一天。' },
  },
  {
    id: 'start-in-future',
    scope: 'row',
    severity: 'quarantine',
    parameters: { toleranceHours: 24 },
    standard: house,
    message: { en: 'It starts after the time of the build.', zh: '开始时间晚于构建时间。' },
  },
  {
    id: 'marked-bot',
    scope: 'row',
    severity: 'quarantine',
    parameters: {},
    standard: nrta,
    message: { en: 'The source marks the viewer as a bot.', zh: '来源将该观众标记为机器人。' },
  },
  {
    id: 'exact-duplicate',
    scope: 'table',
    severity: 'duplicate',
    parameters: {},
    standard: 'ISO/IEC 25012 consistency',
    message: {
      en: 'Every value equals those of an earlier row of the same source.',
      zh: '与同一来源较早的一行完全相同。',
    },
  },
  {
    id: 'duplicate-key',
    scope: 'table',
    severity: 'duplicate',
    parameters: {},
    standard: nrta,
    message: { en: 'The play id was counted already.', zh: '播放编号已计数。' },
  },
  {
    id: 'cross-source-duplicate',
    scope: 'table',
    severity: 'duplicate',
    parameters: { toleranceSeconds: 60 },
    standard: house,
    message: { en: 'A source of higher priority reports the same play.', zh: '优先级更高的来源已报告同一次播放。' },
  },
  {
    id: 'invalid-viewer',
    scope: 'table',
    severity: 'quarantine',
    parameters: { maximumPerMinute: 60, maximumPerDay: 10_000 },
    standard: nrta,
    message: { en: 'The viewer starts more plays than a person can.', zh: '该观众的播放次数超出真人可能。' },
  },
  {
    id: 'beyond-runtime',
    scope: 'table',
    severity: 'quarantine',
    parameters: { tolerance: 0.1 },
    standard: house,
    message: { en: 'One play is longer than the title runs.', zh: '单次播放时长超过片长。' },
  },
  {
    id: 'start-before-release',
    scope: 'table',
    severity: 'quarantine',
    parameters: { toleranceDays: 1 },
    standard: house,
    message: { en: 'It starts before the release date.', zh: '开始时间早于上映日期。' },
  },
  {
    id: 'beyond-next-event',
    scope: 'table',
    severity: 'warn',
    parameters: { toleranceSeconds: 60 },
    standard: house,
    message: {
      en: 'It runs past the start of the next play on the same device.',
      zh: '播放时长超过同一设备下一次播放的开始时间。',
    },
  },
  {
    id: 'overlapping-session',
    scope: 'table',
    severity: 'warn',
    parameters: { toleranceSeconds: 60 },
    standard: house,
    message: {
      en: 'It overlaps a play of the same viewer on another device.',
      zh: '与同一观众在另一设备上的播放重叠。',
    },
  },
  {
    id: 'unknown-title',
    scope: 'table',
    severity: 'warn',
    parameters: {},
    standard: house,
    message: { en: 'No catalogue lists the title or its series.', zh: '片库中没有该片名，也没有其所属剧集。' },
  },
] as const satisfies readonly Rule[]

export type RuleId = (typeof rules)[number]['id']
