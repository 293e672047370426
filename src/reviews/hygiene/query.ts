import { type Sql, sql } from '../../engine/sql.ts'
import { idText } from '../../warehouse/id-text.ts'
import { titleAndDescendants } from '../../warehouse/membership.ts'
import type { Review } from './review.ts'

const ofSource = (column: Sql, source: string | undefined) =>
  source === undefined ? sql.empty : sql`WHERE ${column} = ${source}`

/** The highest mark that each source gives. */
export function highestMarks(source: string | undefined): Sql {
  return sql`SELECT source, max(rating) AS highest FROM review ${ofSource(sql`source`, source)} GROUP BY source`
}

/** All reviews with their texts, in the order of their files. */
export function reviewsStatement(source: string | undefined): Sql {
  return sql`SELECT ${idText(sql`r.title_id`)} AS title_id, ${idText(sql`coalesce(t.series_id, t.title_id)`)} AS work_id,
      ${idText(sql`r.viewer_id`)} AS viewer_id, r.text, r.rating, r.label, epoch(r.reviewed_at) / 3600 AS hour, r.source, r.file, r.line
    FROM review r JOIN title t ON t.title_id = r.title_id ${ofSource(sql`r.source`, source)} ORDER BY r.source, r.file, r.line`
}

/** Titles with reviews, and whether they are asked about: all, or the one of `titleId`, decimal text, with its seasons and episodes. */
export function titlesStatement(titleId: string | undefined): Sql {
  const isAsked = titleId === undefined ? sql`true` : sql`title_id IN ${titleAndDescendants(titleId)}`
  return sql`SELECT ${idText(sql`title_id`)} AS title_id, name, ${isAsked} AS is_asked FROM title
    WHERE title_id IN (SELECT title_id FROM review) ORDER BY name, title_id`
}

/** The texts of `reviews`, of which there is at least one. */
export function textsStatement(reviews: readonly Review[]): Sql {
  const each = reviews.map(
    ({ source, file, line }) => sql`(source = ${source} AND file = ${file} AND line = CAST(${line} AS BIGINT))`,
  )
  return sql`SELECT source, file, line, text FROM review WHERE ${sql.join(each, ' OR ')}`
}
