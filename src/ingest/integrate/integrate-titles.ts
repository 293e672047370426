import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine } from '../../engine/engine.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import type { Layout } from '../../project/layout.ts'
import type { ProjectSettings } from '../../project/settings.ts'
import { matchTitles } from '../../titles/match-titles.ts'
import type { TitleDecision, TitleMatching, TitleReference } from '../../titles/title.ts'
import { type Part, partFiles } from '../part.ts'
import { tableKinds } from '../typed/summary-row.ts'
import { partRows } from './part-rows.ts'

export interface TitleInput {
  readonly engine: Engine
  readonly layout: Layout
  readonly settings: ProjectSettings
  readonly parts: readonly Part[]
  readonly decisions: readonly TitleDecision[]
  /** The folder of the version in the making. */
  readonly folder: string
  readonly scratch: string
}

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

/** File name of each table that is about titles, inside the version's folder. */
export const titleTables = ['title', 'title_genre', 'credit', 'alias', 'title_reference'] as const

/**
 * Matches the titles of all parts and writes the tables about titles into the version's folder; leaves the temporary
 * table `title_lookup(title_ref, title_id, runtime_seconds, release_date, is_catalogued)` behind.
 */
export async function integrateTitles(input: TitleInput): Promise<TitleMatching> {
  const { settings } = input
  const references = await collectReferences(input)
  const matching = matchTitles(references, input.decisions, settings.titles)
  await loadMatching(input, matching)
  await writeTables(input)
  return matching
}

interface ReferenceRow {
  readonly [column: string]: string | number | null
  readonly title_ref: number
  readonly part: number
  readonly title: string | null
  readonly title_id: string | null
  readonly year: string | null
  readonly season: string | null
  readonly episode: string | null
  readonly rows: number
}

/** The titles of all parts; of tables, whose last line may be a total, only those of rows that are kept. */
function referenceRows(input: TitleInput): Sql | undefined {
  const selects = input.parts
    .filter((part) => part.columns.includes('title_ref') && part.hasTitles)
    .map((part) => {
      const { references, rows } = partFiles(input.layout, part.id)
      const all = sql`SELECT ${sql.literal(part.key)} AS part, * FROM ${input.engine.scanParquet([references])}`
      if (!tableKinds.has(part.kind)) return all
      const kept = sql`SELECT title_ref FROM ${input.engine.scanParquet([rows])} WHERE reject_hash IS NULL`
      return sql`${all} WHERE title_ref IN (${kept})`
    })
  return selects.length > 0 ? sql.join(selects, ' UNION ALL ') : undefined
}

/** Catalogue rows of all title parts, with a rank that prefers higher priority and then earlier rows. */
async function createCatalogue(input: TitleInput): Promise<void> {
  const parts = input.parts.filter((part) => part.kind === 'title')
  const columns = sql`title_ref, title_type, series, genres, directors, actors, writers, ${sql.join(attributes.map(sql.id))}`
  const rows = parts.length > 0 ? partRows(input.engine, input.layout, 'title', parts) : undefined
  await input.engine.execute(
    rows
      ? sql`CREATE OR REPLACE TEMPORARY TABLE catalogue AS SELECT ${columns}, r.source, row_number() OVER (ORDER BY p.priority DESC, p.ordinal, row_index) AS rank
          FROM ${rows} r JOIN build_parts p USING (part) WHERE reject_hash IS NULL`
      : sql`CREATE OR REPLACE TEMPORARY TABLE catalogue AS SELECT CAST(NULL AS BIGINT) AS title_ref,
          ${sql.join(['title_type', 'series', 'genres', 'directors', 'actors', 'writers', 'original_title', 'countries', 'languages', 'age_rating', 'synopsis'].map((name) => sql`CAST(NULL AS VARCHAR) AS ${sql.id(name)}`))},
          CAST(NULL AS DATE) AS release_date, CAST(NULL AS DOUBLE) AS runtime_seconds, CAST(NULL AS VARCHAR) AS source, CAST(NULL AS BIGINT) AS rank WHERE false`,
  )
}

