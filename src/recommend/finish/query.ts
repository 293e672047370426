import { type Sql, sql } from '../../engine/sql.ts'
import { assumedRuntime, finishedShare } from '../query.ts'

/**
 * One row for each work that one of `viewers`, ids in decimal text, played at a known time: device, source and second (since 1970) of the newest
 * play, the second of the viewer's play before it, NULL for the first, and whether what was played then, a film or an episode, was watched to
 * the end, all its plays by the viewer together.
 */
export function contextStatement(viewers: readonly string[]): Sql {
  return sql`SELECT viewer_id, title_id, device, source, played_at, before_at, is_finished
    FROM (SELECT p.viewer_id, coalesce(t.series_id, p.title_id) AS title_id, p.device, p.source, p.played_at, p.before_at,
        p.seconds >= ${finishedShare} * CASE WHEN t.runtime_seconds > 0 THEN t.runtime_seconds ELSE ${assumedRuntime} END AS is_finished,
        row_number() OVER (PARTITION BY p.viewer_id, coalesce(t.series_id, p.title_id) ORDER BY p.played_at DESC, p.file DESC, p.line DESC) AS place
      FROM (SELECT viewer_id, title_id, device, source, file, line, epoch(started_at) AS played_at,
          lag(epoch(started_at)) OVER (PARTITION BY viewer_id ORDER BY started_at, file, line) AS before_at,
          sum(watched_seconds) OVER (PARTITION BY viewer_id, title_id) AS seconds
        FROM viewing WHERE watched_seconds > 0 AND started_at IS NOT NULL AND viewer_id IN ${sql.list(viewers.map(BigInt))}) p
      JOIN title t ON t.title_id = p.title_id) c
    WHERE place = 1 ORDER BY viewer_id, title_id`
}
