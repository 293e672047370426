import { basename } from 'node:path'
import type { z } from 'zod'
import { hotActors, hotDirectors, hotGenres, hotTitles } from '../discovery/index.ts'
import type { Engine } from '../engine/engine.ts'
import { sql } from '../engine/sql.ts'
import type { ProjectSettings } from '../project/settings.ts'
import { type BuildRecord, readBuildRecord } from '../quality/build-record.ts'
import type { Context } from '../question.ts'
import { sentimentTitles } from '../reviews/index.ts'
import type { Text } from '../text.ts'
import { collectAdvice } from './collect-advice.ts'
import { collectAudience } from './collect-audience.ts'
import { collectHygiene } from './collect-hygiene.ts'
import { collectMoments } from './collect-moments.ts'
import { collectTalk } from './collect-talk.ts'
import { qualityData } from './quality-data.ts'
import type {
  BoxOfficeData,
  HotList,
  KeyFigure,
  Period,
  PublishedList,
  RatingList,
  ReportData,
  SourceData,
} from './report-data.ts'

type HotAnswer = z.output<typeof hotTitles.result>

const dayMilliseconds = 86_400_000
const listed = 15
const periodDays = 7

/** Asks every question that the report shows. */
export async function collectReport(context: Context): Promise<ReportData> {
  const settings = await context.settings()
  const warehouse = await context.warehouse()
  const { engine } = warehouse
  const record = await readBuildRecord(warehouse.folder)
  const period = await viewingPeriod(engine)
  const hot = { by: 'volume', halfLifeDays: 7, periodDays, limit: listed } as const
  const titles = await hotTitles.ask(context, hot)
  const people = async (question: typeof hotTitles) => hotList(await question.ask(context, hot), period)
  return {
    project: basename(context.folder),
    locale: context.locale,
    writtenAt: context.now().toISOString(),
    isSimulated: settings.isSimulated,
    period,
    keyFigures: await keyFigures(engine, period, record),
    findings: [],
    hot: {
      titles: hotList(titles, period),
      actors: await people(hotActors),
      directors: await people(hotDirectors),
      genres: await people(hotGenres),
    },
    audience: period && (await collectAudience(context, period)),
    moments: await collectMoments(context),
    advice: await collectAdvice(context),
    ...(await collectReviews(context)),
    hygiene: await collectHygiene(context),
    talk: await collectTalk(context),
    ratings: ratingLists(titles),
    published: publishedLists(titles),
    boxOffice: await boxOffice(engine),
    quality: qualityData(record),
    sources: await sourceData(engine, settings, record),
  }
}

async function viewingPeriod(engine: Engine): Promise<Period | null> {
  const [row] = await engine.query<{ first: string | null; last: string | null }>(
    sql`SELECT CAST(CAST(min(started_at) AS DATE) AS VARCHAR) AS first, CAST(CAST(max(started_at) AS DATE) AS VARCHAR) AS last FROM viewing`,
  )
  return row?.first && row.last ? { from: row.first, to: row.last } : null
}

const daysBefore = (day: string, days: number) =>
  new Date(Date.parse(day) - days * dayMilliseconds).toISOString().slice(0, 10)

function hotList(answer: HotAnswer, period: Period | null): HotList | null {
  const { to } = answer
  if (!period || to === null || answer.rows.length === 0) return null
  const isComparable = answer.rows.some((row) => row.minutesBefore !== null)
  return {
    period: { from: daysBefore(to, periodDays - 1), to },
    previous: isComparable ? { from: daysBefore(to, 2 * periodDays - 1), to: daysBefore(to, periodDays) } : null,
    rows: answer.rows.map((row) => ({
      name: row.name ?? row.key,
      volumeMinutes: row.decayedMinutes ?? 0,
      growth: row.growth === null ? null : row.growth - 1,
      growthLow: row.growthLow === null ? null : row.growthLow - 1,
      growthHigh: row.growthHigh === null ? null : row.growthHigh - 1,
      significant: row.growthLow !== null && row.growthHigh !== null && (row.growthLow > 1 || row.growthHigh < 1),
      rank: row.volumeRank ?? row.rank,
      rankBefore: row.volumeRankBefore,
      why: row.why.map(({ dimension, value, shareOfChange }) => ({ dimension, value, share: shareOfChange })),
    })),
  }
}

/** What a project without viewing logs is measured by. */
const countedTables: readonly (readonly [string, Text])[] = [
  ['title', { en: 'Titles', zh: '影片' }],
  ['rating', { en: 'Ratings', zh: '评分' }],
  ['review', { en: 'Reviews', zh: '评论' }],
  ['timed_comment', { en: 'Timed comments', zh: '弹幕' }],
  ['panel_rating', { en: 'Station figures and chart places', zh: '收视与榜单数据' }],
  ['box_office', { en: 'Box-office records', zh: '票房记录' }],
]

