import { z } from 'zod'
import type { Engine, Row } from '../engine/engine.ts'
import { about, note, question } from '../question.ts'
import { counted, grouped, type Text } from '../text.ts'
import { chart, readCharts } from './charts.ts'
import { type Change, growthOf, lastWholeDay, reasonsFor } from './model.ts'
import { changesStatement, type HotRequest, hotStatement, type Subject, viewingDays } from './query.ts'
import { ratingLists, ratings } from './ratings.ts'

export { hotCharts } from './charts.ts'

interface HotRow extends Row {
  key: string | number
  name: string | null
  volume: number
  minutes_now: number | null
  minutes_before: number | null
  plays_now: number
  plays_before: number
  squares_now: number
  squares_before: number
  rank_now: number
  rank_before: number | null
}

const parameters = z.object({
  by: z.enum(['volume', 'growth']).default('volume').meta(about('What to rank by', '排名依据')),
  to: z.iso
    .date()
    .optional()
    .meta(
      about('Last day, UTC; the latest whole day in the data unless set', '截止日（UTC），默认数据中最新的完整一日'),
    ),
  halfLifeDays: z
    .number()
    .positive()
    .default(7)
    .meta(about('Days after which a minute counts half', '时长权重减半的天数', { unit: 'days' })),
  periodDays: z
    .int()
    .min(2)
    .default(7)
    .meta(about('Length of the two periods compared', '比较周期的长度', { unit: 'days' })),
  limit: z.int().positive().default(20).meta(about('Rows at most', '最多行数')),
})

const number = (en: string, zh: string, extra: Parameters<typeof about>[2] = { detail: true }) =>
  z
    .number()
    .nullable()
    .meta(about(en, zh, extra))

/** Rows of each further list that the terminal shows. */
const listed = 5

const result = z.object({
  to: z.string().nullable().meta(about('Last day that counts, UTC', '计入的最后一日（UTC）')),
  rows: z.array(
    z.object({
      rank: z.number().meta(about('Rank in this list', '名次', { short: { en: 'Rank', zh: '名次' } })),
      key: z.string().meta(about('Title id, or name', '影片编号或名称', { detail: true })),
      name: z
        .string()
        .nullable()
        .meta(about('Name', '名称', { as: 'prose' })),
      decayedMinutes: number('Minutes watched, decayed by age', '时间衰减后的观看分钟', {
        unit: 'minutes',
        short: { en: 'Heat', zh: '热度' },
      }),
      volumeRank: number('Rank by decayed minutes', '热度名次'),
      volumeRankBefore: number('… one period earlier', '上一周期热度名次'),
      rankChange: number('Places gained', '名次变化'),
      minutesNow: number('Minutes in the last period', '本周期观看分钟', { unit: 'minutes', detail: true }),
      minutesBefore: number('Minutes in the period before', '上一周期观看分钟', { unit: 'minutes', detail: true }),
      playsNow: number('Plays in the last period', '本周期播放次数', { unit: 'plays', detail: true }),
      playsBefore: number('Plays in the period before', '上一周期播放次数', { unit: 'plays', detail: true }),
      growth: number('Ratio of plays, now to before, shrunk to the list', '播放量之比（收缩估计）', {
        unit: 'ratio',
        short: { en: 'Growth', zh: '增长' },
      }),
      growthLow: number('Lower end of its 90 % interval', '90% 区间下限', {
        unit: 'ratio',
        short: { en: 'Low (90 %)', zh: '下限（90%）' },
      }),
      growthHigh: number('Upper end of its 90 % interval', '90% 区间上限', {
        unit: 'ratio',
        short: { en: 'High (90 %)', zh: '上限（90%）' },
      }),
      pValue: number('Probability of such a change by chance', 'p 值'),
      qValue: number('… adjusted for the length of the list (false discovery rate)', 'q 值（错误发现率）'),
      why: z
        .array(
          z.object({
            dimension: z.enum(['source', 'region', 'episode', 'title']).meta(
              about('Part', '维度', {
                words: {
                  source: { en: 'source', zh: '来源' },
                  region: { en: 'region', zh: '地区' },
                  episode: { en: 'episode', zh: '分集' },
                  title: { en: 'title', zh: '影片' },
                },
              }),
            ),
            value: z.string().meta(about('Value', '取值')),
            shareOfChange: z.number().meta(about('Share of the change', '占变化的比例', { unit: 'share' })),
          }),
        )
        .meta(
          about('What contributed most of the change in minutes', '时长变化的主要来源', {
            short: { en: 'Why', zh: '原因' },
          }),
        ),
    }),
  ),
  charts: z
    .array(chart.extend({ rows: chart.shape.rows.meta({ most: listed }) }))
    .meta(about('Station figures and charts, each a list of its own', '电视台数据与榜单（各自成榜）')),
  ratings: ratings.meta(about('Ratings by source, each a list of its own', '各来源评分（各自成榜）', { most: listed })),
  notes: z.array(note),
})

const reasonCount = 5

function orderBy(by: 'volume' | 'growth', rows: HotItem[]): HotItem[] {
  if (by === 'volume') return rows
  return rows
    .filter((row) => row.growth !== null)
    .sort((a, b) => (b.growthLow ?? 0) - (a.growthLow ?? 0) || a.volumeRank - b.volumeRank)
}

type HotItem = Omit<z.output<typeof result>['rows'][number], 'rank' | 'why'> & { volumeRank: number }

