import { z } from 'zod'
import { InputError } from '../errors.ts'
import { about, note, question } from '../question.ts'
import type { Text } from '../text.ts'
import { resolveTitle } from '../warehouse/resolve-title.ts'
import { dimensions } from './dimensions.ts'
import { filters } from './filters.ts'
import type { Metric } from './metric.ts'
import { type MetricId, metrics } from './metrics.ts'
import { isoWeek } from './model.ts'
import { audienceStatement } from './query.ts'

export { audienceRetention } from './retention.ts'

const metricIds = metrics.map((metric) => metric.id) as [MetricId, ...MetricId[]]
const metricById = new Map<MetricId, Metric>(metrics.map((metric) => [metric.id, metric]))
const dimensionIds = Object.keys(dimensions) as (keyof typeof dimensions)[]
const defaultMetrics: MetricId[] = [
  'viewer-minutes',
  'average-minute-audience',
  'share',
  'reach',
  'loyalty',
  'minutes-per-viewer',
  'completion-rate',
]

const metricColumns = Object.fromEntries(
  metrics.map(({ column, name, unit }) => [
    column,
    z
      .number()
      .nullable()
      .optional()
      .meta(about(name.en, name.zh, { unit })),
  ]),
)

const basis = z.enum(['airings', 'runtime', 'mixed'])

/** `marquee audience`: any measures, split by one dimension. */
export const audience = question({
  name: 'audience',
  summary: {
    en: 'Who watched how much: reach, average audience, share and more',
    zh: '收视指标：到达、平均每分钟收视人数、份额、完播率等',
  },
  examples: [
    'marquee audience',
    'marquee audience --by week --measure reach --measure share',
    'marquee audience --by title --measure rating --universe 1000000',
  ],
  parameters: z.object({
    measure: z
      .array(z.enum(metricIds))
      .default(defaultMetrics)
      .meta(about('Measures; `marquee audience metrics` lists them', '指标；可用 marquee audience metrics 列出')),
    by: z
      .enum(dimensionIds as [keyof typeof dimensions, ...(keyof typeof dimensions)[]])
      .default('title')
      .meta(about('What to split by', '拆分维度')),
    ...filters,
    title: z.string().optional().meta(about('Only this title, with its episodes', '仅此影片（含各集）')),
    universe: z
      .number()
      .positive()
      .optional()
      .meta(
        about('People in the measured population; that of marquee.yaml unless set', '总体人口，默认取自 marquee.yaml'),
      ),
    reachMinutes: z
      .number()
      .positive()
      .optional()
      .meta(
        about(
          'Consecutive minutes that count as reached; as in marquee.yaml unless set',
          '计为到达的连续分钟数，默认取自 marquee.yaml',
        ),
      ),
    completionShare: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .meta(
        about(
          'Share of the runtime that counts as completed; as in marquee.yaml unless set',
          '计为完播的片长比例，默认取自 marquee.yaml',
        ),
      ),
    order: z.enum(metricIds).optional().meta(about('Measure to sort by, largest first', '排序指标（降序）')),
    limit: z.int().positive().default(20).meta(about('Rows at most', '最多行数')),
  }),
  result: z.object({
    rows: z.array(
      z.object({
        key: z
          .string()
          .nullable()
          .meta(
            about('Title id, or the value itself; empty where the source does not say', '影片编号或维度值', {
              detail: true,
            }),
          ),
        name: z
          .string()
          .nullable()
          .meta(
            about('Title, person, genre, source, day …', '名称', { as: 'prose', short: { en: 'Name', zh: '名称' } }),
          ),
        programmeMinutesFrom: basis
          .nullable()
          .meta(about('Where the programme minutes of the average come from', '节目时长依据', { detail: true })),
        ...metricColumns,
      }),
    ),
    notes: z.array(note),
  }),
  async ask(context, parameters) {
    if (parameters.from && parameters.to && parameters.from > parameters.to) {
      throw new InputError(
        {
          en: `The first day ${parameters.from} is after the last day ${parameters.to}.`,
          zh: `起始日 ${parameters.from} 晚于结束日 ${parameters.to}。`,
        },
        {
          code: 'empty-period',
          value: parameters.from,
          advice: { en: 'Swap --from and --to.', zh: '请对调 --from 与 --to。' },
        },
      )
    }
    const { engine } = await context.warehouse()
    const { audience: defaults } = await context.settings()
    const universe = parameters.universe ?? defaults.universe[parameters.region ?? 'all'] ?? null
    const title = parameters.title === undefined ? undefined : await resolveTitle(engine, parameters.title)
    const chosen = parameters.measure.flatMap((id) => metricById.get(id) ?? [])
    const found = await engine.query(
      audienceStatement({
        by: parameters.by,
        metrics: chosen,
        order: parameters.order === undefined ? undefined : metricById.get(parameters.order),
        filter: { ...parameters, titleId: title?.titleId },
        universe,
        reachSeconds: (parameters.reachMinutes ?? defaults.reachMinutes) * 60,
        completionShare: parameters.completionShare ?? defaults.completionShare,
        limit: parameters.limit,
      }),
    )
    const rows = found.map((row) => {
      const label = row.label === null ? null : String(row.label)
      return {
        key: row.key === null || row.key === '' ? null : String(row.key),
        name: parameters.by === 'week' && label !== null ? isoWeek(label) : label,
        programmeMinutesFrom: basisOf(Number(row.aired_titles), Number(row.runtime_titles)),
        ...Object.fromEntries(chosen.map(({ column }) => [column, row[column] ?? null])),
      }
    })
    return { rows, notes: notesFor({ ...parameters, universe }, found) }
  },
})

