import type { Row } from '../engine/engine.ts'
import { type Sql, sql } from '../engine/sql.ts'
import { opinions, workOf } from '../reviews/drivers/query.ts'
import { idText } from '../warehouse/id-text.ts'
import { titleAndDescendants } from '../warehouse/membership.ts'

/** The film or series that a title belongs to. */
export function workOfTitle(titleId: string): Sql {
  return sql`SELECT ${idText(sql`work_id`)} AS work_id FROM ${workOf} k WHERE title_id = CAST(${titleId} AS BIGINT)`
}

/** Opinions on an aspect: how many reviews, their sum and the sum of their squares. */
export interface OpinionSums {
  readonly reviews: number
  readonly sum: number
  readonly squares: number
}

const sums = sql`count(*) AS reviews, sum(o.opinion) AS sum, sum(o.opinion * o.opinion) AS squares`

export type WorkOpinionRow = Row & OpinionSums & { work_id: string; aspect: string }

/** Opinions on each aspect of each film and series. */
export const opinionsOfWorks: Sql = sql`SELECT ${idText(sql`k.work_id`)} AS work_id, o.aspect, ${sums}
  FROM ${opinions} o JOIN ${workOf} k ON k.title_id = o.title_id GROUP BY k.work_id, o.aspect`

export type PartOpinionRow = Row & OpinionSums & { title_id: string; name: string; aspect: string }

/** Opinions on each aspect of a title by what was reviewed: itself, or one of its seasons and episodes. */
export function opinionsOfParts(titleId: string): Sql {
  return sql`SELECT ${idText(sql`o.title_id`)} AS title_id, t.name, o.aspect, ${sums} FROM ${opinions} o JOIN title t ON t.title_id = o.title_id
    WHERE o.title_id IN ${titleAndDescendants(titleId)} GROUP BY o.title_id, t.name, o.aspect ORDER BY title_id, o.aspect`
}

export type TargetOpinionRow = Row & OpinionSums & { target: string; aspect: string }

/** Opinions on each aspect of a title by the person or character whom they are about. */
export function opinionsOfTargets(titleId: string): Sql {
  const judged = sql`(SELECT target, aspect, avg(opinion) AS opinion FROM review_aspect
    WHERE target IS NOT NULL AND opinion <> 0 AND title_id IN ${titleAndDescendants(titleId)}
    GROUP BY title_id, source, file, line, target, aspect)`
  return sql`SELECT o.target, o.aspect, ${sums} FROM ${judged} o GROUP BY o.target, o.aspect ORDER BY o.target, o.aspect`
}

/** How many reviews a title and its seasons and episodes have. */
export function reviewsOf(titleId: string): Sql {
  return sql`SELECT count(*) AS reviews FROM review WHERE title_id IN ${titleAndDescendants(titleId)}`
}

export interface ClauseRow extends Row {
  text: string
  text_start: number
  text_length: number
  opinion: number
  likes: number | null
}

/** Clauses that quotes are chosen from. */
const mostClauses = 300

/**
 * Clauses of reviews of a title, its seasons and episodes that judge `aspect`, of `target` alone where that is given, worse than neutral, the worst
 * and most liked first.
 */
export function complaintClauses(titleId: string, aspect: string, target: string | undefined): Sql {
  const about = target === undefined ? sql.empty : sql`AND a.target = ${target}`
  return sql`SELECT r.text, a.text_start, a.text_length, a.opinion, r.likes FROM review_aspect a
    JOIN review r ON r.title_id = a.title_id AND r.source = a.source AND r.file = a.file AND r.line = a.line
    WHERE a.title_id IN ${titleAndDescendants(titleId)} AND a.aspect = ${aspect} AND a.opinion < 0 ${about}
    ORDER BY a.opinion, coalesce(r.likes, 0) DESC, r.source, r.file, r.line, a.clause LIMIT ${sql.literal(mostClauses)}`
}

export interface CommentRow extends Row {
  text: string
  voices: number
}

/** Timed comments of a stretch of a title, those of most viewers first. */
export function commentsBetween(titleId: string, startSeconds: number, endSeconds: number): Sql {
  return sql`SELECT text, count(DISTINCT viewer_id) + count_if(viewer_id IS NULL) AS voices FROM timed_comment
    WHERE title_id = CAST(${titleId} AS BIGINT) AND position_seconds >= ${startSeconds} AND position_seconds < ${endSeconds}
    GROUP BY text ORDER BY voices DESC, text LIMIT ${sql.literal(mostClauses)}`
}