function measure(found: readonly HotRow[], days: number, comparable: boolean): HotItem[] {
  const active = found.filter((row) => comparable && Number(row.plays_now) + Number(row.plays_before) > 0)
  const growth = growthOf(
    active.map((row) => ({
      now: Number(row.plays_now),
      before: Number(row.plays_before),
      nowSquares: Number(row.squares_now),
      beforeSquares: Number(row.squares_before),
    })),
    days,
  )
  const growthByRow = new Map(active.map((row, index) => [row, growth[index]]))
  return found.map((row) => {
    const own = growthByRow.get(row)
    return {
      key: String(row.key),
      name: row.name,
      decayedMinutes: row.volume,
      volumeRank: row.rank_now,
      volumeRankBefore: row.rank_before,
      rankChange: row.rank_before === null ? null : row.rank_before - row.rank_now,
      minutesNow: row.minutes_now ?? 0,
      minutesBefore: comparable ? (row.minutes_before ?? 0) : null,
      playsNow: Number(row.plays_now),
      playsBefore: comparable ? Number(row.plays_before) : null,
      growth: own?.ratio ?? null,
      growthLow: own?.low ?? null,
      growthHigh: own?.high ?? null,
      pValue: own?.pValue ?? null,
      qValue: own?.qValue ?? null,
    }
  })
}

async function reasons(engine: Engine, request: HotRequest, keys: readonly string[]) {
  const changes = await engine.query<
    Row & { key: string; dimension: Change['dimension']; value: string; change: number }
  >(changesStatement(request, keys))
  return (key: string) =>
    reasonsFor(
      changes.filter((item) => item.key === key),
      reasonCount,
    )
}

const dayMilliseconds = 86_400_000

async function answer(engine: Engine, subject: Subject, options: z.output<typeof parameters>) {
  const notes: Text[] = []
  const found = (await engine.query<Row & { day: string | null; plays: number | bigint }>(viewingDays)).map(
    ({ day, plays }) => ({ day, plays: Number(plays) }),
  )
  const days = found.flatMap(({ day, plays }) => (day === null ? [] : [{ day, plays }]))
  const untimed = found.find(({ day }) => day === null)?.plays ?? 0
  const [first] = days
  const anchor = options.to ?? lastWholeDay(days)
  const charts = subject === 'title' ? await readCharts(engine, { periods: 1 }, options.limit) : []
  const ratingRows = await ratingLists(engine, subject, options.limit)
  let rows: z.output<typeof result>['rows'] = []
  if (untimed > 0) {
    notes.push({
      en: `${counted(untimed, 'play')} without a time left out: what is hot is measured by day.`,
      zh: `${grouped(untimed)} 次播放没有时间，未计入：热度按日计算。`,
    })
  }
  if (!first || anchor === undefined) {
    if (untimed === 0) {
      notes.push({
        en: 'There are no viewing logs, so nothing is ranked by minutes watched.',
        zh: '没有收视记录，无法按观看时长排名。',
      })
    }
  } else {
    const request = { ...options, subject, anchor }
    const span = (Date.parse(anchor) - Date.parse(first.day)) / dayMilliseconds + 1
    const comparable = span >= 2 * options.periodDays
    const items = measure(await engine.query<HotRow>(hotStatement(request)), options.periodDays, comparable)
    const listed = orderBy(options.by, items).slice(0, options.limit)
    const why =
      comparable && listed.length > 0
        ? await reasons(
            engine,
            request,
            listed.map((item) => item.key),
          )
        : () => []
    rows = listed.map((item, index) => ({ rank: index + 1, ...item, why: why(item.key) }))
    if (!comparable) {
      notes.push({
        en: `Growth needs ${2 * options.periodDays} days of viewing up to ${anchor}; there are ${Math.max(0, span)}.`,
        zh: `增长需要截至 ${anchor} 的 ${2 * options.periodDays} 天收视记录，现有 ${Math.max(0, span)} 天。`,
      })
    }
    const latest = days.at(-1)?.day
    if (options.to === undefined && latest !== anchor) {
      notes.push({
        en: `The data of ${latest} are not whole yet and left out.`,
        zh: `${latest} 的数据尚不完整，未计入。`,
      })
    }
    if (subject !== 'title') {
      notes.push({
        en: 'A play counts in full for every person or genre of its title.',
        zh: '一次播放全额计入影片的每位人员或每个题材。',
      })
    }
  }
  if (charts.length + ratingRows.length > 0) {
    notes.push({
      en: 'Viewing logs, station figures, charts and ratings are ranked in lists of their own: their numbers measure different things.',
      zh: '收视记录、电视台数据、榜单与评分各自成榜：口径不同，不合并计算。',
    })
  }
  return { to: first ? (anchor ?? null) : null, rows, charts, ratings: ratingRows, notes }
}

const hot = (subject: Subject, plural: string, summary: Text) =>
  question({
    name: `hot ${plural}`,
    summary,
    examples: [`marquee hot ${plural}`, `marquee hot ${plural} --by growth`],
    parameters,
    result,
    ask: async (context, options) => answer((await context.warehouse()).engine, subject, options),
  })

export const hotTitles = hot('title', 'titles', {
  en: 'The hottest films and series, what grows, and why',
  zh: '最热影片与剧集、增长及原因',
})
export const hotActors = hot('actor', 'actors', { en: 'The hottest actors', zh: '最热演员' })
export const hotDirectors = hot('director', 'directors', { en: 'The hottest directors', zh: '最热导演' })
export const hotGenres = hot('genre', 'genres', { en: 'The hottest genres', zh: '最热题材' })