async function collectReferences(input: TitleInput): Promise<TitleReference[]> {
  const { engine } = input
  await createCatalogue(input)
  const rows = referenceRows(input)
  if (!rows) return []
  const spaces = new Map(
    input.parts.map((part) => {
      const source = input.settings.sources.find(({ name, kind }) => name === part.source && kind === part.kind)
      return [
        part.key,
        { source: part.source, idSpace: source?.titleIds ?? part.source, isCatalogue: part.kind === 'title' },
      ]
    }),
  )
  const first = (column: string) =>
    sql`min_by(c.${sql.id(column)}, c.rank) FILTER (WHERE c.${sql.id(column)} IS NOT NULL) AS ${sql.id(column)}`
  const found = await engine.query<ReferenceRow>(
    sql`SELECT m.*, c.* EXCLUDE (title_ref) FROM (
        SELECT title_ref, max(part) AS part, max(title) AS title, max(title_id) AS title_id, max(year) AS year, max(season) AS season,
          max(episode) AS episode, sum(rows) AS rows FROM (${rows}) GROUP BY title_ref) m
      LEFT JOIN (SELECT title_ref, ${sql.join(['title_type', 'series', 'original_title', 'runtime_seconds', 'directors', 'actors'].map(first))},
          CAST(min(release_date) AS VARCHAR) AS release_date FROM catalogue c GROUP BY title_ref) c ON m.title_ref = c.title_ref
      ORDER BY m.title_ref`,
  )
  return found.map((row) => {
    const space = spaces.get(row.part)
    return {
      key: String(row.title_ref),
      source: space?.source ?? '',
      idSpace: space?.idSpace ?? '',
      externalId: row.title_id,
      name: row.title,
      originalName: text(row.original_title),
      year: integer(row.year) ?? integer(text(row.release_date)?.slice(0, 4) ?? null),
      season: integer(row.season),
      episode: integer(row.episode),
      series: text(row.series),
      type: titleType(text(row.title_type)),
      isCatalogue: space?.isCatalogue ?? false,
      runtimeSeconds: typeof row.runtime_seconds === 'number' ? row.runtime_seconds : null,
      releaseDate: text(row.release_date),
      people: [row.directors, row.actors].flatMap((list) => text(list)?.split('|') ?? []),
      rows: row.rows,
    }
  })
}

const text = (value: string | number | null | undefined): string | null => (typeof value === 'string' ? value : null)

function integer(value: string | null): number | null {
  if (value === null) return null
  const number = Number(value)
  return Number.isInteger(number) ? number : null
}

const typeNames: readonly [RegExp, TitleReference['type']][] = [
  [/episode|单集|集$/i, 'episode'],
  [/season|季/i, 'season'],
  [/series|show|drama|(?<![喜悲歌舞话戏默])剧(?![情场院])/i, 'series'],
  [/film|movie|feature|电影|影片/i, 'film'],
  [/program|variety|综艺|节目/i, 'programme'],
]

function titleType(written: string | null): TitleReference['type'] {
  if (written === null) return 'unknown'
  return typeNames.find(([pattern]) => pattern.test(written))?.[1] ?? 'unknown'
}

function csv(rows: readonly (readonly (string | number | boolean | null)[])[]): string {
  const cell = (value: string | number | boolean | null) =>
    value === null ? '' : `"${String(value).replaceAll('"', '""').replaceAll('\n', ' ')}"`
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('')
}

