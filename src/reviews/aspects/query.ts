import type { Row } from '../../engine/engine.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import { idText } from '../../warehouse/id-text.ts'
import { titleAndDescendants } from '../../warehouse/membership.ts'

/** Whose reviews are read: a title, or one season or episode of it. */
export interface AspectsFilter {
  /** Decimal text. */
  readonly titleId: string
  readonly season?: number | undefined
  readonly episode?: number | undefined
  readonly source?: string | undefined
}

const isPart = ({ season, episode }: AspectsFilter) => season !== undefined || episode !== undefined

/**
 * Each reviewed title as a subject: films and whole series where a whole title is asked for, else the seasons or episodes of the series.
 */
function subjects(filter: AspectsFilter): Sql {
  if (!isPart(filter)) {
    return sql`(SELECT t.title_id, ${idText(sql`coalesce(t.series_id, t.title_id)`)} AS subject FROM title t)`
  }
  const subject = filter.episode === undefined ? sql`CAST(t.season AS VARCHAR(20))` : idText(sql`t.title_id`)
  const season = filter.season === undefined ? sql.empty : sql`AND t.season = ${filter.season}`
  const ofSeason =
    filter.episode === undefined ? sql`AND t.season IS NOT NULL` : sql`AND t.episode IS NOT NULL ${season}`
  return sql`(SELECT t.title_id, ${subject} AS subject FROM title t
    WHERE t.title_id IN ${titleAndDescendants(filter.titleId)} ${ofSeason})`
}

/** The subject that is asked for, as `subjects` names it. */
export function ownSubject(filter: AspectsFilter): Sql {
  if (!isPart(filter)) return sql`SELECT ${filter.titleId} AS subject`
  if (filter.episode === undefined) return sql`SELECT CAST(${filter.season ?? null} AS VARCHAR(20)) AS subject`
  const season = filter.season === undefined ? sql.empty : sql`AND season = ${filter.season}`
  return sql`SELECT ${idText(sql`title_id`)} AS subject FROM title
    WHERE title_id IN ${titleAndDescendants(filter.titleId)} AND episode = ${filter.episode} ${season} ORDER BY season, subject LIMIT 1`
}

/** The series that a season or an episode is of, and its place there. */
export function placeOfTitle(titleId: string): Sql {
  return sql`SELECT ${idText(sql`series_id`)} AS series_id, season, episode FROM title
    WHERE ${idText(sql`title_id`)} = ${titleId} AND series_id IS NOT NULL`
}

/** The year and the genres of a title, one row for each genre, or one without. */
export function kindOfTitle(titleId: string): Sql {
  return sql`SELECT t.year, g.genre FROM title t LEFT JOIN title_genre g ON g.title_id = t.title_id
    WHERE ${idText(sql`t.title_id`)} = ${titleId} ORDER BY g.genre`
}

/** What a comparable title has in common with the one asked for. */
export interface Alike {
  readonly genres: readonly string[]
  readonly from: number | undefined
  readonly to: number | undefined
}

const sourceIs = ({ source }: AspectsFilter) => (source === undefined ? sql.empty : sql`AND r.source = ${source}`)

/** The `limit` subjects to compare with that have most reviews: works of a genre and period, or the other parts of the series. */
export function comparableSubjects(filter: AspectsFilter, own: string, alike: Alike, limit: number): Sql {
  const genre =
    isPart(filter) || alike.genres.length === 0
      ? sql.empty
      : sql`AND s.subject IN (SELECT ${idText(sql`title_id`)} FROM title_genre WHERE genre IN ${sql.list(alike.genres)})`
  const period =
    isPart(filter) || alike.from === undefined || alike.to === undefined
      ? sql.empty
      : sql`AND s.subject IN (SELECT ${idText(sql`title_id`)} FROM title WHERE year >= ${alike.from} AND year <= ${alike.to})`
  return sql`SELECT s.subject, count(*) AS reviews FROM review r JOIN ${subjects(filter)} s ON s.title_id = r.title_id
    WHERE s.subject <> ${own} ${genre} ${period} ${sourceIs(filter)}
    GROUP BY s.subject ORDER BY reviews DESC, s.subject LIMIT ${sql.literal(limit)}`
}

/** The place of each review of `wanted` that has text; of those with one text the first. */
function placesOf(filter: AspectsFilter, wanted: readonly string[]): Sql {
  return sql`(SELECT subject, source, file, line, text FROM (
      SELECT s.subject, r.source, r.file, r.line, r.text,
        row_number() OVER (PARTITION BY s.subject, md5(r.text) ORDER BY r.source, r.file, r.line) AS copy
      FROM review r JOIN ${subjects(filter)} s ON s.title_id = r.title_id
      WHERE s.subject IN ${sql.list(wanted)} AND trim(r.text) <> '' ${sourceIs(filter)}) c
    WHERE copy = 1)`
}

/** How many reviews `subject` has, and how many of them have a text of their own. */
export function reviewCounts(filter: AspectsFilter, subject: string): Sql {
  return sql`SELECT count(*) AS reviews, count(DISTINCT md5(r.text)) AS texts
    FROM review r JOIN ${subjects(filter)} s ON s.title_id = r.title_id
    WHERE s.subject = ${subject} AND trim(r.text) <> '' ${sourceIs(filter)}`
}

/** Of each of `wanted`, how many reviews speak of each aspect, and how many find it good or bad on the whole: a mean of at least `least`. */
export function aspectCounts(filter: AspectsFilter, wanted: readonly string[], least: number): Sql {
  const perReview = sql`(SELECT p.subject, p.source, p.file, p.line, a.aspect, round(avg(a.opinion), 6) AS opinion
    FROM review_aspect a JOIN ${placesOf(filter, wanted)} p ON p.source = a.source AND p.file = a.file AND p.line = a.line
    GROUP BY p.subject, p.source, p.file, p.line, a.aspect)`
  return sql`SELECT subject, aspect, count(*) AS mentions,
      count_if(opinion >= ${sql.literal(least)}) AS favourable, count_if(opinion <= ${sql.literal(-least)}) AS unfavourable
    FROM ${perReview} o GROUP BY subject, aspect ORDER BY subject, aspect`
}

/** A clause of a review that speaks of an aspect, or of somebody. */
export interface ClauseRow extends Row {
  source: string
  file: string
  line: number
  /** Of the whole review. */
  text: string
  text_start: number
  text_length: number
  aspect: string
  target: string | null
  opinion: number
}

/** The clauses of `most` reviews of `subject`, whichever their order in the files, those of a review together. */
export function clausesOf(filter: AspectsFilter, subject: string, most: number): Sql {
  const chosen = sql`(SELECT source, file, line, text, md5(text) AS hash FROM ${placesOf(filter, [subject])} p
    ORDER BY hash, source, file, line LIMIT ${sql.literal(most)})`
  return sql`SELECT p.source, p.file, p.line, p.text, a.text_start, a.text_length, a.aspect, a.target, a.opinion
    FROM ${chosen} p JOIN review_aspect a ON a.source = p.source AND a.file = p.file AND a.line = p.line
    ORDER BY p.hash, p.source, p.file, p.line, a.clause, a.aspect, a.target NULLS FIRST`
}
