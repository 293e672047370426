import { type Sql, sql } from '../../engine/sql.ts'
import { titleAndRelatives } from '../../warehouse/membership.ts'
import { chosenOpinions, type OpinionFilter, opinionsOnOthers } from '../opinions.ts'

/** What the words of the opinions asked for are compared with. */
export const backgrounds = ['titles', 'sentiment'] as const
export type Background = (typeof backgrounds)[number]

const otherSentiment = { favourable: 'unfavourable', unfavourable: 'favourable' } as const

function backgroundOf(filter: OpinionFilter, against: Background | undefined): Sql | undefined {
  if (against === 'titles') return opinionsOnOthers(filter)
  const { sentiment } = filter
  return against && sentiment && chosenOpinions({ ...filter, sentiment: otherSentiment[sentiment] })
}

/** How many opinions there are, how many of them have no day, of how many viewers, and their first and last day. */
export function countOpinions(filter: OpinionFilter): Sql {
  return sql`SELECT count(*) AS texts, count_if(day IS NULL) AS untimed, count(DISTINCT viewer_id) + count_if(viewer_id IS NULL) AS viewers,
      CAST(min(day) AS VARCHAR(10)) AS first, CAST(max(day) AS VARCHAR(10)) AS last
    FROM ${chosenOpinions(filter)} c`
}

/**
 * The opinions of `filter` and, after them, those they are compared with; all of one viewer together, those of nobody first. `from` and `to` may go
 * beyond those of `filter`.
 */
export function textsStatement(filter: OpinionFilter, against: Background | undefined): Sql {
  const side = (rows: Sql, isOwn: boolean) =>
    sql`SELECT ${sql.literal(isOwn)} AS is_own, viewer_id, day, text FROM ${rows} s`
  const background = backgroundOf(filter, against)
  return sql`SELECT is_own, CAST(viewer_id AS VARCHAR(20)) AS viewer, CAST(day AS VARCHAR(10)) AS day, text FROM (
      ${side(chosenOpinions(filter), true)} ${background ? sql`UNION ALL ${side(background, false)}` : sql.empty}) u
    ORDER BY is_own DESC, viewer_id NULLS FIRST, day NULLS FIRST, text`
}

const quotesOfEach = 8
const goodLength = 60

/** Opinions that hold each of `forms` as written, the ones of a length to be quoted first. */
export function quotesStatement(filter: OpinionFilter, forms: readonly string[]): Sql {
  const listed = sql.join(
    forms.map((form) => sql`SELECT ${form} AS form`),
    ' UNION ALL ',
  )
  return sql`SELECT form, text FROM (SELECT f.form, c.text, row_number() OVER (PARTITION BY f.form
        ORDER BY abs(length(c.text) - ${sql.literal(goodLength)}), c.text) AS place
      FROM (SELECT DISTINCT text FROM ${chosenOpinions(filter)} t) c JOIN (${listed}) f ON contains(c.text, f.form)) q
    WHERE place <= ${sql.literal(quotesOfEach)} ORDER BY form, place`
}

/** Names that the titles asked for have, and those of their people and characters. */
export function namesStatement(titleId: string): Sql {
  const ids = titleAndRelatives(titleId)
  return sql`SELECT 'title' AS kind, name FROM title WHERE title_id IN ${ids}
    UNION SELECT 'title', original_title FROM title WHERE title_id IN ${ids} AND original_title IS NOT NULL
    UNION SELECT 'title', name FROM alias WHERE title_id IN ${ids}
    UNION SELECT 'name', person FROM credit WHERE title_id IN ${ids}
    UNION SELECT 'name', character FROM credit WHERE title_id IN ${ids} AND character IS NOT NULL`
}
