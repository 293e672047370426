import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Column, Engine } from '../../engine/engine.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import type { Layout } from '../../project/layout.ts'
import type { ProjectSettings } from '../../project/settings.ts'
import { hashText } from '../../titles/block.ts'
import { describeReference } from '../../titles/describe.ts'
import { Mentions } from '../../titles/mentions.ts'
import type { TitleDecision, TitleReference } from '../../titles/title.ts'
import { titleFields } from '../../warehouse/schema.ts'
import { type Part, partFiles } from '../part.ts'

export interface ReferenceInput {
  readonly engine: Engine
  readonly layout: Layout
  readonly settings: ProjectSettings
  readonly parts: readonly Part[]
  readonly decisions: readonly TitleDecision[]
  readonly scratch: string
}

/** A catalogue of more titles than this is not matched as a whole. */
const largestWhole = 200_000
/** References matched at once of those that no other source may mean. */
const perBatch = 50_000

/** What the references of a part hold. */
const referenceColumns: readonly Column[] = [
  { name: 'title_ref', type: 'BIGINT' },
  ...titleFields.map(({ name }) => ({ name, type: 'VARCHAR' as const })),
  { name: 'rows', type: 'BIGINT' },
]

/** The parts whose rows name titles. */
export const titledParts = (parts: readonly Part[]) =>
  parts.filter((part) => part.columns.includes('title_ref') && part.hasTitles)

/** All titles as written, by part; undefined where no part has any. */
export function referenceRows({
  engine,
  layout,
  parts,
}: Pick<ReferenceInput, 'engine' | 'layout' | 'parts'>): Sql | undefined {
  const files = titledParts(parts).map((part) => ({
    path: partFiles(layout, part.id).references,
    columns: new Set(referenceColumns.map(({ name }) => name)),
    labels: { part: part.key },
  }))
  if (files.length === 0) return undefined
  const names = sql.join(referenceColumns.map(({ name }) => sql.id(name)))
  return sql`SELECT part, ${names} FROM ${engine.scanLabelled(files, referenceColumns)}`
}

/**
 * The titles of all sources, to be matched batch by batch; the first holds all that more than one source may mean, and
 * mostly there is no other. Of the largest catalogue, beyond some size, the entries that no other source may mean follow:
 * those of one name together. Expects the temporary table `catalogue`.
 */
export async function* referenceBatches(
  input: ReferenceInput,
  limits: { readonly whole: number; readonly batch: number } = { whole: largestWhole, batch: perBatch },
): AsyncGenerator<TitleReference[]> {
  const rows = referenceRows(input)
  if (!rows) {
    yield []
    return
  }
  const { engine } = input
  await createReferences(engine, rows)
  const largest = await largestCatalogue(input)
  const toReference = referenceReader(input)
  if (largest === undefined || largest.titles <= limits.whole) {
    yield (await engine.query<ReferenceRow>(sql`SELECT * FROM written_title ORDER BY title_ref`)).map(toReference)
    return
  }
  const parts = input.parts.filter(({ kind, source }) => kind === 'title' && source === largest.source)
  const isEntry = sql`part IN (${sql.join(parts.map(({ key }) => sql.literal(key)))}) AND title_id IS NOT NULL`
  const others = await engine.query<ReferenceRow>(sql`SELECT * FROM written_title WHERE NOT (${isEntry})`)
  const first = others.map(toReference)
  const mentions = new Mentions(first, input.decisions)
  const batches = Math.ceil(largest.titles / limits.batch)
  const path = join(input.scratch, 'title-batches.csv')
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const found of engine.stream<ReferenceRow>(sql`SELECT * FROM written_title WHERE ${isEntry}`)) {
      let text = ''
      for (const row of found) {
        const reference = toReference(row)
        const entry = describeReference(reference)
        if (mentions.mayMean(entry)) first.push(reference)
        else text += `${row.title_ref},${hashText(entry.names[0]?.coreKey ?? '', 0) % batches}\n`
      }
      await file.appendFile(text)
    }
  } finally {
    await file.close()
  }
  yield first
  yield* remaining(engine, path, toReference)
}

async function* remaining(
  engine: Engine,
  path: string,
  toReference: (row: ReferenceRow) => TitleReference,
): AsyncGenerator<TitleReference[]> {
  const columns = ['title_ref', 'batch']
  const scan = engine.scanDelimited({ paths: [path], columns, delimiter: ',', quote: '', header: false })
  let current: number | undefined
  let batch: TitleReference[] = []
  const ordered = sql`SELECT w.*, b.batch FROM written_title w
    JOIN (SELECT CAST(title_ref AS BIGINT) AS title_ref, CAST(batch AS INTEGER) AS batch FROM ${scan}) b USING (title_ref) ORDER BY b.batch, w.title_ref`
  for await (const rows of engine.stream<ReferenceRow & { readonly batch: number }>(ordered)) {
    for (const row of rows) {
      if (row.batch !== current && batch.length > 0) {
        yield batch
        batch = []
      }
      current = row.batch
      batch.push(toReference(row))
    }
  }
  if (batch.length > 0) yield batch
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

/** `written_title`: each title as written once, with what catalogues say of it. */
async function createReferences(engine: Engine, rows: Sql): Promise<void> {
  const known = ['title_type', 'series', 'original_title', 'runtime_seconds', 'directors', 'actors'].map(sql.id)
  const first = known.map((name) => sql`min_by(${name}, rank) FILTER (WHERE ${name} IS NOT NULL) AS ${name}`)
  await engine.createTable(
    'written_title',
    sql`SELECT m.*, ${sql.join(known)}, release_date FROM (
        SELECT title_ref, max(part) AS part, max(title) AS title, max(title_id) AS title_id, max(year) AS year, max(season) AS season,
          max(episode) AS episode, sum(rows) AS rows FROM (${rows}) GROUP BY title_ref) m
      LEFT JOIN (SELECT title_ref, ${sql.join(first)}, CAST(min(release_date) AS VARCHAR) AS release_date
        FROM catalogue GROUP BY title_ref) c ON m.title_ref = c.title_ref`,
  )
}

async function largestCatalogue({ engine, parts }: ReferenceInput) {
  const ofTitles = parts.filter(({ kind }) => kind === 'title')
  if (ofTitles.length === 0) return undefined
  const sources = ofTitles.map(({ key, source }) => sql`WHEN ${sql.literal(key)} THEN ${sql.literal(source)}`)
  const [largest] = await engine.query<{ source: string; titles: number }>(
    sql`SELECT CASE part ${sql.join(sources, ' ')} END AS source, count(*) AS titles FROM written_title
      WHERE title_id IS NOT NULL AND part IN (${sql.join(ofTitles.map(({ key }) => sql.literal(key)))})
      GROUP BY 1 ORDER BY titles DESC, source LIMIT 1`,
  )
  return largest
}

function referenceReader({ parts, settings }: ReferenceInput): (row: ReferenceRow) => TitleReference {
  const spaces = new Map(
    parts.map(({ key, source: name, kind }) => {
      const source = settings.sources.find((one) => one.name === name && one.kind === kind)
      return [key, { source: name, idSpace: source?.titleIds ?? name, isCatalogue: kind === 'title' }]
    }),
  )
  return (row) => {
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
  }
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
