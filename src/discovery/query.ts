import { type Sql, sql } from '../engine/sql.ts'
import { type Membership, memberOf } from '../warehouse/membership.ts'

/** What can be hot: works (films, and series with all their episodes), or the members of one membership. */
export type Subject = 'title' | Membership

export interface HotRequest {
  readonly subject: Subject
  /** The last day that counts. */
  readonly anchor: string
  readonly periodDays: number
  readonly halfLifeDays: number
}

const work = sql`coalesce(t.series_id, p.title_id)`

function keyed(subject: Subject, parts: Sql): { key: Sql; from: Sql } {
  const from = sql`${parts} p LEFT JOIN title t ON t.title_id = p.title_id`
  if (subject === 'title') return { key: work, from }
  return { key: sql`g.member`, from: sql`${from} JOIN ${memberOf(subject)} g ON g.title_id = p.title_id` }
}

/** Volumes that agree to a thousandth of a minute tie: their last digits hang on the order of addition. */
const tieDigits = 3

const day = sql`CAST(v.started_at AS DATE)`
const age = (anchor: string) => sql`days_between(d.day, CAST(${anchor} AS DATE))`

export const viewingDays = sql`SELECT CAST(${day} AS VARCHAR(10)) AS day, count(*) AS plays FROM viewing v GROUP BY ${day} ORDER BY ${day}`

/** One row for each subject with plays up to the anchor: decayed minutes and ranks, now and a period ago, and counts. */
export function hotStatement(request: HotRequest): Sql {
  const { subject, anchor, periodDays, halfLifeDays } = request
  const titleDays = sql`(SELECT v.title_id, ${day} AS day, count(*) AS plays, sum(v.watched_seconds) / 60 AS minutes
    FROM viewing v WHERE ${day} <= CAST(${anchor} AS DATE) GROUP BY v.title_id, ${day})`
  const { key, from } = keyed(subject, titleDays)
  const days = sql`(SELECT key, plays, minutes, ${age(anchor)} AS age FROM (
    SELECT ${key} AS key, p.day, sum(p.plays) AS plays, sum(p.minutes) AS minutes FROM ${from} GROUP BY ${key}, p.day) d)`
  const now = sql`age < ${periodDays}`
  const before = sql`age >= ${periodDays} AND age < ${2 * periodDays}`
  const sums = sql`(SELECT key, sum(minutes * power(0.5, age / ${halfLifeDays})) AS volume,
      sum(CASE WHEN age >= ${periodDays} THEN minutes * power(0.5, (age - ${periodDays}) / ${halfLifeDays}) END) AS volume_before,
      sum(minutes) FILTER (WHERE ${now}) AS minutes_now, sum(minutes) FILTER (WHERE ${before}) AS minutes_before,
      coalesce(sum(plays) FILTER (WHERE ${now}), 0) AS plays_now,
      coalesce(sum(plays) FILTER (WHERE ${before}), 0) AS plays_before,
      coalesce(sum(plays * plays) FILTER (WHERE ${now}), 0) AS squares_now,
      coalesce(sum(plays * plays) FILTER (WHERE ${before}), 0) AS squares_before
    FROM ${days} a GROUP BY key)`
  const name = subject === 'title' ? sql`n.name` : sql`s.key`
  return sql`SELECT s.*, ${name} AS name, rank() OVER (ORDER BY round(volume, ${tieDigits}) DESC) AS rank_now,
      CASE WHEN volume_before IS NULL THEN NULL ELSE rank() OVER (ORDER BY round(volume_before, ${tieDigits}) DESC NULLS LAST) END AS rank_before
    FROM ${sums} s ${subject === 'title' ? sql`LEFT JOIN title n ON n.title_id = s.key` : sql.empty}
    ORDER BY rank_now, s.key`
}

/** Change in minutes between the last two periods of each of `keys`, by source, region and episode (or title). */
export function changesStatement(request: HotRequest, keys: readonly string[]): Sql {
  const { subject, periodDays } = request
  const parts = sql`(SELECT title_id, source, region, sum(CASE WHEN age < ${periodDays} THEN minutes ELSE -minutes END) AS change
    FROM (SELECT *, ${age(request.anchor)} AS age FROM (SELECT v.title_id, v.source, v.region, ${day} AS day, sum(v.watched_seconds) / 60 AS minutes
      FROM viewing v WHERE ${day} <= CAST(${request.anchor} AS DATE) AND ${day} > CAST(${request.anchor} AS DATE) - ${2 * periodDays}
      GROUP BY v.title_id, v.source, v.region, ${day}) d) d GROUP BY title_id, source, region)`
  const { key, from } = keyed(subject, parts)
  const wanted = sql`CAST(${key} AS VARCHAR(1000)) IN ${sql.list(keys)}`
  const by = (
    dimension: string,
    value: Sql,
  ) => sql`SELECT CAST(${key} AS VARCHAR(1000)) AS key, ${dimension} AS dimension,
    ${value} AS value, sum(p.change) AS change FROM ${from} WHERE ${wanted} AND ${value} IS NOT NULL GROUP BY ${key}, ${value}`
  return sql`${by('source', sql`p.source`)} UNION ALL ${by('region', sql`p.region`)}
    UNION ALL ${by(subject === 'title' ? 'episode' : 'title', sql`t.name`)}`
}

