import type { Row } from '../../engine/engine.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import { idText } from '../../warehouse/id-text.ts'

/** What is said of the title as a whole is the outcome in other words, and no driver of it. */
const whole = 'overall'

const place = sql`title_id, source, file, line`

/** The opinion of each review on each aspect that it judges: the mean of the clauses that do; 0 mentions without judging. */
export const opinions: Sql = sql`(SELECT ${place}, aspect, avg(opinion) AS opinion FROM review_aspect
  WHERE opinion <> 0 AND aspect <> ${sql.literal(whole)} GROUP BY ${place}, aspect)`

/** Titles with the film or series that they belong to. */
export const workOf: Sql = sql`(SELECT title_id, coalesce(series_id, title_id) AS work_id FROM title)`

/** Which titles count: those of these works, decimal ids, all of them where undefined. */
export interface Scope {
  readonly works?: readonly string[] | undefined
  /** Only these titles, all of one work. */
  readonly titles?: Sql | undefined
}

function within({ works, titles }: Scope): Sql {
  const ids = works && sql.join(works.map((id) => sql`CAST(${id} AS BIGINT)`))
  const ofWorks = ids ? sql`k.work_id IN (${ids})` : sql`k.work_id IS NOT NULL`
  return titles ? sql`${ofWorks} AND k.title_id IN ${titles}` : ofWorks
}

export interface MarkRow extends Row {
  kind: 'review' | 'rating'
  source: string
  best: number
}

/** The best mark that each source gives, in reviews and by itself. */
export const bestMarks: Sql = sql`
  SELECT 'review' AS kind, source, max(rating) AS best FROM review WHERE rating IS NOT NULL GROUP BY source
  UNION ALL SELECT 'rating', source, max(rating) FROM rating WHERE rating IS NOT NULL GROUP BY source
  ORDER BY kind, source`

export interface LevelRow extends Row {
  source: string
  language: string | null
  reviews: number
  /** Of these, with the time when they were written. */
  dated: number
  /** When the first of these was written, in seconds since 1970; null where none is dated. */
  first_second: number | null
}

/** Reviews by source and language. */
export function reviewLevels(scope: Scope): Sql {
  return sql`SELECT r.source, s.language, count(*) AS reviews, count(r.reviewed_at) AS dated, min(epoch(r.reviewed_at)) AS first_second FROM review r JOIN ${workOf} k ON k.title_id = r.title_id
    LEFT JOIN review_sentiment s ON s.title_id = r.title_id AND s.source = r.source AND s.file = r.file AND s.line = r.line
    WHERE ${within(scope)} GROUP BY r.source, s.language ORDER BY r.source, s.language`
}

export interface AspectRow extends Row {
  aspect: string
  reviews: number
}

/** How many reviews judge each aspect, most first. */
export function aspectMentions(scope: Scope): Sql {
  return sql`SELECT o.aspect, count(*) AS reviews FROM ${opinions} o JOIN ${workOf} k ON k.title_id = o.title_id
    WHERE ${within(scope)} GROUP BY o.aspect ORDER BY reviews DESC, o.aspect`
}

/** A film or series and one of its genres. */
export interface WorkRow extends Row {
  work_id: string
  name: string
  year: number | null
  title_type: string | null
  reviews: number
  genre: string | null
}

/** Films and series with at least one review, and what they are: a row for each genre. */
export const reviewedWorks: Sql = sql`
  SELECT ${idText(sql`t.title_id`)} AS work_id, t.name, t.year, t.title_type, n.reviews, g.genre FROM title t
  JOIN (SELECT k.work_id, count(*) AS reviews FROM review r JOIN ${workOf} k ON k.title_id = r.title_id GROUP BY k.work_id) n
    ON n.work_id = t.title_id
  LEFT JOIN title_genre g ON g.title_id = t.title_id
  ORDER BY work_id, g.genre`

/** Films and episodes with a runtime, each beside every whole that it is part of: itself, its season, its series. */
const parts: Sql = sql`(SELECT u.whole_id, t.title_id, t.runtime_seconds FROM (
    SELECT title_id AS whole_id, title_id FROM title
    UNION SELECT series_id, title_id FROM title WHERE series_id IS NOT NULL
    UNION SELECT parent_id, title_id FROM title WHERE parent_id IS NOT NULL) u
  JOIN title t ON t.title_id = u.title_id
  WHERE t.runtime_seconds > 0 AND coalesce(t.title_type, '') NOT IN ('series', 'season'))`

/** Seconds that each viewer saw of each film and episode, at most its runtime, summed over the parts of each whole. */
const seen: Sql = sql`(SELECT p.whole_id, v.viewer_id, sum(least(v.seconds, p.runtime_seconds)) AS seconds
  FROM (SELECT title_id, viewer_id, sum(watched_seconds) AS seconds FROM viewing
    WHERE coalesce(is_advertising, false) = false GROUP BY title_id, viewer_id) v
  JOIN ${parts} p ON p.title_id = v.title_id GROUP BY p.whole_id, v.viewer_id)`

const runtimes: Sql = sql`(SELECT whole_id, sum(runtime_seconds) AS seconds FROM ${parts} p GROUP BY whole_id)`

