import { rm } from 'node:fs/promises'
import { type Sql, sql } from '../engine/sql.ts'
import { pseudonymSql, viewerIdSql } from '../privacy/pseudonym.ts'
import type { SourceSettings } from '../project/settings.ts'
import { type Field, titleFields } from '../warehouse/schema.ts'
import type { PartContext } from './part.ts'
import { fieldText, hash52, mappedFields } from './typed/typed-rows.ts'

/** The id space of the persons of the id map; no source can be called that. */
const personSpace = ' person'
/** More viewers than this are not remembered from one file to the next. */
const mostRemembered = 5_000_000

const dictionary = sql.id('part_dictionary')
const titles = sql.id('part_titles')

const viewersOf = (source: SourceSettings): Sql => sql.id(`viewers ${JSON.stringify([source.name, source.viewerIds])}`)

/** Drops the viewers that are remembered for the files of a source. */
export async function forgetViewers({ engine }: PartContext, source: SourceSettings): Promise<void> {
  await engine.execute(sql`DROP TABLE IF EXISTS ${viewersOf(source)}`)
}

/** Temporary tables with one row for each text of a raw relation, NULL included. */
export interface Dictionaries {
  /** raw, viewer_id; perhaps with viewers of other files of the source. */
  readonly viewers: Sql
  /** The mapped title fields, title_ref. */
  readonly titles: Sql
}

/**
 * Collects in one scan the distinct viewers and titles of a raw relation into temporary tables. Raw viewer ids stay in
 * memory.
 */
export async function readDictionaries(context: PartContext, source: SourceSettings, rows: Sql): Promise<Dictionaries> {
  const mapped = mappedFields(source)
  const identity = mapped.find((field) => field.type === 'identity')
  const inTitle = mapped.filter((field) => titleFields.includes(field))
  const viewers = viewersOf(source)
  if (identity || inTitle.length > 0) {
    await collect(context, source, rows, identity, inTitle)
    if (identity) await addViewers(context, source, viewers)
    if (inTitle.length > 0) await numberTitles(context, source, inTitle)
    await context.engine.execute(sql`DROP TABLE ${dictionary}`)
  }
  return { viewers, titles }
}

async function collect(
  { engine }: PartContext,
  source: SourceSettings,
  rows: Sql,
  identity: Field | undefined,
  inTitle: readonly Field[],
): Promise<void> {
  const names = inTitle.map((field) => sql.id(field.name))
  const columns = [
    ...inTitle.map((field) => sql`${fieldText(source, field)} AS ${sql.id(field.name)}`),
    ...(identity ? [sql`${fieldText(source, identity)} AS raw`] : []),
  ]
  const sets = [...(identity ? [sql`(raw)`] : []), ...(inTitle.length > 0 ? [sql`(${sql.join(names)})`] : [])]
  const hasBoth = identity !== undefined && inTitle.length > 0
  const isViewer = hasBoth ? sql`grouping(raw) = 0` : identity ? sql`true` : sql`false`
  await engine.execute(
    sql`CREATE OR REPLACE TEMPORARY TABLE ${dictionary} AS
      SELECT ${sql.join([...names, ...(identity ? [sql`raw`] : []), sql`${isViewer} AS is_viewer`])}
      FROM (SELECT ${sql.join(columns)} FROM ${rows}) GROUP BY GROUPING SETS (${sql.join(sets)})`,
  )
}

/** Adds the viewers that no earlier file of the source had to `viewers`: pseudonyms take longer than looking them up. */
async function addViewers({ engine, keys, identities }: PartContext, source: SourceSettings, viewers: Sql) {
  const own = pseudonymSql(sql`d.raw`, source.viewerIds ?? source.name, keys.pseudonym)
  const pseudonym = identities
    ? sql`CASE WHEN person IS NULL THEN ${own} ELSE ${pseudonymSql(sql`person`, personSpace, keys.pseudonym)} END`
    : own
  const joined = identities
    ? sql`LEFT JOIN ${identities.table} m ON m.viewer = d.raw AND m.source = ${source.name}`
    : sql.empty
  await engine.execute(sql`CREATE TEMPORARY TABLE IF NOT EXISTS ${viewers} (raw VARCHAR, viewer_id BIGINT)`)
  const [known] = await engine.query<{ viewers: number }>(sql`SELECT count(*) AS viewers FROM ${viewers}`)
  if (known && known.viewers > mostRemembered) await engine.execute(sql`DELETE FROM ${viewers}`)
  await engine.execute(
    sql`INSERT INTO ${viewers} SELECT d.raw, CASE WHEN d.raw IS NOT NULL THEN ${viewerIdSql(pseudonym)} END
      FROM ${dictionary} d ANTI JOIN ${viewers} v ON v.raw IS NOT DISTINCT FROM d.raw ${joined} WHERE is_viewer`,
  )
}

async function numberTitles({ engine }: PartContext, source: SourceSettings, inTitle: readonly Field[]) {
  const key = sql`concat_ws(chr(31), ${sql.join([
    sql.literal(source.name),
    sql.literal(source.kind === 'title' ? 'catalogue' : 'mention'),
    ...titleFields.map((field) => (inTitle.includes(field) ? sql`coalesce(${sql.id(field.name)}, '')` : sql`''`)),
  ])})`
  const names = inTitle.map((field) => sql.id(field.name))
  await engine.execute(
    sql`CREATE OR REPLACE TEMPORARY TABLE ${titles} AS
      SELECT ${sql.join([...names, sql`${hash52(key)} AS title_ref`])} FROM ${dictionary} WHERE NOT is_viewer`,
  )
}

/** Writes the titles just collected to `references`, with how many of the typed `rows` are not rejected; none without any. */
export async function writeReferences(
  { engine }: PartContext,
  source: SourceSettings,
  rows: string,
  references: string,
): Promise<void> {
  await rm(references, { force: true })
  const inTitle = mappedFields(source).filter((field) => titleFields.includes(field))
  if (inTitle.length === 0) return
  const stored = titleFields.map((field) =>
    inTitle.includes(field) ? sql.id(field.name) : sql`CAST(NULL AS VARCHAR) AS ${sql.id(field.name)}`,
  )
  const named = sql.join(
    inTitle
      .filter(({ name }) => name === 'title' || name === 'title_id')
      .map(({ name }) => sql`${sql.id(name)} IS NOT NULL`),
    ' OR ',
  )
  await engine.writeParquet(
    sql`SELECT ${sql.join([sql`title_ref`, ...stored, sql`rows`])} FROM ${titles}
      JOIN (SELECT title_ref, count(*) AS rows FROM ${engine.scanParquet([rows])} WHERE reject_hash IS NULL GROUP BY title_ref) USING (title_ref)
      WHERE ${named} ORDER BY title_ref`,
    references,
  )
}
