import { z } from 'zod'
import type { Engine, Row } from '../engine/engine.ts'
import { groupBy } from '../group-by.ts'
import { about, note, question } from '../question.ts'
import { counted, type Text } from '../text.ts'
import { type ChartFilter, chartsStatement } from './query.ts'

interface ChartRow extends Row {
  source: string
  measure: string | null
  category: string | null
  region: string | null
  period: string | null
  period_start: string | null
  period_end: string | null
  channel: string | null
  title_id: string | null
  name: string | null
  value: number
  rank_high: number
  rank_low: number
  rank_dense: number
  published: number | null
  periods: number
}

const text = (en: string, zh: string) => z.string().nullable().meta(about(en, zh))

export const chart = z.object({
  source: z.string().meta(about('Source', '来源')),
  measure: text('Measure', '指标'),
  category: text('Category', '榜单类别'),
  region: text('Region', '地区'),
  period: text('Period', '周期'),
  periods: z.number().meta(about('Periods of this list in the selection', '所选范围内该榜的周期数', { detail: true })),
  rows: z.array(
    z.object({
      rank: z.number().meta(
        about('Rank by value; ties share the best', '按数值的名次（并列取前）', {
          short: { en: 'Rank', zh: '名次' },
        }),
      ),
      publishedRank: z
        .number()
        .nullable()
        .meta(about('Rank that the source gives', '来源公布的名次', { short: { en: 'Published', zh: '公布名次' } })),
      name: text('Title, or channel', '影片或频道'),
      channel: text('Channel', '频道'),
      value: z.number().meta(about('Value', '数值')),
    }),
  ),
})
export type Chart = z.output<typeof chart>

const grouped = <T>(rows: readonly T[], keyOf: (row: T) => unknown[]): T[][] => [
  ...groupBy(rows, (row) => JSON.stringify(keyOf(row))).values(),
]

const listOf = (row: ChartRow) => [
  row.source,
  row.measure,
  row.category,
  row.region,
  row.period,
  row.period_start,
  row.period_end,
]

/** Whether every published rank is one that its value allows; lists whose ties share a rank and leave no gap count too. */
function agrees(list: readonly ChartRow[]): boolean {
  const isInTie = list.every(
    ({ published, rank_high, rank_low }) => published === null || (published >= rank_high && published <= rank_low),
  )
  return isInTie || list.every(({ published, rank_dense }) => published === null || published === rank_dense)
}

/** One ranked list for each source, measure, category, region and period, latest first. */
export async function readCharts(engine: Engine, filter: ChartFilter, limit: number): Promise<Chart[]> {
  const rows = await engine.query<ChartRow>(chartsStatement(filter))
  return grouped(rows, listOf).flatMap((list) => {
    const [first] = list
    if (!first) return []
    return {
      source: first.source,
      measure: first.measure,
      category: first.category,
      region: first.region,
      period: first.period ?? first.period_end ?? first.period_start,
      periods: first.periods,
      rows: list.slice(0, limit).map((row) => ({
        rank: row.rank_high,
        publishedRank: row.published,
        name: row.name,
        channel: row.channel,
        value: row.value,
      })),
    }
  })
}

const agreement = z.object({
  source: z.string().meta(about('Source', '来源')),
  measure: text('Measure', '指标'),
  category: text('Category', '榜单类别'),
  region: text('Region', '地区'),
  periods: z
    .number()
    .meta(about('Periods with published ranks', '有公布名次的周期数', { short: { en: 'Periods', zh: '周期数' } })),
  agreeing: z
    .number()
    .meta(
      about(
        '… whose ranks by this measure are the published ones; ties may take any of their ranks',
        '按该指标重算与公布一致的周期数（并列可取其任一名次）',
        { short: { en: 'Ranks agree', zh: '名次一致' } },
      ),
    ),
  disagreeing: z
    .array(z.string())
    .meta(
      about('The other periods', '不一致的周期', { as: 'prose', short: { en: 'Do not agree in', zh: '不一致的周期' } }),
    ),
})
export type Agreement = z.output<typeof agreement>

/** Ranks every list of every period anew and counts the periods that equal what the source publishes. */
export async function recomputeChartRanks(engine: Engine, filter: ChartFilter): Promise<Agreement[]> {
  const rows = await engine.query<ChartRow>(chartsStatement(filter))
  const ranked = rows.filter((row) => row.published !== null)
  return grouped(ranked, (row) => [row.source, row.measure, row.category, row.region]).flatMap((lists) => {
    const [first] = lists
    if (!first) return []
    const periods = grouped(lists, listOf)
    const disagreeing = periods.filter((list) => !agrees(list))
    return {
      source: first.source,
      measure: first.measure,
      category: first.category,
      region: first.region,
      periods: periods.length,
      agreeing: periods.length - disagreeing.length,
      disagreeing: disagreeing.map((list) => String(list[0]?.period ?? list[0]?.period_end ?? list[0]?.period_start)),
    }
  })
}

/** `marquee hot charts`: station figures and charts, and whether their published ranks follow from their values. */
export const hotCharts = question({
  name: 'hot charts',
  summary: {
    en: 'Station figures and charts, and checks of their ranks',
    zh: '电视台数据与榜单排名及其校验',
  },
  examples: ['marquee hot charts', 'marquee hot charts --periods 4', 'marquee hot charts --period 2025-12-04'],
  parameters: z.object({
    source: z.string().optional().meta(about('Only this source', '仅此来源')),
    measure: z.string().optional().meta(about('Only this measure', '仅此指标')),
    category: z.string().optional().meta(about('Only this category', '仅此类别')),
    period: z
      .string()
      .optional()
      .meta(about('This period, as the source writes it, or a day in it', '指定周期（来源写法或其中一日）')),
    periods: z
      .int()
      .positive()
      .default(1)
      .meta(about('How many periods of each list, from the latest back', '每榜显示最近几个周期')),
    limit: z.int().positive().default(10).meta(about('Rows at most in each list', '每榜最多行数')),
  }),
  result: z.object({
    charts: z.array(chart).meta(about('Lists, the latest period first', '各榜，最新周期在前')),
    rows: z.array(agreement).meta(about('Whether published ranks follow from the values', '公布名次是否与数值相符')),
    notes: z.array(note),
  }),
  async ask(context, parameters) {
    const { engine } = await context.warehouse()
    const charts = await readCharts(engine, parameters, parameters.limit)
    const rows = await recomputeChartRanks(engine, { ...parameters, periods: undefined })
    const most = Math.max(0, ...charts.map(({ periods }) => periods))
    const notes: Text[] = []
    if (charts.length === 0) {
      notes.push({
        en: 'There are no station figures or charts in this selection.',
        zh: '所选范围内没有电视台数据或榜单。',
      })
    }
    if (most > parameters.periods) {
      notes.push({
        en: `The latest ${counted(parameters.periods, 'period')} of up to ${most}. --periods ${most} shows all, --period one of them.`,
        zh: `各榜至多 ${most} 个周期，此处为最近 ${parameters.periods} 个。用 --periods ${most} 显示全部，或用 --period 指定其一。`,
      })
    }
    return { charts, rows, notes }
  },
})
