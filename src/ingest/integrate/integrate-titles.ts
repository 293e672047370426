import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine } from '../../engine/engine.ts'
import { sql } from '../../engine/sql.ts'
import type { Text } from '../../text.ts'
import { matchTitles } from '../../titles/match-titles.ts'
import type { TitleMatching, UncertainPair } from '../../titles/title.ts'
import { partRows } from '../../warehouse/part-rows.ts'
import { rowsIn } from '../part.ts'
import { type ReferenceInput, referenceBatches } from './title-references.ts'

/** The columns of the catalogue's rows that the title table takes over. */
const attributes = [
  'release_date',
  'runtime_seconds',
  'original_title',
  'countries',
  'languages',
  'age_rating',
  'synopsis',
] as const

/** What a catalogue may say of a title. */
const catalogueColumns = ['title_type', 'series', 'genres', 'directors', 'actors', 'writers', ...attributes]

/** What matching leaves for a person to look at. */
export type OpenMatches = Pick<TitleMatching, 'uncertain' | 'warnings'>

/**
 * Matches the titles of all parts. Leaves the temporary tables `title_lookup(title_ref, title_id, runtime_seconds,
 * release_date, is_catalogued)` and those that `writeTitles` reads behind.
 */
export async function integrateTitles(input: ReferenceInput): Promise<OpenMatches> {
  await createCatalogue(input)
  const matched = await matchBatches(input)
  await describeTitles(input.engine)
  return matched
}

/** Catalogue rows of all title parts, with a rank that prefers higher priority and then earlier rows. */
async function createCatalogue(input: ReferenceInput): Promise<void> {
  const parts = input.parts.filter((part) => part.kind === 'title')
  const columns = sql`title_ref, ${sql.join(catalogueColumns.map(sql.id))}`
  const rows = parts.length > 0 ? partRows(input.engine, 'title', parts, rowsIn(input.layout)) : undefined
  await input.engine.createTable(
    'catalogue',
    rows
      ? sql`SELECT ${columns}, r.source, row_number() OVER (ORDER BY p.priority DESC, p.ordinal, row_index) AS rank
          FROM ${rows} r JOIN build_parts p USING (part) WHERE reject_hash IS NULL`
      : sql`SELECT CAST(NULL AS BIGINT) AS title_ref,
          ${sql.join(['title_type', 'series', 'genres', 'directors', 'actors', 'writers', 'original_title', 'countries', 'languages', 'age_rating', 'synopsis'].map((name) => sql`CAST(NULL AS VARCHAR) AS ${sql.id(name)}`))},
          CAST(NULL AS DATE) AS release_date, CAST(NULL AS DOUBLE) AS runtime_seconds, CAST(NULL AS VARCHAR) AS source, CAST(NULL AS BIGINT) AS rank WHERE false`,
  )
}

function csv(rows: readonly (readonly (string | number | boolean | null)[])[]): string {
  const cell = (value: string | number | boolean | null) =>
    value === null ? '' : `"${String(value).replaceAll('"', '""').replaceAll('\n', ' ')}"`
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('')
}

const titleColumns = [
  'title_id',
  'name',
  'title_type',
  'parent_id',
  'series_id',
  'season',
  'episode',
  'year',
  'is_catalogued',
]
const aliasColumns = ['title_ref', 'title_id', 'method', 'score']

/** Matches batch after batch into the temporary tables `matched_title` and `matched_alias`. */
async function matchBatches(input: ReferenceInput): Promise<OpenMatches> {
  const titles = join(input.scratch, 'matched_title.csv')
  const aliases = join(input.scratch, 'matched_alias.csv')
  await writeFile(titles, csv([titleColumns]), { mode: 0o600 })
  await writeFile(aliases, csv([aliasColumns]), { mode: 0o600 })
  const taken = new Set<number>()
  const uncertain: UncertainPair[] = []
  const warnings: Text[] = []
  let { decisions } = input
  for await (const references of referenceBatches(input)) {
    const matching = matchTitles(references, decisions, input.settings.titles, taken)
    await appendFile(
      titles,
      csv(
        matching.titles.map((title) => [
          title.titleId,
          title.name,
          title.type,
          title.parentId,
          title.seriesId,
          title.season,
          title.episode,
          title.year,
          title.isCatalogued,
        ]),
      ),
    )
    const rows = matching.aliases.map((alias) => [alias.referenceKey, alias.titleId, alias.method, alias.score])
    await appendFile(aliases, csv(rows))
    uncertain.push(...matching.uncertain)
    warnings.push(...matching.warnings)
    decisions = []
  }
  await load(input.engine, 'matched_title', titles, titleColumns)
  await load(input.engine, 'matched_alias', aliases, aliasColumns)
  return { uncertain: uncertain.sort((a, b) => b.score - a.score), warnings }
}

async function load(engine: Engine, table: string, path: string, columns: readonly string[]): Promise<void> {
  const scan = engine.scanDelimited({ paths: [path], columns, delimiter: ',', quote: '"', header: true })
  const texts = new Set(['name', 'title_type', 'method'])
  const selected = columns.map((name) => {
    if (texts.has(name)) return sql.id(name)
    const type = name === 'score' ? sql`DOUBLE` : name === 'is_catalogued' ? sql`BOOLEAN` : sql`BIGINT`
    return sql`CAST(${sql.id(name)} AS ${type}) AS ${sql.id(name)}`
  })
  await engine.createTable(table, sql`SELECT ${sql.join(selected)} FROM ${scan}`)
}

/** The temporary tables `catalogued`, catalogue rows with their titles, `described_title`, with what these say, and `title_lookup`. */
async function describeTitles(engine: Engine): Promise<void> {
  await engine.createTable(
    'catalogued',
    sql`SELECT a.title_id, ${sql.join(catalogueColumns.map((name) => sql`c.${sql.id(name)}`))}, c.source, c.rank FROM catalogue c JOIN matched_alias a USING (title_ref)`,
  )
  const first = (column: string) =>
    sql`min_by(${sql.id(column)}, rank) FILTER (WHERE ${sql.id(column)} IS NOT NULL) AS ${sql.id(column)}`
  await engine.createTable(
    'described_title',
    sql`SELECT m.title_id, name, title_type, parent_id, series_id, season, episode, coalesce(year, year(release_date)) AS year,
        ${sql.join(attributes.map((name) => sql`c.${sql.id(name)}`))}, is_catalogued
      FROM matched_title m LEFT JOIN (SELECT title_id, ${sql.join(attributes.map(first))} FROM catalogued GROUP BY title_id) c USING (title_id)`,
  )
  await engine.createTable(
    'title_lookup',
    sql`SELECT a.title_ref, a.title_id, t.runtime_seconds, t.release_date, t.is_catalogued
      FROM matched_alias a JOIN described_title t USING (title_id)`,
  )
}
