import { audience, audienceRetention } from '../audience/index.ts'
import { sql } from '../engine/sql.ts'
import type { Context } from '../question.ts'
import type { Text } from '../text.ts'
import { deviceClass } from '../warehouse/device-class.ts'
import type { AudienceData, Breakdown, DailyMinutes, Period, RetentionCurve } from './report-data.ts'

const scatterTitles = 200
const curves = 5
const breakdownRows = 50

/** The audience section's data, in UTC. */
export async function collectAudience(context: Context, period: Period): Promise<AudienceData> {
  const { reachMinutes, completionShare } = (await context.settings()).audience
  const ask = async (by: 'title' | 'genre' | 'device' | 'region', limit: number) =>
    audience.ask(context, {
      measure: ['viewer-minutes', 'reach', 'completion-rate'],
      by,
      order: 'viewer-minutes',
      limit,
    })
  const breakdowns: Breakdown[] = []
  for (const dimension of ['genre', 'device', 'region'] as const) {
    const { rows } = await ask(dimension, breakdownRows)
    const named = rows.flatMap(({ name, ...row }) =>
      name === null ? [] : [{ name, minutes: measured(row, 'viewerMinutes') ?? 0 }],
    )
    if (named.length > 0) breakdowns.push({ dimension, rows: dimension === 'device' ? foldDevices(named) : named })
  }
  const titles = (await ask('title', scatterTitles)).rows
  return {
    period,
    timeZone: 'UTC',
    reachMinutes,
    completionShare,
    daily: await dailyMinutes(context),
    breakdowns,
    hours: await minutesByHour(context),
    reach: titles.flatMap((row) => {
      const reach = measured(row, 'reach')
      const completion = measured(row, 'completionRate')
      if (reach === null || completion === null) return []
      return [{ name: row.name ?? '', reach, completion, minutes: measured(row, 'viewerMinutes') ?? 0 }]
    }),
    retention: await retention(
      context,
      titles.slice(0, curves * 3).flatMap(({ key }) => key ?? []),
    ),
  }
}

/** One row for a class of devices, however its sources spell it. */
function foldDevices(rows: readonly { name: string; minutes: number }[]): Breakdown['rows'] {
  const classes = new Map<Text | string, number>()
  for (const { name, minutes } of rows) {
    const device = deviceClass(name)
    classes.set(device, (classes.get(device) ?? 0) + minutes)
  }
  return [...classes].map(([name, minutes]) => ({ name, minutes }))
}

/** A measure of an audience row; null where it does not apply. */
function measured(row: Readonly<Record<string, unknown>>, column: string): number | null {
  const value = row[column]
  return typeof value === 'number' ? value : null
}

async function dailyMinutes(context: Context): Promise<DailyMinutes[]> {
  const { engine } = await context.warehouse()
  const rows = await engine.query<{ source: string; day: string; minutes: number }>(
    sql`SELECT source, CAST(CAST(started_at AS DATE) AS VARCHAR) AS day, sum(watched_seconds) / 60.0 AS minutes
      FROM viewing WHERE started_at IS NOT NULL GROUP BY source, CAST(started_at AS DATE) ORDER BY source, day`,
  )
  const bySource = new Map<string, { day: string; minutes: number }[]>()
  for (const { source, day, minutes } of rows) {
    const days = bySource.get(source)
    if (days) days.push({ day, minutes })
    else bySource.set(source, [{ day, minutes }])
  }
  return [...bySource].map(([source, days]) => ({ source, days }))
}

async function minutesByHour(context: Context): Promise<AudienceData['hours']> {
  const { engine } = await context.warehouse()
  return engine.query(
    sql`SELECT CAST(floor(epoch(started_at) / 86400) + 3 AS BIGINT) % 7 + 1 AS weekday, CAST(floor(epoch(started_at) / 3600) AS BIGINT) % 24 AS hour,
        sum(watched_seconds) / 60.0 AS minutes
      FROM viewing WHERE started_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`,
  )
}

/** Curves of the most watched titles that are one piece, not a series. */
async function retention(context: Context, keys: readonly string[]): Promise<RetentionCurve[]> {
  const { engine } = await context.warehouse()
  const pieces = await engine.query<{ title_id: string; name: string }>(
    sql`SELECT CAST(title_id AS VARCHAR) AS title_id, name FROM title WHERE CAST(title_id AS VARCHAR) IN ${sql.list(keys)}
      AND title_type NOT IN ('series', 'season') AND runtime_seconds > 0`,
  )
  const found: RetentionCurve[] = []
  for (const key of keys) {
    const piece = pieces.find(({ title_id }) => title_id === key)
    if (!piece || found.length >= curves) continue
    const { rows } = await audienceRetention.ask(context, { title: `#${key}` })
    if (rows.length > 1) found.push({ name: piece.name, points: rows.map(({ minute, share }) => ({ minute, share })) })
  }
  return found
}
