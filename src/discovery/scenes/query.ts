import { type Sql, sql } from '../../engine/sql.ts'
import { idText } from '../../warehouse/id-text.ts'
import { titleAndDescendants } from '../../warehouse/membership.ts'
import { binSeconds } from './model.ts'

export interface ScenesFilter {
  /** Decimal text; its seasons and episodes count too. */
  readonly titleId: string
  readonly season?: number | undefined
  readonly episode?: number | undefined
  readonly source?: string | undefined
}

/** No position is later. */
const longestSeconds = 86_400

/** The ids of the titles that are looked at, for `IN`. */
function chosen({ titleId, season, episode }: ScenesFilter): Sql {
  const only = (column: string, value: number | undefined) =>
    value === undefined ? sql.empty : sql`AND ${sql.id(column)} = ${value}`
  return sql`(SELECT title_id FROM title WHERE title_id IN ${titleAndDescendants(titleId)} ${only('season', season)} ${only('episode', episode)})`
}

const sourceIs = (column: Sql, { source }: ScenesFilter) =>
  source === undefined ? sql.empty : sql`AND ${column} = ${source}`

/** Distinct viewers; each row without one counts as one. */
const voices = (viewer: Sql) => sql`count(DISTINCT ${viewer}) + count_if(${viewer} IS NULL)`

/** A title and its seasons and episodes, in their order. */
export function titlesStatement(titleId: string): Sql {
  return sql`SELECT ${idText(sql`title_id`)} AS title_id, name, season, episode, runtime_seconds FROM title
    WHERE title_id IN ${titleAndDescendants(titleId)} ORDER BY season NULLS FIRST, episode NULLS FIRST, name, title_id`
}

/** Timed comments in each bin of each title; a viewer counts once in a bin as one of its `voices`. */
export function commentBins(filter: ScenesFilter): Sql {
  const bin = sql`CAST(floor(c.position_seconds / ${sql.literal(binSeconds)}) AS BIGINT)`
  return sql`SELECT ${idText(sql`c.title_id`)} AS title_id, ${bin} AS bin, count(*) AS comments,
      ${voices(sql`c.viewer_id`)} AS voices
    FROM timed_comment c WHERE c.title_id IN ${chosen(filter)} ${sourceIs(sql`c.source`, filter)}
      AND c.position_seconds >= 0 AND c.position_seconds < ${sql.literal(longestSeconds)}
    GROUP BY c.title_id, ${bin} ORDER BY title_id, bin`
}

/**
 * What changes at the start of each bin of each title, to the nearest bin: viewers who are there, those who are there for a second time at once
 * (several of their plays have the place), those who jumped over it (between the first and the last place that they saw), and how many saw
 * nothing from there on (`stops`) or before (`starts`).
 */
export function viewingBins(filter: ScenesFilter): Sql {
  const bin = (seconds: Sql) => sql`CAST(floor(${seconds} / ${sql.literal(binSeconds)} + 0.5) AS BIGINT)`
  const plays = sql`(SELECT v.title_id, v.viewer_id, ${bin(sql`v.position_start_seconds`)} AS first_bin,
      ${bin(sql`v.position_end_seconds`)} AS end_bin
    FROM viewing v WHERE v.title_id IN ${chosen(filter)} ${sourceIs(sql`v.source`, filter)}
      AND v.position_start_seconds >= 0 AND v.position_end_seconds <= ${sql.literal(longestSeconds)}
      AND coalesce(v.is_advertising, false) = false)`
  const edges = sql`(SELECT title_id, viewer_id, bin, sum(step) AS step FROM (
      SELECT title_id, viewer_id, first_bin AS bin, 1 AS step FROM ${plays} s WHERE end_bin > first_bin
      UNION ALL SELECT title_id, viewer_id, end_bin, -1 FROM ${plays} e WHERE end_bin > first_bin) u
    GROUP BY title_id, viewer_id, bin)`
  const order = sql`(PARTITION BY title_id, viewer_id ORDER BY bin)`
  const depths = sql`(SELECT title_id, bin, step, sum(step) OVER ${order} AS depth,
      lag(bin) OVER ${order} IS NULL AS is_first, lead(bin) OVER ${order} IS NULL AS is_last FROM ${edges} e)`
  const change = (after: Sql, before: Sql) =>
    sql`sum(CASE WHEN ${after} THEN 1 ELSE 0 END) - sum(CASE WHEN ${before} THEN 1 ELSE 0 END)`
  return sql`SELECT ${idText(sql`title_id`)} AS title_id, bin,
      ${change(sql`depth >= 1`, sql`depth - step >= 1`)} AS present,
      ${change(sql`depth >= 2`, sql`depth - step >= 2`)} AS again,
      ${change(sql`depth = 0 AND NOT is_last`, sql`depth - step = 0 AND NOT is_first`)} AS skipping,
      count_if(is_last) AS stops, count_if(is_first) AS starts
    FROM ${depths} d GROUP BY title_id, bin ORDER BY title_id, bin`
}

/** How many plays there are, and how many of them say where in the title they are. */
export function positionedPlays(filter: ScenesFilter): Sql {
  return sql`SELECT count(*) AS plays, count_if(v.position_end_seconds > v.position_start_seconds) AS positioned
    FROM viewing v WHERE v.title_id IN ${chosen(filter)} ${sourceIs(sql`v.source`, filter)}`
}

/** A range of a title, in seconds. */
export interface Moment {
  readonly titleId: string
  readonly start: number
  readonly end: number
}

/** Comments on the titles of `moments`, each with the index of the moment that it is in, else -1. Moments do not overlap. */
function commentsAt(moments: readonly Moment[], filter: ScenesFilter): Sql {
  const cases = moments.map(
    ({ titleId, start, end }, index) =>
      sql`WHEN c.title_id = CAST(${titleId} AS BIGINT) AND c.position_seconds >= ${start} AND c.position_seconds < ${end} THEN ${sql.literal(index)}`,
  )
  const ids = sql.join([...new Set(moments.map(({ titleId }) => titleId))].map((id) => sql`CAST(${id} AS BIGINT)`))
  return sql`(SELECT c.title_id, CASE ${sql.join(cases, ' ')} ELSE -1 END AS moment, c.text, c.viewer_id FROM timed_comment c
    WHERE c.title_id IN (${ids}) ${sourceIs(sql`c.source`, filter)})`
}

/** How many comments and commenting viewers each of `moments` has. */
export function momentCounts(moments: readonly Moment[], filter: ScenesFilter): Sql {
  return sql`SELECT moment, count(*) AS comments, ${voices(sql`m.viewer_id`)} AS viewers
    FROM ${commentsAt(moments, filter)} m WHERE moment >= 0 GROUP BY moment ORDER BY moment`
}

/** Each text that was said in each of `moments`, and in the rest of their titles, with how many viewers said it. */
export function saidStatement(moments: readonly Moment[], filter: ScenesFilter): Sql {
  return sql`SELECT ${idText(sql`m.title_id`)} AS title_id, moment, m.text, ${voices(sql`m.viewer_id`)} AS voices
    FROM ${commentsAt(moments, filter)} m GROUP BY m.title_id, moment, m.text`
}

/** Scenes of a title and its episodes. */
export function scenesStatement(filter: ScenesFilter): Sql {
  return sql`SELECT ${idText(sql`title_id`)} AS title_id, start_seconds, end_seconds, location, characters, description FROM scene
    WHERE title_id IN ${chosen(filter)} AND end_seconds > start_seconds
    ORDER BY title_id, start_seconds, end_seconds, location, description`
}