/** Ratings of each subject within each source: how many, their mean and the sum of their squares; by name. */
export function ratingsStatement(subject: Subject): Sql {
  const { key, from } = keyed(
    subject,
    sql`(SELECT title_id, source, count(*) AS n, sum(rating) AS total, sum(rating * rating) AS squares FROM rating GROUP BY title_id, source)`,
  )
  const name = subject === 'title' ? sql`n.name` : sql`r.key`
  return sql`SELECT r.*, ${name} AS name FROM (SELECT ${key} AS key, p.source, sum(p.n) AS n, sum(p.total) AS total, sum(p.squares) AS squares
    FROM ${from} GROUP BY ${key}, p.source) r ${subject === 'title' ? sql`LEFT JOIN title n ON n.title_id = r.key` : sql.empty}
    ORDER BY ${name} NULLS LAST, r.key`
}

export interface ChartFilter {
  readonly source?: string | undefined
  readonly measure?: string | undefined
  readonly category?: string | undefined
  /** As the source writes it, or a day within it. */
  readonly period?: string | undefined
  /** How many of the latest of each list; all unless set. */
  readonly periods?: number | undefined
}

const periodOrder = sql`coalesce(c.period_end, c.period_start) DESC NULLS LAST, length(c.period) DESC, c.period DESC`

/**
 * Station figures and charts, each list (source, measure, category, region, period) ranked by value. `rank_high` to `rank_low`
 * are the ranks that its ties may take, `rank_dense` the one where ties leave no gap; `published` is the rank that the source
 * gives in the same raw row, else for the same list and title, else the one of a source of ranks alone for the same category.
 * `recency` counts the periods of a list from its latest, `periods` how many it has.
 */
export function chartsStatement(filter: ChartFilter): Sql {
  const list = sql`c.source, c.measure, c.category, c.region, c.period, c.period_start, c.period_end`
  const is = (column: Sql, value: string | undefined) =>
    value === undefined ? sql.empty : sql`AND ${column} = ${value}`
  const period = filter.period
    ? sql`AND (c.period = ${filter.period} OR try_cast(${filter.period} AS DATE)
        BETWEEN coalesce(c.period_start, c.period_end) AND coalesce(c.period_end, c.period_start))`
    : sql.empty
  const latest = filter.periods === undefined ? sql.empty : sql`WHERE c.recency <= ${filter.periods}`
  const lists = sql`c.source, c.measure, c.category, c.region`
  const dated = sql`(SELECT c.*, dense_rank() OVER (PARTITION BY ${lists} ORDER BY ${periodOrder}) AS recency
    FROM panel_rating c WHERE coalesce(c.measure, '') <> 'rank' ${is(sql`c.source`, filter.source)} ${is(sql`c.measure`, filter.measure)}
      ${is(sql`c.category`, filter.category)} ${period})`
  const chart = sql`(SELECT c.*, max(c.recency) OVER (PARTITION BY ${lists}) AS periods FROM ${dated} c)`
  const alike = ['title_id', 'category', 'region', 'period', 'period_start', 'period_end', 'channel']
  const about = sql.join(alike.map(sql.id))
  const isAlike = (other: string) =>
    sql.join(
      alike.map((name) => sql`${sql.id(other)}.${sql.id(name)} IS NOT DISTINCT FROM c.${sql.id(name)}`),
      ' AND ',
    )
  const ranks = sql`FROM panel_rating WHERE measure = 'rank'`
  const valued = sql`SELECT source FROM panel_rating WHERE coalesce(measure, '') <> 'rank'`
  return sql`SELECT ${list}, c.channel, CAST(c.title_id AS VARCHAR(20)) AS title_id, coalesce(t.name, c.channel) AS name, c.value,
      rank() OVER (PARTITION BY ${list} ORDER BY c.value DESC) AS rank_high,
      count(*) OVER (PARTITION BY ${list} ORDER BY c.value DESC RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS rank_low,
      dense_rank() OVER (PARTITION BY ${list} ORDER BY c.value DESC) AS rank_dense,
      CAST(coalesce(own.value, r.value, o.value) AS INTEGER) AS published, CAST(c.periods AS INTEGER) AS periods
    FROM (SELECT * FROM ${chart} c ${latest}) c LEFT JOIN title t ON t.title_id = c.title_id
    LEFT JOIN (SELECT source, file, line, min(value) AS value ${ranks} GROUP BY source, file, line) own
      ON own.source = c.source AND own.file = c.file AND own.line = c.line
    LEFT JOIN (SELECT source, ${about}, min(value) AS value ${ranks} GROUP BY source, ${about}) r
      ON r.source = c.source AND ${isAlike('r')}
    LEFT JOIN (SELECT ${about}, min(value) AS value ${ranks} AND category IS NOT NULL AND source NOT IN (${valued})
      GROUP BY ${about}) o ON ${isAlike('o')}
    ORDER BY c.source, c.measure, c.category, c.recency, c.region, rank_high, published, name`
}
