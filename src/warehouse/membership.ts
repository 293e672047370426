import { type Sql, sql } from '../engine/sql.ts'

/** The attributes through which a title belongs to groups of titles, several at once. */
export const memberships = ['person', 'actor', 'director', 'genre'] as const
export type Membership = (typeof memberships)[number]

const credited = (roles: Sql): Sql => sql`(SELECT title_id, person AS member FROM credit ${roles})`

const owners: Readonly<Record<Membership, Sql>> = {
  person: credited(sql.empty),
  actor: credited(sql`WHERE lower(role) IN ('actor', 'actress')`),
  director: credited(sql`WHERE lower(role) = 'director'`),
  genre: sql`(SELECT title_id, genre AS member FROM title_genre)`,
}

/**
 * A relation of distinct (`title_id`, `member`): each title with its own people or genres and those of its season and
 * series.
 */
export function memberOf(membership: Membership): Sql {
  const owner = owners[membership]
  return sql`(
    SELECT title_id, member FROM ${owner} own
    UNION SELECT t.title_id, o.member FROM title t JOIN ${owner} o ON o.title_id = t.series_id
    UNION SELECT t.title_id, o.member FROM title t JOIN ${owner} o ON o.title_id = t.parent_id
  )`
}

/** The ids of a title and of all its seasons and episodes, as a list for `IN`. `titleId` is decimal text. */
export function titleAndDescendants(titleId: string): Sql {
  const id = sql`CAST(${titleId} AS BIGINT)`
  return sql`(SELECT title_id FROM title WHERE title_id = ${id} OR series_id = ${id} OR parent_id = ${id})`
}

/** As `titleAndDescendants`, with the season and the series that the title belongs to. */
export function titleAndRelatives(titleId: string): Sql {
  const id = sql`CAST(${titleId} AS BIGINT)`
  const wholes = (column: string) =>
    sql`SELECT ${sql.id(column)} FROM title WHERE title_id = ${id} AND ${sql.id(column)} IS NOT NULL`
  return sql`(SELECT title_id FROM title WHERE title_id = ${id} OR series_id = ${id} OR parent_id = ${id}
    UNION ${wholes('series_id')} UNION ${wholes('parent_id')})`
}