function basisOf(aired: number, timed: number): z.output<typeof basis> | null {
  if (aired > 0) return timed > 0 ? 'mixed' : 'airings'
  return timed > 0 ? 'runtime' : null
}

function notesFor(
  parameters: { measure: readonly MetricId[]; by: keyof typeof dimensions; universe: number | null },
  rows: readonly Readonly<Record<string, unknown>>[],
): Text[] {
  const notes: Text[] = []
  const asked = (...ids: MetricId[]) => ids.some((id) => parameters.measure.includes(id))
  const total = (column: string) => rows.reduce((sum, row) => sum + Number(row[column] ?? 0), 0)
  const minutes = total('base_minutes')
  if (rows.length === 0) {
    notes.push({ en: 'There is no viewing in this selection.', zh: '所选范围内没有收视记录。' })
    return notes
  }
  const percent = (part: number) => ((100 * part) / minutes).toFixed(1)
  if (asked('average-minute-audience', 'rating', 'loyalty') && total('covered_minutes') < minutes) {
    notes.push({
      en: `Average minute audience covers ${percent(total('covered_minutes'))} % of the minutes shown: the other titles have neither airings nor a runtime.`,
      zh: `平均每分钟收视人数覆盖所示时长的 ${percent(total('covered_minutes'))}%：其余影片既无播出表也无片长。`,
    })
  }
  if (asked('completion-rate', 'views') && total('runtime_minutes') < minutes) {
    notes.push({
      en: `Completion and views cover ${percent(total('runtime_minutes'))} % of the minutes shown: the other titles have no runtime.`,
      zh: `完播率与观看量覆盖所示时长的 ${percent(total('runtime_minutes'))}%：其余影片缺少片长。`,
    })
  }
  if (asked('rating') && parameters.universe === null) {
    notes.push({
      en: 'Rating needs --universe, or audience.universe in marquee.yaml.',
      zh: '收视率需要总体人口：--universe，或 marquee.yaml 中的 audience.universe。',
    })
  }
  const { perPlay, partitions } = dimensions[parameters.by]
  if (asked('v30', 'slot-share') && perPlay) {
    notes.push({
      en: 'V30 and the share of the slot are of whole titles: there is none by source, region, device or time.',
      zh: '集均 V30 与档期份额只针对整部影片，不按来源、地区、设备或时间拆分。',
    })
  } else if (asked('v30') && rows.some((row) => row.validPlaysPerEpisode30Days === null)) {
    notes.push({
      en: 'V30 is empty where the data do not cover the thirty days from the release.',
      zh: '数据未完整覆盖上线起 30 天者，集均 V30 为空。',
    })
  }
  if (!partitions) {
    notes.push({
      en: 'A play counts for every person or genre of its title, so rows do not add up to the whole.',
      zh: '一次播放计入影片的每位人员或每个题材，各行之和大于总体。',
    })
  }
  return notes
}

/** `marquee audience metrics`: the definitions themselves. */
export const audienceMetrics = question({
  name: 'audience metrics',
  summary: { en: 'The definition of every measure', zh: '全部指标的定义' },
  examples: ['marquee audience metrics'],
  parameters: z.object({}),
  result: z.object({
    rows: z.array(
      z.object({
        id: z.enum(metricIds).meta(about('Measure', '指标', { as: 'prose' })),
        version: z.number().meta(about('Version of the definition', '定义版本', { detail: true })),
        name: note.meta(about('Name', '名称', { as: 'prose' })),
        formula: note.meta(about('Formula', '公式', { as: 'prose' })),
        unit: z.string().meta(about('Unit', '单位')),
        source: z.string().meta(about('Standard or convention', '出处', { as: 'prose' })),
      }),
    ),
    notes: z.array(note),
  }),
  async ask() {
    return {
      rows: metrics.map(({ id, version, name, formula, unit, source }) => ({
        id,
        version,
        name,
        formula,
        unit,
        source,
      })),
      notes: [],
    }
  },
})
