import { type Sql, sql } from '../engine/sql.ts'
import { titleAndDescendants } from '../warehouse/membership.ts'
import { type Dimension, dimensions } from './dimensions.ts'
import type { Base, Metric } from './metric.ts'

export interface AudienceFilter {
  /** Days, inclusive. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly source?: string | undefined
  readonly region?: string | undefined
  readonly device?: string | undefined
  /** Decimal text; its seasons and episodes count too. */
  readonly titleId?: string | undefined
}

export interface AudienceRequest {
  readonly by: keyof typeof dimensions
  readonly metrics: readonly Metric[]
  readonly order: Metric | undefined
  readonly filter: AudienceFilter
  readonly universe: number | null
  readonly reachSeconds: number
  readonly completionShare: number
  readonly limit: number
}

export const stretchGapSeconds = 60
const airingToleranceSeconds = 60
/** Of a part `p` with its title `t` and airings `a`. */
const programmeSeconds = sql`coalesce(a.aired_seconds, t.runtime_seconds)`

function within(start: Sql, filter: AudienceFilter): Sql[] {
  return [
    ...(filter.from ? [sql`CAST(${start} AS DATE) >= CAST(${filter.from} AS DATE)`] : []),
    ...(filter.to ? [sql`CAST(${start} AS DATE) <= CAST(${filter.to} AS DATE)`] : []),
  ]
}

function where(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql.empty : sql`WHERE ${sql.join(conditions, ' AND ')}`
}

/** A `WHERE` over `viewing v`. */
export function whereViewing(filter: AudienceFilter): Sql {
  return where([
    ...within(sql`v.started_at`, filter),
    ...(filter.source ? [sql`v.source = ${filter.source}`] : []),
    ...(filter.region ? [sql`v.region = ${filter.region}`] : []),
    ...(filter.device ? [sql`v.device = ${filter.device}`] : []),
    ...(filter.titleId ? [sql`v.title_id IN ${titleAndDescendants(filter.titleId)}`] : []),
  ])
}

/** Statements for one request. */
class AudienceStatement {
  readonly #request: AudienceRequest
  readonly #dimension: Dimension

  constructor(request: AudienceRequest) {
    this.#request = request
    this.#dimension = dimensions[request.by]
  }