async function loadMatching(input: TitleInput, matching: TitleMatching): Promise<void> {
  const titles = [
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
  const aliases = ['title_ref', 'title_id', 'method', 'score']
  const load = async (table: string, columns: readonly string[], rows: Parameters<typeof csv>[0]) => {
    const path = join(input.scratch, `${table}.csv`)
    await writeFile(path, csv([columns, ...rows]), { mode: 0o600 })
    const scan = input.engine.scanDelimited({ paths: [path], columns, delimiter: ',', quote: '"', header: true })
    const texts = new Set(['name', 'title_type', 'method'])
    const selected = columns.map((name) => {
      if (texts.has(name)) return sql.id(name)
      const type = name === 'score' ? sql`DOUBLE` : name === 'is_catalogued' ? sql`BOOLEAN` : sql`BIGINT`
      return sql`CAST(${sql.id(name)} AS ${type}) AS ${sql.id(name)}`
    })
    await input.engine.execute(
      sql`CREATE OR REPLACE TEMPORARY TABLE ${sql.id(table)} AS SELECT ${sql.join(selected)} FROM ${scan}`,
    )
  }
  await load(
    'matched_title',
    titles,
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
  )
  await load(
    'matched_alias',
    aliases,
    matching.aliases.map((alias) => [alias.referenceKey, alias.titleId, alias.method, alias.score]),
  )
}

async function writeTables(input: TitleInput): Promise<void> {
  const { engine, folder } = input
  const write = (name: (typeof titleTables)[number], statement: Sql) =>
    engine.writeParquet(statement, join(folder, `${name}.parquet`))
  await engine.execute(
    sql`CREATE OR REPLACE TEMPORARY TABLE catalogued AS SELECT a.title_id, c.* EXCLUDE (title_ref) FROM catalogue c JOIN matched_alias a USING (title_ref)`,
  )
  const first = (column: string) =>
    sql`min_by(${sql.id(column)}, rank) FILTER (WHERE ${sql.id(column)} IS NOT NULL) AS ${sql.id(column)}`
  await write(
    'title',
    sql`SELECT m.title_id, name, title_type, parent_id, series_id, season, episode, coalesce(year, year(release_date)) AS year,
        ${sql.join(attributes.map((name) => sql`c.${sql.id(name)}`))}, is_catalogued
      FROM matched_title m LEFT JOIN (SELECT title_id, ${sql.join(attributes.map(first))} FROM catalogued GROUP BY title_id) c USING (title_id)
      ORDER BY m.title_id`,
  )
  await write(
    'title_genre',
    sql`SELECT DISTINCT title_id, trim(genre) AS genre FROM (SELECT title_id, unnest(string_split(genres, '|')) AS genre FROM catalogued WHERE genres IS NOT NULL)
      WHERE trim(genre) <> '' ORDER BY title_id, genre`,
  )
  await write('credit', creditRows(input))
  const rows = referenceRows(input)
  await write(
    'alias',
    rows
      ? sql`SELECT DISTINCT p.source, coalesce(r.title, r.title_id) AS name, a.title_id, a.method, a.score
          FROM (${rows}) r JOIN build_parts p USING (part) JOIN matched_alias a USING (title_ref) ORDER BY ALL`
      : sql`SELECT CAST(NULL AS VARCHAR) AS source, CAST(NULL AS VARCHAR) AS name, title_id, method, score FROM matched_alias WHERE false`,
  )
  await write('title_reference', sql`SELECT title_ref, title_id FROM matched_alias ORDER BY title_ref`)
  await engine.execute(
    sql`CREATE OR REPLACE TEMPORARY TABLE title_lookup AS SELECT a.title_ref, a.title_id, t.runtime_seconds, t.release_date, t.is_catalogued
      FROM matched_alias a JOIN ${engine.scanParquet([join(folder, 'title.parquet')])} t USING (title_id)`,
  )
}

function creditRows(input: TitleInput): Sql {
  const named = (column: string, role: string) =>
    sql`SELECT title_id, trim(person) AS person, ${sql.literal(role)} AS role, CAST(NULL AS VARCHAR) AS "character", CAST(billing AS BIGINT) AS billing, source FROM (
      SELECT title_id, source, unnest(string_split(${sql.id(column)}, '|')) AS person, generate_subscripts(string_split(${sql.id(column)}, '|'), 1) AS billing
      FROM catalogued WHERE ${sql.id(column)} IS NOT NULL) WHERE trim(person) <> ''`
  const parts = input.parts.filter((part) => part.kind === 'credit')
  const listed =
    parts.length > 0
      ? [
          sql`SELECT a.title_id, person, role, "character", billing, source FROM ${partRows(input.engine, input.layout, 'credit', parts)}
            JOIN matched_alias a USING (title_ref) WHERE reject_hash IS NULL`,
        ]
      : []
  const roles = [named('directors', 'director'), named('actors', 'actor'), named('writers', 'writer'), ...listed]
  return sql`SELECT title_id, person, role, max("character") AS "character", min(billing) AS billing, min(source) AS source
    FROM (${sql.join(roles, ' UNION ALL ')}) GROUP BY title_id, person, role ORDER BY title_id, role, billing, person`
}