async function keyFigures(engine: Engine, period: Period | null, record: BuildRecord): Promise<KeyFigure[]> {
  const [row] = await engine.query<{ plays: number; viewers: number; minutes: number | null; works: number }>(
    sql`SELECT count(*) AS plays, count(DISTINCT viewer_id) AS viewers, sum(watched_seconds) / 60.0 AS minutes,
      (SELECT count(DISTINCT coalesce(series_id, title_id)) FROM title WHERE title_id IN (SELECT title_id FROM viewing)) AS works FROM viewing`,
  )
  const read = record.ledgers.reduce((sum, ledger) => sum + ledger.read, 0)
  const accepted = record.ledgers.reduce((sum, ledger) => sum + ledger.accepted, 0)
  const figures: KeyFigure[] = [
    {
      label: { en: 'Rows accepted', zh: '接受行占比' },
      value: read > 0 ? accepted / read : null,
      unit: 'share',
    },
  ]
  const viewing = (en: string, zh: string, value: number | null, unit: KeyFigure['unit']): KeyFigure => ({
    label: { en, zh },
    value,
    unit,
  })
  if (!row || !period) {
    const counted = countedTables.flatMap(([table, label]): KeyFigure[] => {
      const rows = record.profile.tables.reduce((sum, found) => (found.table === table ? sum + found.rows : sum), 0)
      return rows > 0 ? [{ label, value: rows, unit: 'count' }] : []
    })
    return [...counted, ...figures]
  }
  return [
    viewing('Viewer-minutes', '观看总分钟', row.minutes, 'minutes'),
    viewing('Viewers', '观众数', row.viewers, 'count'),
    viewing('Plays', '播放次数', row.plays, 'count'),
    viewing('Films and series watched', '被观看的影片与剧集', row.works, 'count'),
    ...figures,
  ]
}

/** The titles with most reviews, the most favourable first. */
async function collectReviews(context: Context): Promise<Pick<ReportData, 'reviews' | 'reviewNotes'>> {
  const { rows, notes } = await sentimentTitles.ask(context, sentimentTitles.parameters.parse({ limit: listed }))
  const reviews = rows.map(({ titleId: _titleId, ...row }) => row).sort((a, b) => b.favourable - a.favourable)
  return { reviews, reviewNotes: reviews.length > 0 ? notes : [] }
}

function ratingLists({ ratings }: HotAnswer): RatingList[] {
  const sources = [...new Set(ratings.map(({ source }) => source))]
  return sources.map((source) => ({
    source,
    rows: ratings
      .filter((row) => row.source === source)
      .map((row) => ({ name: row.name ?? '', count: row.ratings, mean: row.meanRating, shrunk: row.shrunkRating })),
  }))
}

/** Measures by the names that `docs/reference` gives them; others are shown as their source writes them. */
const measureNames: Readonly<Record<string, Text>> = {
  rating: { en: 'rating', zh: '收视率' },
  share: { en: 'share', zh: '收视份额' },
  reach: { en: 'reach', zh: '到达' },
  viewers: { en: 'viewers', zh: '观众数' },
  views: { en: 'views', zh: '观看次数' },
  hours: { en: 'hours viewed', zh: '观看小时' },
  hours_viewed: { en: 'hours viewed', zh: '观看小时' },
  grp: { en: 'gross rating points', zh: '毛评点' },
}

function publishedLists(answer: HotAnswer): PublishedList[] {
  return answer.charts.map((chart) => {
    const written = chart.measure?.replaceAll('_', ' ')
    const measure = measureNames[chart.measure ?? ''] ?? { en: written ?? 'value', zh: written ?? '数值' }
    return {
      name: chart.category === null ? measure : { en: chart.category, zh: chart.category },
      source: chart.source,
      measure,
      period: chart.period ?? '',
      rows: chart.rows.map((row) => ({
        rank: row.rank,
        rankBefore: null,
        name: row.name ?? row.channel ?? '',
        value: row.value,
      })),
    }
  })
}

async function boxOffice(engine: Engine): Promise<BoxOfficeData | null> {
  const rows = await engine.query<{
    name: string
    year: number | null
    budget: number | null
    gross: number
    currency: string | null
    source: string
  }>(
    sql`SELECT t.name, t.year, max(b.budget) AS budget, max(b.gross) AS gross, max(b.currency) AS currency, max(b.source) AS source
      FROM box_office b JOIN title t ON b.title_id = t.title_id WHERE b.gross > 0 GROUP BY t.title_id, t.name, t.year ORDER BY gross DESC, t.name`,
  )
  const [first] = rows
  if (!first) return null
  return {
    currency: first.currency,
    source: first.source,
    rows: rows.map(({ name, year, budget, gross }) => ({ name, year, budget, gross })),
  }
}

async function sourceData(engine: Engine, settings: ProjectSettings, record: BuildRecord): Promise<SourceData[]> {
  const periods = await engine.query<{ source: string; first: string; last: string }>(
    sql`SELECT source, CAST(CAST(min(started_at) AS DATE) AS VARCHAR) AS first, CAST(CAST(max(started_at) AS DATE) AS VARCHAR) AS last FROM viewing
      WHERE started_at IS NOT NULL GROUP BY source`,
  )
  return settings.sources.map((source) => {
    const ledgers = record.ledgers.filter((ledger) => ledger.source === source.name && ledger.kind === source.kind)
    const period = source.kind === 'viewing' ? periods.find((row) => row.source === source.name) : undefined
    return {
      name: source.name,
      kind: source.kind,
      rows: ledgers.reduce((sum, ledger) => sum + ledger.accepted, 0),
      period: period ? { from: period.first, to: period.last } : null,
      files: ledgers.map(({ file }) => file),
      mapping: Object.entries(source.columns).map(([field, column]) => ({
        field,
        from: [column.from ?? `“${column.value ?? ''}”`, column.unit, column.format].filter(Boolean).join(', '),
      })),
      timeZone: source.timeZone ?? null,
      priority: source.priority,
    }
  })
}