/** `rating` as a share of the best mark of its source. */
function shareOfBest(kind: MarkRow['kind'], rating: Sql, source: Sql, marks: readonly MarkRow[]): Sql {
  const own = marks.filter((mark) => mark.kind === kind)
  if (own.length === 0) return sql`CAST(NULL AS DOUBLE)`
  const cases = own.map((mark) => sql`WHEN ${mark.source} THEN ${sql.literal(mark.best)}`)
  return sql`${rating} / CASE ${source} ${sql.join(cases, ' ')} END`
}

/**
 * A review, or all reviews of a title, with what may stand behind an outcome; `a0`, `a1` … are its opinions on the aspects, NULL where it judges none; `m0`, `m1` …, of
 * titles, the shares of the reviews that judge them.
 */
export interface JudgedRow extends Row {
  work_id: string
  /** Rows of one unit depend on each other. */
  unit: string
  source: string | null
  language: string | null
  reviewed_second: number | null
  characters: number | null
}

export interface JudgedReviewRow extends JudgedRow {
  rating: number | null
  sentiment: number | null
  completion: number | null
}

/** The opinions of each review, a row for each that judges anything. */
function pivoted(aspects: readonly string[]): Sql {
  const means = aspects.map(
    (aspect, index) => sql`, avg(CASE WHEN aspect = ${aspect} THEN opinion END) AS ${sql.id(`a${index}`)}`,
  )
  return sql`(SELECT ${place} ${sql.join(means, ' ')} FROM ${opinions} o GROUP BY ${place})`
}

/** That a row of `other` is of the review r. */
const isOfReview = (other: Sql) =>
  sql`${other}.title_id = r.title_id AND ${other}.source = r.source AND ${other}.file = r.file AND ${other}.line = r.line`

/**
 * Reviews with their opinions on `aspects`, those of a viewer in one unit. `rating` is that of the review, else that of its viewer, as a share of the best mark; `completion` the
 * share of the title, or of all its episodes, that the viewer is known to have watched.
 */
export function judgedReviews(aspects: readonly string[], marks: readonly MarkRow[], scope: Scope): Sql {
  const columns = aspects.map((_, index) => sql`, a.${sql.id(`a${index}`)}`)
  const rated = sql`(SELECT viewer_id, title_id, avg(${shareOfBest('rating', sql`rating`, sql`source`, marks)}) AS rating
    FROM rating GROUP BY viewer_id, title_id)`
  return sql`SELECT ${idText(sql`k.work_id`)} AS work_id,
      coalesce(${idText(sql`r.viewer_id`)}, concat(r.file, ' ', CAST(r.line AS VARCHAR(20)))) AS unit, r.source, s.language,
      epoch(r.reviewed_at) AS reviewed_second, length(r.text) AS characters,
      coalesce(${shareOfBest('review', sql`r.rating`, sql`r.source`, marks)}, g.rating) AS rating, s.probability AS sentiment,
      w.seconds / f.seconds AS completion ${sql.join(columns, ' ')}
    FROM review r JOIN ${workOf} k ON k.title_id = r.title_id
    LEFT JOIN ${pivoted(aspects)} a ON ${isOfReview(sql`a`)}
    LEFT JOIN review_sentiment s ON ${isOfReview(sql`s`)}
    LEFT JOIN ${rated} g ON g.viewer_id = r.viewer_id AND g.title_id = r.title_id
    LEFT JOIN ${seen} w ON w.viewer_id = r.viewer_id AND w.whole_id = r.title_id
    LEFT JOIN ${runtimes} f ON f.whole_id = r.title_id
    WHERE ${within(scope)}`
}

export interface JudgedTitleRow extends JudgedRow {
  completion: number
}

/** Fewer say little of a title. */
const [leastReviews, leastViewers] = [10, 20]

/**
 * Films, series and episodes with at least 10 reviews and 20 viewers: which share of their reviews judges each of `aspects`, the mean opinion with 0 for those that do not,
 * and the mean share that viewers watched. The titles of one work are a unit.
 */
export function judgedTitles(aspects: readonly string[], scope: Scope): Sql {
  const columns = aspects.map((_, index) => {
    const opinion = sql`a.${sql.id(`a${index}`)}`
    return sql`, avg(CASE WHEN ${opinion} IS NULL THEN 0 ELSE 1 END) AS ${sql.id(`m${index}`)},
      avg(coalesce(${opinion}, 0)) AS ${sql.id(`a${index}`)}`
  })
  const watched = sql`(SELECT w.whole_id, count(*) AS viewers, avg(w.seconds / f.seconds) AS completion
    FROM ${seen} w JOIN ${runtimes} f ON f.whole_id = w.whole_id GROUP BY w.whole_id)`
  return sql`SELECT ${idText(sql`k.work_id`)} AS work_id, ${idText(sql`k.work_id`)} AS unit, CAST(NULL AS VARCHAR(20)) AS source,
      CAST(NULL AS VARCHAR(20)) AS language, CAST(NULL AS DOUBLE) AS reviewed_second, avg(length(r.text)) AS characters,
      c.completion ${sql.join(columns, ' ')}
    FROM review r JOIN ${workOf} k ON k.title_id = r.title_id
    JOIN ${watched} c ON c.whole_id = r.title_id
    LEFT JOIN ${pivoted(aspects)} a ON ${isOfReview(sql`a`)}
    WHERE ${within(scope)} AND c.viewers >= ${sql.literal(leastViewers)}
    GROUP BY k.work_id, r.title_id, c.completion HAVING count(*) >= ${sql.literal(leastReviews)}`
}
