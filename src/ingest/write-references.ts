import { rm } from 'node:fs/promises'
import { sql } from '../engine/sql.ts'
import type { SourceSettings } from '../project/settings.ts'
import { titleFields } from '../warehouse/schema.ts'
import type { PartContext } from './part.ts'
import { inTitle } from './row-keys.ts'

/** Writes `titles`, as `RowKeys` tells of, to `references`, with how many of the typed `rows` are not rejected; none without any. */
export async function writeReferences(
  { engine }: PartContext,
  source: SourceSettings,
  titles: string,
  rows: string,
  references: string,
): Promise<void> {
  await rm(references, { recursive: true, force: true })
  const mapped = inTitle(source)
  if (mapped.length === 0) return
  const stored = titleFields.map((field) =>
    mapped.includes(field) ? sql.id(field.name) : sql`CAST(NULL AS VARCHAR) AS ${sql.id(field.name)}`,
  )
  const named = sql.join(
    mapped
      .filter(({ name }) => name === 'title' || name === 'title_id')
      .map(({ name }) => sql`${sql.id(name)} IS NOT NULL`),
    ' OR ',
  )
  await engine.writeParquet(
    sql`SELECT ${sql.join([sql`title_ref`, ...stored, sql`rows`])} FROM ${sql.id(titles)}
      JOIN (SELECT title_ref, count(*) AS rows FROM ${engine.scanParquet([rows])} WHERE reject_hash IS NULL GROUP BY title_ref) USING (title_ref)
      WHERE ${named} ORDER BY title_ref`,
    references,
  )
  await engine.dropTable(titles)
}
