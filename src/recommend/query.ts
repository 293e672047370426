import { type Sql, sql } from '../engine/sql.ts'

/** What an interest is made of. */
export interface Weighing {
  /** Days after which a play or rating counts half; null for never. */
  readonly halfLifeDays: number | null
}

/** A title without a runtime counts as watched to the end after so many seconds. */
export const assumedRuntime = 3600
/** Share of the runtime that counts as watched to the end. */
export const finishedShare = 0.9
/** A rating of this share of the highest one that its source gave adds nothing; twice that share counts as a play watched to the end. */
const neutralLiking = 0.4
const leastLiking = 0.05
const mostLiking = 1.5
const leastWeight = 1e-6
/** Weights that differ in the order of addition alone are equal. */
const weightDigits = 6

/** Plays and ratings of an episode count for its series. */
const work = sql`coalesce(t.series_id, p.title_id)`
const watchedShare = sql`least(1.0, p.seconds / CASE WHEN t.runtime_seconds > 0 THEN t.runtime_seconds ELSE ${assumedRuntime} END)`

const of = (viewer: string | undefined, column: Sql): Sql =>
  viewer === undefined ? sql.empty : sql`AND ${column} = CAST(${viewer} AS BIGINT)`

/** viewer_id, title_id of a work, completion: sum over its parts of the share watched, is_finished, last_at in seconds. */
function watched(viewer: string | undefined): Sql {
  return sql`(SELECT w.viewer_id, w.title_id, w.completion, w.last_at, w.finished >= coalesce(e.episodes, 1) AS is_finished
    FROM (SELECT p.viewer_id, ${work} AS title_id, sum(${watchedShare}) AS completion, max(p.last_at) AS last_at,
        count_if(${watchedShare} >= ${finishedShare}) AS finished
      FROM (SELECT viewer_id, title_id, sum(watched_seconds) AS seconds, max(epoch(started_at)) AS last_at FROM viewing v
        WHERE watched_seconds > 0 AND viewer_id IS NOT NULL ${of(viewer, sql`v.viewer_id`)} GROUP BY viewer_id, title_id) p
      JOIN title t ON t.title_id = p.title_id GROUP BY p.viewer_id, ${work}) w
    LEFT JOIN (SELECT series_id, count(*) AS episodes FROM title WHERE title_type = 'episode' GROUP BY series_id) e
      ON e.series_id = w.title_id)`
}

/** viewer_id, title_id of a work, liking: mean share of the highest rating of the source, last_at in seconds. */
function rated(viewer: string | undefined): Sql {
  return sql`(SELECT p.viewer_id, ${work} AS title_id, avg(p.rating / s.highest) AS liking, max(epoch(p.rated_at)) AS last_at
    FROM rating p JOIN (SELECT source, max(rating) AS highest FROM rating GROUP BY source HAVING max(rating) > 0) s ON s.source = p.source
    JOIN title t ON t.title_id = p.title_id
    WHERE p.viewer_id IS NOT NULL ${of(viewer, sql`p.viewer_id`)} GROUP BY p.viewer_id, ${work})`
}

/** The time, in seconds, of the newest play or rating. */
const newest = sql`(SELECT max(latest) AS newest_at FROM (SELECT max(epoch(started_at)) AS latest FROM viewing UNION ALL SELECT max(epoch(rated_at)) FROM rating) n)`

/**
 * One row for each viewer and work that the viewer watched or rated, by both: how much it counts, above 0, the days to the newest one of all, NULL
 * where no time is known, and whether it was watched to the end. Of one viewer where `viewer`, decimal text, is given.
 *
 * A work watched to a completion c (1 for a film seen whole, 3 for three episodes) counts 2 c / (1 + c); one rated counts the liking
 * (r / r_highest - 0.4) / 0.4 within 0.05 and 1.5, times that; all of it 2^(-days / half-life).
 */
export const interestStatement = (weighing: Weighing, viewer?: string): Sql =>
  sql`${interestRows(weighing, viewer)} ORDER BY i.viewer_id, i.title_id`

/** The rows of `interestStatement` in no order. */
export function interestRows({ halfLifeDays }: Weighing, viewer?: string): Sql {
  const liking = sql`CASE WHEN r.liking IS NULL THEN 1 ELSE
    least(${mostLiking}, greatest(${leastLiking}, (r.liking - ${neutralLiking}) / ${neutralLiking})) END`
  const days = sql`(n.newest_at - i.last_at) / 86400`
  const decay = halfLifeDays === null ? sql`1` : sql`power(0.5, coalesce(${days}, 0) / ${halfLifeDays})`
  return sql`SELECT i.viewer_id, i.title_id, round(greatest(i.interest * ${decay}, ${leastWeight}), ${weightDigits}) AS weight, ${days} AS age_days, i.is_finished
    FROM (SELECT coalesce(w.viewer_id, r.viewer_id) AS viewer_id, coalesce(w.title_id, r.title_id) AS title_id,
        coalesce(2 * w.completion / (1 + w.completion), 1) * ${liking} AS interest,
        coalesce(w.is_finished, true) AS is_finished,
        CASE WHEN w.last_at IS NULL THEN r.last_at WHEN r.last_at IS NULL THEN w.last_at ELSE greatest(w.last_at, r.last_at) END AS last_at
      FROM ${watched(viewer)} w FULL JOIN ${rated(viewer)} r ON r.viewer_id = w.viewer_id AND r.title_id = w.title_id) i
    CROSS JOIN ${newest} n`
}

/** Films, and series as a whole: what is recommended. */
const works = sql`(SELECT * FROM title WHERE series_id IS NULL AND coalesce(title_type, 'film') NOT IN ('season', 'episode'))`

/** Every work with what is told of it, by id. */
export const worksStatement = sql`SELECT title_id, name, title_type, year, CAST(release_date AS VARCHAR(10)) AS release_date, countries, languages, age_rating, synopsis
  FROM ${works} t ORDER BY title_id`

/** Genres, directors, actors and the sources that know it, of every work. */
export const workFactsStatement = sql`
  SELECT g.title_id, 'genre' AS fact, g.genre AS value, 0 AS place FROM title_genre g JOIN ${works} t ON t.title_id = g.title_id
  UNION ALL SELECT c.title_id, CASE WHEN lower(c.role) = 'director' THEN 'director' ELSE 'actor' END, c.person, min(coalesce(c.billing, 1000))
    FROM credit c JOIN ${works} t ON t.title_id = c.title_id WHERE lower(c.role) IN ('director', 'actor', 'actress') AND c.person IS NOT NULL
    GROUP BY c.title_id, CASE WHEN lower(c.role) = 'director' THEN 'director' ELSE 'actor' END, c.person
  UNION ALL SELECT DISTINCT coalesce(t.series_id, t.title_id), 'source', a.source, 0 FROM alias a JOIN title t ON t.title_id = a.title_id
  ORDER BY 1, 2, 4, 3`