  #plays(columns: Sql, filter: AudienceFilter = this.#request.filter): Sql {
    const slice = this.#dimension.slice(sql`v.started_at`)
    return sql`(SELECT v.title_id, ${slice} AS slice, ${columns} FROM viewing v ${whereViewing(filter)})`
  }

  /** Plays become `part`s: rows with `title_id` and `slice`; this gives each its keys. */
  #keyed(parts: Sql): Sql {
    return sql`${parts} p LEFT JOIN title t ON t.title_id = p.title_id ${this.#dimension.join}`
  }

  /** `parts` with their keys and `a.aired_seconds`, NULL where a title was not on air in the slice. */
  #aired(parts: Sql): Sql {
    const { timed, slice } = this.#dimension
    const start = sql`a.started_at`
    const airedSlice = timed ? slice(start) : sql`CAST(0 AS INTEGER)`
    const { titleId, ...period } = this.#request.filter
    return sql`${this.#keyed(parts)} LEFT JOIN (SELECT a.title_id, ${airedSlice} AS aired_slice, sum(${this.#airingSeconds()}) AS aired_seconds
      FROM airing a ${where(within(start, period))} GROUP BY a.title_id, ${airedSlice}) a
      ON a.title_id = p.title_id ${timed ? sql`AND a.aired_slice = p.slice` : sql.empty}`
  }

  #airingSeconds(): Sql {
    return sql`coalesce(a.duration_seconds, epoch(a.ended_at) - epoch(a.started_at))`
  }

  minutes(): Sql {
    const { key, timed } = this.#dimension
    const { titleId, ...everything } = this.#request.filter
    const sums = sql`SELECT title_id, slice, sum(watched_seconds) AS seconds, count(*) AS plays,
      count_if(is_valid_play) AS valid_plays FROM ${this.#plays(sql`v.watched_seconds, v.is_valid_play`)} v GROUP BY title_id, slice`
    const views =
      this.#request.by === 'series'
        ? sql`sum(CASE WHEN t.runtime_seconds > 0 THEN p.seconds END) / max(w.work_seconds)`
        : sql`sum(p.seconds / NULLIF(t.runtime_seconds, 0))`
    const all = timed
      ? sql`max(e.all_minutes)`
      : sql`(SELECT sum(v.watched_seconds) / 60 FROM viewing v ${whereViewing(everything)})`
    const allJoin = timed
      ? sql`LEFT JOIN (SELECT slice, sum(watched_seconds) / 60 AS all_minutes
          FROM ${this.#plays(sql`v.watched_seconds`, everything)} v GROUP BY slice) e ON e.slice = p.slice`
      : sql.empty
    return sql`SELECT ${key} AS key, sum(p.seconds) / 60 AS viewer_minutes, sum(p.plays) AS plays,
        sum(p.valid_plays) AS valid_plays,
        sum(CASE WHEN ${programmeSeconds} > 0 THEN p.seconds END) / 60 AS covered_minutes,
        sum(CASE WHEN ${programmeSeconds} > 0 THEN ${programmeSeconds} END) / 60 AS programme_minutes,
        sum(CASE WHEN t.runtime_seconds > 0 THEN p.seconds ELSE 0 END) / 60 AS runtime_minutes,
        count(a.aired_seconds) AS aired_titles,
        count_if(a.aired_seconds IS NULL AND t.runtime_seconds > 0) AS runtime_titles,
        ${views} AS views, ${all} AS all_minutes
      FROM ${this.#aired(sql`(${sums})`)}
      LEFT JOIN (SELECT coalesce(series_id, title_id) AS work_id, sum(runtime_seconds) AS work_seconds
        FROM title WHERE runtime_seconds > 0 AND title_type NOT IN ('series', 'season') GROUP BY coalesce(series_id, title_id)) w
        ON w.work_id = coalesce(t.series_id, p.title_id)
      ${allJoin} GROUP BY ${key}`
  }

  /** Rows marked 1 in `begins` where no play of the same `partition` ended at most a minute before. */
  #stretches(plays: Sql, partition: Sql): Sql {
    return sql`(SELECT *, CASE WHEN start_second <= ${stretchGapSeconds} + max(start_second + watched_seconds) OVER (
        PARTITION BY ${partition} ORDER BY start_second, watched_seconds ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
        THEN 0 ELSE 1 END AS begins FROM ${plays} v)`
  }

  /** One row for each viewer of each title, slice and, when asked, source. Only repeated short plays need joining up. */
  #pairs(bySource: boolean): Sql {
    const partition = bySource ? sql`title_id, slice, viewer_id, source` : sql`title_id, slice, viewer_id`
    const { reachSeconds } = this.#request
    const second = sql`epoch(v.started_at)`
    const plays = this.#plays(sql`v.viewer_id, v.watched_seconds, v.is_valid_play, v.source, ${second} AS start_second`)
    const short = sql`(SELECT ${partition}, watched_seconds, start_second FROM ${plays} v WHERE watched_seconds < ${reachSeconds})`
    const repeated = sql`SELECT ${partition} FROM ${short} v GROUP BY ${partition}
      HAVING count(*) > 1 AND sum(watched_seconds) + ${stretchGapSeconds} * (count(*) - 1) >= ${reachSeconds}`
    const candidates = sql`(SELECT v.* FROM ${short} v JOIN (${repeated}) r ON r.title_id = v.title_id
      AND r.slice = v.slice AND r.viewer_id = v.viewer_id ${bySource ? sql`AND r.source = v.source` : sql.empty})`
    const joined = sql`SELECT ${partition}, max(start_second + watched_seconds) - min(start_second) AS longest
      FROM (SELECT *, sum(begins) OVER (PARTITION BY ${partition} ORDER BY start_second, watched_seconds
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS stretch FROM ${this.#stretches(candidates, partition)} s) s
      GROUP BY ${partition}, stretch`
    return sql`(SELECT ${partition}, sum(seconds) AS seconds, max(longest) >= ${reachSeconds} AS is_reached,
        max(valid) = 1 AS is_effective
      FROM (SELECT ${partition}, watched_seconds AS seconds, watched_seconds AS longest,
          CASE WHEN is_valid_play THEN 1 ELSE 0 END AS valid FROM ${plays} v
        UNION ALL SELECT ${partition}, 0, longest, 0 FROM (${joined}) j) u
      GROUP BY ${partition})`
  }

  viewers(): Sql {
    const { key } = this.#dimension
    const known = sql`CASE WHEN t.runtime_seconds > 0 THEN 1 ELSE 0 END`
    const complete = sql`CASE WHEN t.runtime_seconds > 0 AND p.seconds >= ${this.#request.completionShare} * t.runtime_seconds THEN 1 ELSE 0 END`
    const reachedTimed = sql`p.is_reached AND ${programmeSeconds} > 0`
    const seen = sql`CASE WHEN ${programmeSeconds} > 0 THEN least(p.seconds, ${programmeSeconds}) END`
    const pairs = this.#aired(this.#pairs(false))
    if (this.#request.by === 'title') {
      return sql`SELECT p.title_id AS key, count(*) AS viewers, count_if(p.is_reached) AS reached,
        count_if(${reachedTimed}) AS reached_timed, sum(${seen}) FILTER (WHERE ${reachedTimed}) / 60 AS seen_minutes,
        count_if(p.is_effective) AS effective_reached, sum(${known}) AS completable, sum(${complete}) AS completed
        FROM ${pairs} GROUP BY p.title_id`
    }
    return sql`SELECT key, count(*) AS viewers, count_if(is_reached) AS reached,
        count_if(is_reached_timed) AS reached_timed, sum(seen) FILTER (WHERE is_reached_timed) / 60 AS seen_minutes,
        count_if(is_effective) AS effective_reached, sum(completable) AS completable, sum(completed) AS completed
      FROM (SELECT ${key} AS key, p.viewer_id, bool_or(p.is_reached) AS is_reached, bool_or(p.is_effective) AS is_effective,
          bool_or(${reachedTimed}) AS is_reached_timed, sum(${seen}) AS seen,
          sum(${known}) AS completable, sum(${complete}) AS completed FROM ${pairs} GROUP BY ${key}, p.viewer_id) q
      GROUP BY key`
  }

  gross(): Sql {
    const { key } = this.#dimension
    return sql`SELECT key, count_if(is_reached) AS gross_reached FROM (SELECT ${key} AS key, bool_or(p.is_reached) AS is_reached
      FROM ${this.#keyed(this.#pairs(true))} GROUP BY ${key}, p.viewer_id, p.source) q GROUP BY key`
  }

  sessions(): Sql {
    const { key } = this.#dimension
    const plays = this.#plays(sql`v.viewer_id, v.watched_seconds, epoch(v.started_at) AS start_second`)
    return sql`SELECT ${key} AS key, sum(p.sessions) AS sessions FROM ${this.#keyed(sql`(
      SELECT title_id, slice, sum(begins) AS sessions
      FROM ${this.#stretches(plays, sql`title_id, viewer_id`)} s GROUP BY title_id, slice)`)} GROUP BY ${key}`
  }

  v30(): Sql {
    if (this.#dimension.perPlay) return sql`SELECT NULL AS key, NULL AS v30 FROM title WHERE false`
    const { from, to, ...lasting } = this.#request.filter
    const day = (timestamp: Sql) => sql`CAST(${timestamp} AS DATE)`
    const first = sql`SELECT v.title_id, coalesce(min(t.release_date), min(${day(sql`v.started_at`)})) AS first_day
      FROM viewing v LEFT JOIN title t ON t.title_id = v.title_id ${whereViewing(lasting)} GROUP BY v.title_id`
    const episode = sql`(SELECT f.title_id, 0 AS slice, count_if(v.is_valid_play AND ${day(sql`v.started_at`)} >= f.first_day
        AND ${day(sql`v.started_at`)} < f.first_day + 30) AS plays
      FROM (${first}) f JOIN viewing v ON v.title_id = f.title_id ${whereViewing(lasting)} ${
        whereViewing(lasting).text ? sql`AND` : sql`WHERE`
      } f.first_day >= (SELECT min(${day(sql`started_at`)}) FROM viewing)
        AND f.first_day + 29 <= (SELECT max(${day(sql`started_at`)}) FROM viewing) GROUP BY f.title_id)`
    return sql`SELECT ${this.#dimension.key} AS key, avg(p.plays) AS v30 FROM ${this.#keyed(episode)} GROUP BY ${this.#dimension.key}`
  }

  shift(): Sql {
    const { key } = this.#dimension
    const start = sql`v.start_second`
    const airing = sql`(SELECT a.title_id, epoch(a.started_at) AS aired_second,
        epoch(a.started_at) + ${this.#airingSeconds()} AS ended_second,
        lead(epoch(a.started_at)) OVER (PARTITION BY a.title_id ORDER BY a.started_at) AS next_second
      FROM (SELECT title_id, started_at, max(ended_at) AS ended_at, max(duration_seconds) AS duration_seconds
        FROM airing GROUP BY title_id, started_at) a)`
    const days = sql`(floor(${start} / 86400) - floor(a.aired_second / 86400))`
    const category = sql`CASE WHEN a.aired_second IS NULL THEN 'other' WHEN ${start} < a.ended_second THEN 'live'
      WHEN ${days} <= 0 THEN 'day' WHEN ${days} <= 7 THEN '7' WHEN ${days} <= 28 THEN '28' ELSE 'other' END`
    const plays = this.#plays(sql`v.watched_seconds, epoch(v.started_at) AS start_second`)
    const parts = sql`(SELECT v.title_id, v.slice, ${category} AS category, sum(v.watched_seconds) / 60 AS minutes
      FROM ${plays} v LEFT JOIN ${airing} a ON a.title_id = v.title_id
        AND ${start} >= a.aired_second - ${airingToleranceSeconds}
        AND (a.next_second IS NULL OR ${start} < a.next_second - ${airingToleranceSeconds})
      WHERE v.title_id IN (SELECT title_id FROM airing) GROUP BY v.title_id, v.slice, ${category})`
    const of = (name: string) => sql`sum(CASE WHEN p.category = ${name} THEN p.minutes ELSE 0 END)`
    return sql`SELECT ${key} AS key, ${of('live')} AS live_minutes, ${of('day')} AS same_day_minutes,
      ${of('7')} AS shift_7_minutes, ${of('28')} AS shift_28_minutes, ${of('other')} AS other_shift_minutes
      FROM ${this.#keyed(parts)} GROUP BY ${key}`
  }

  slot(): Sql {
    if (this.#dimension.perPlay)
      return sql`SELECT NULL AS key, NULL AS slot_minutes, NULL AS slot_all_minutes FROM title WHERE false`
    const { titleId, ...everything } = this.#request.filter
    const airing = sql`(SELECT DISTINCT a.title_id, epoch(a.started_at) AS aired_second,
      epoch(a.started_at) + ${this.#airingSeconds()} AS ended_second
      FROM airing a ${where(within(sql`a.started_at`, everything))})`
    const plays = this.#plays(sql`v.watched_seconds, epoch(v.started_at) AS start_second`, everything)
    const overlap = sql`(least(v.start_second + v.watched_seconds, a.ended_second) - greatest(v.start_second, a.aired_second)) / 60`
    const parts = sql`(SELECT a.title_id, 0 AS slice, sum(CASE WHEN v.title_id = a.title_id THEN ${overlap} ELSE 0 END) AS own,
        sum(${overlap}) AS everyone FROM ${airing} a JOIN ${plays} v
        ON v.start_second < a.ended_second AND v.start_second + v.watched_seconds > a.aired_second GROUP BY a.title_id)`
    return sql`SELECT ${this.#dimension.key} AS key, sum(p.own) AS slot_minutes, sum(p.everyone) AS slot_all_minutes
      FROM ${this.#keyed(parts)} GROUP BY ${this.#dimension.key}`
  }

  base(base: Base): Sql {
    return this[base]()
  }
}

/**
 * `value` to 40 bits (Veltkamp's splitting): sums of the same terms in another order become equal, so that not chance but the key puts
 * them in order.
 */
function rounded(value: Sql): Sql {
  return sql`(8193e0 * (${value}) - (8193e0 * (${value}) - (${value})))`
}

/** One row for each value of the dimension: `key`, `label`, what the notes need, and each metric under its column. */
export function audienceStatement(request: AudienceRequest): Sql {
  const statement = new AudienceStatement(request)
  const dimension = dimensions[request.by]
  const bases = [
    ...new Set([...request.metrics, ...(request.order ? [request.order] : [])].flatMap((item) => item.bases)),
  ]
  const joins = bases
    .filter((base) => base !== 'minutes')
    .map((base) => sql`LEFT JOIN (${statement.base(base)}) ${sql.id(base)} ON ${sql.id(base)}.key = m.key`)
  const columns = request.metrics.map((item) => sql`, ${item.sql} AS ${sql.id(item.column)}`)
  const order = request.order
    ? sql`${rounded(request.order.sql)} DESC NULLS LAST, m.key`
    : dimension.timed
      ? sql`m.key`
      : sql`${rounded(sql`viewer_minutes`)} DESC, m.key`
  return sql`SELECT m.key, ${dimension.label} AS label, aired_titles, runtime_titles, viewer_minutes AS base_minutes,
      covered_minutes, runtime_minutes ${sql.join(columns, ' ')}
    FROM (SELECT *, CAST(${request.universe} AS DOUBLE) AS universe FROM (${statement.minutes()}) b) m
    ${sql.join(joins, ' ')} ${dimension.labelJoin}
    ORDER BY ${order} LIMIT ${request.limit}`
}
