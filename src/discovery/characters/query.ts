import { type Sql, sql } from '../../engine/sql.ts'
import { idText } from '../../warehouse/id-text.ts'
import { leastOpinion } from '../../warehouse/least-opinion.ts'
import { titleAndDescendants, titleAndRelatives } from '../../warehouse/membership.ts'
import { chosenOpinions, type OpinionFilter } from '../opinions.ts'

/** The credits of a title, of its seasons and episodes and of the series that it belongs to, those at the head of the cast list first. */
export function creditsStatement(titleId: string): Sql {
  return sql`SELECT person, role, character, min(billing) AS place, source FROM credit WHERE title_id IN ${titleAndRelatives(titleId)}
    GROUP BY person, role, character, source ORDER BY place NULLS LAST, source, person, role, character`
}

/** How long each list of characters is seen, in seconds, joined by `|`. */
export function scenesStatement({ titleId = '', season, episode }: OpinionFilter): Sql {
  const only = (column: string, value: number | undefined) =>
    value === undefined
      ? sql.empty
      : sql`AND title_id IN (SELECT title_id FROM title WHERE ${sql.id(column)} = ${value})`
  return sql`SELECT characters, sum(end_seconds - start_seconds) AS seconds FROM scene
    WHERE title_id IN ${titleAndDescendants(titleId)} AND end_seconds > start_seconds AND characters IS NOT NULL
      ${only('season', season)} ${only('episode', episode)}
    GROUP BY characters ORDER BY characters`
}

/** The opinions asked for, all of one viewer together, those of nobody first. */
export function textsStatement(filter: OpinionFilter): Sql {
  return sql`SELECT ${idText(sql`viewer_id`)} AS viewer, CAST(day AS VARCHAR(10)) AS day, favour, text FROM ${chosenOpinions(filter)} c
    ORDER BY viewer_id NULLS FIRST, day NULLS FIRST, text`
}

/**
 * Whom each of the reviews asked for judges, by the names of the credits, as `unit` (its viewer, else the review itself), `target` and `favour`, 1 or 0:
 * by the mean of its clauses that judge them.
 */
export function judgedStatement(filter: OpinionFilter): Sql {
  const place = sql`title_id, source, file, line`
  const judged = sql`(SELECT ${place}, target, round(avg(opinion), 6) AS opinion FROM review_aspect
    WHERE target IS NOT NULL AND opinion <> 0 GROUP BY ${place}, target)`
  return sql`SELECT DISTINCT coalesce(${idText(sql`c.viewer_id`)}, concat(c.source, ' ', c.file, ' ', ${idText(sql`c.line`)})) AS unit,
      a.target, CASE WHEN a.opinion > 0 THEN 1 ELSE 0 END AS favour
    FROM ${chosenOpinions({ ...filter, texts: ['reviews'] })} c
    JOIN ${judged} a ON a.title_id = c.title_id AND a.source = c.source AND a.file = c.file AND a.line = c.line
    WHERE abs(a.opinion) >= ${sql.literal(leastOpinion)}`
}
