import { join } from 'node:path'
import type { Engine } from '../../engine/engine.ts'
import { functionsOf } from '../../engine/functions.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import type { Layout } from '../../project/layout.ts'
import { partRows } from '../../warehouse/part-rows.ts'
import { type Part, rowsIn } from '../part.ts'
import { referenceRows, titledParts } from './title-references.ts'

/** File name of each table that is about titles, inside the version's folder. */
export const titleTables = ['title', 'title_genre', 'credit', 'alias', 'title_reference'] as const

interface TitlesInput {
  readonly engine: Engine
  readonly layout: Layout
  readonly parts: readonly Part[]
  /** The folder of the version in the making. */
  readonly folder: string
}

/**
 * Writes the tables about titles into the version's folder, from what `integrateTitles` and `integrateRows` left behind. A
 * title that only rows that are kept out name is in none but `title_reference`, which the next build compares with.
 */
export async function writeTitles(input: TitlesInput): Promise<void> {
  const { engine, folder } = input
  const write = (name: (typeof titleTables)[number], statement: Sql) =>
    engine.writeParquet(statement, join(folder, `${name}.parquet`))
  const rows = referenceRows(input)
  await engine.createTable(
    'named',
    sql`${rows ? namedReferences(input, rows) : sql`SELECT title_ref, title_id FROM matched_alias WHERE false`}`,
  )
  const isNamed = sql.join(
    ['title_id', 'parent_id', 'series_id'].map(
      (above) => sql`title_id IN (SELECT t.${sql.id(above)} FROM described_title t JOIN named USING (title_id))`,
    ),
    ' OR ',
  )
  await write('title', sql`SELECT * FROM described_title WHERE ${isNamed} ORDER BY title_id`)
  await write(
    'title_genre',
    sql`SELECT DISTINCT title_id, trim(item) AS genre FROM ${functionsOf(engine).itemsOf(sql`catalogued`, 'genres')} i
      WHERE trim(item) <> '' ORDER BY title_id, genre`,
  )
  await write('credit', creditRows(input))
  await write(
    'alias',
    rows
      ? sql`SELECT DISTINCT p.source, coalesce(r.title, r.title_id) AS name, a.title_id, a.method, a.score
          FROM (${rows}) r JOIN build_parts p USING (part) JOIN matched_alias a USING (title_ref)
          WHERE title_ref IN (SELECT title_ref FROM named) ORDER BY ALL`
      : sql`SELECT CAST(NULL AS VARCHAR) AS source, CAST(NULL AS VARCHAR) AS name, title_id, method, score FROM matched_alias WHERE false`,
  )
  await write('title_reference', sql`SELECT * FROM title_lookup ORDER BY title_ref`)
}

/** Titles as written of which rules across rows leave a row. */
function namedReferences({ engine, layout, parts }: TitlesInput, rows: Sql): Sql {
  const titled = titledParts(parts)
  const facts = [...new Set(titled.map(({ kind }) => kind))].map((kind) => {
    const ofKind = titled.filter((part) => part.kind === kind)
    return sql`SELECT part, row_index, title_ref FROM ${partRows(engine, kind, ofKind, rowsIn(layout))}`
  })
  const keptOut = sql`SELECT DISTINCT part, row_index FROM found WHERE action IN ('duplicate', 'quarantine') AND NOT was_rejected`
  return sql`SELECT title_ref, a.title_id FROM (SELECT title_ref, sum(rows) AS rows FROM (${rows}) GROUP BY title_ref)
    LEFT JOIN (SELECT title_ref, count(*) AS kept_out FROM (${sql.join(facts, ' UNION ALL ')}) JOIN (${keptOut}) USING (part, row_index) GROUP BY title_ref) USING (title_ref)
    JOIN matched_alias a USING (title_ref) WHERE rows > coalesce(kept_out, 0)`
}

function creditRows(input: TitlesInput): Sql {
  const named = (column: string, role: string) =>
    sql`SELECT title_id, trim(item) AS person, ${sql.literal(role)} AS role, CAST(NULL AS VARCHAR) AS "character", CAST(place AS BIGINT) AS billing, source
      FROM ${functionsOf(input.engine).itemsOf(sql`catalogued`, column)} i WHERE trim(item) <> ''`
  const parts = input.parts.filter((part) => part.kind === 'credit')
  const listed =
    parts.length > 0
      ? [
          sql`SELECT a.title_id, person, role, "character", billing, source FROM ${partRows(input.engine, 'credit', parts, rowsIn(input.layout))}
            JOIN matched_alias a USING (title_ref) WHERE reject_hash IS NULL`,
        ]
      : []
  const roles = [named('directors', 'director'), named('actors', 'actor'), named('writers', 'writer'), ...listed]
  return sql`SELECT title_id, person, role, max("character") AS "character", min(billing) AS billing, min(source) AS source
    FROM (${sql.join(roles, ' UNION ALL ')}) GROUP BY title_id, person, role ORDER BY title_id, role, billing, person`
}
