import type { Row } from '../engine/engine.ts'
import { type Sql, sql } from '../engine/sql.ts'
import { type AudienceFilter, whereViewing } from './query.ts'

export type RetentionRow = Row & { minute: number; starts: number; ends: number }

/**
 * Per minute of the title, how many viewers' merged ranges start and end (exclusive) there. A play counts from its
 * position range where it has one, else from the start for as long as it lasted.
 */
export function retentionStatement(titleId: string, filter: AudienceFilter): Sql {
  const positioned = sql`v.position_end_seconds > v.position_start_seconds`
  const ranges = sql`SELECT v.viewer_id,
      floor(CASE WHEN ${positioned} THEN v.position_start_seconds ELSE 0 END / 60) AS first_minute,
      ceil(CASE WHEN ${positioned} THEN v.position_end_seconds ELSE v.watched_seconds END / 60) AS end_minute
    FROM viewing v ${whereViewing({ ...filter, titleId })}`
  const islands = sql`SELECT *, sum(begins) OVER (PARTITION BY viewer_id ORDER BY first_minute, end_minute
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS island
    FROM (SELECT *, CASE WHEN first_minute <= max(end_minute) OVER (PARTITION BY viewer_id ORDER BY first_minute, end_minute
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) THEN 0 ELSE 1 END AS begins FROM (${ranges}) r) b`
  const merged = sql`(SELECT viewer_id, island, min(first_minute) AS first_minute, max(end_minute) AS end_minute
    FROM (${islands}) i GROUP BY viewer_id, island)`
  return sql`SELECT CAST(minute AS BIGINT) AS minute, sum(starts) AS starts, sum(ends) AS ends FROM (
      SELECT first_minute AS minute, 1 AS starts, 0 AS ends FROM ${merged} s
      UNION ALL SELECT end_minute, 0, 1 FROM ${merged} e) u GROUP BY minute ORDER BY minute`
}

/** How many plays and viewers there are, and how many plays have a position range. */
export function retentionBasis(titleId: string, filter: AudienceFilter): Sql {
  return sql`SELECT count(*) AS plays, count(DISTINCT v.viewer_id) AS viewers,
    count_if(v.position_end_seconds > v.position_start_seconds) AS positioned FROM viewing v ${whereViewing({ ...filter, titleId })}`
}
