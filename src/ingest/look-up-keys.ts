import { type Sql, sql } from '../engine/sql.ts'
import type { SourceSettings } from '../project/settings.ts'
import type { Field } from '../warehouse/schema.ts'
import type { PartContext } from './part.ts'
import { inTitle, titleReference, viewerKey } from './row-keys.ts'
import { fieldText, mappedFields, type RowKeys, textColumn } from './typed/typed-rows.ts'

/** More viewers than this are not remembered from one file to the next. */
const mostRemembered = 5_000_000

const viewersOf = (source: SourceSettings): Sql => sql.id(`viewers ${JSON.stringify([source.name, source.viewerIds])}`)

/** Drops the viewers that are remembered for the files of a source. */
export async function forgetViewers({ engine }: PartContext, source: SourceSettings): Promise<void> {
  await engine.execute(sql`DROP TABLE IF EXISTS ${viewersOf(source)}`)
}

/**
 * Collects in one scan the distinct viewers and titles of a raw relation into temporary tables, NULL included, the titles with
 * their `title_ref` as `titles`, and gives the joins that look keys up there: much faster on one machine than working each out
 * again. Raw viewer ids stay in memory. On the embedded engine only.
 */
export async function lookUpKeys(
  context: PartContext,
  source: SourceSettings,
  rows: Sql,
  titles: string,
): Promise<RowKeys> {
  const identity = mappedFields(source).find((field) => field.type === 'identity')
  const mapped = inTitle(source)
  const viewers = viewersOf(source)
  if (identity || mapped.length > 0) {
    await collect(context, source, rows, identity, mapped)
    if (identity) await addViewers(context, source, viewers)
    if (mapped.length > 0) {
      const names = sql.join(mapped.map((field) => sql.id(field.name)))
      const reference = titleReference(source, ({ name }) => sql.id(name))
      await context.engine.createTable(
        titles,
        sql`SELECT ${names}, ${reference} AS title_ref FROM part_dictionary WHERE NOT is_viewer`,
      )
    }
    await context.engine.dropTable('part_dictionary')
  }
  const sameTitle = mapped.map((field) => sql`t.${sql.id(field.name)} IS NOT DISTINCT FROM r.${textColumn(field)}`)
  const joins = [
    ...(identity ? [sql`LEFT JOIN ${viewers} v ON v.raw IS NOT DISTINCT FROM r.${textColumn(identity)}`] : []),
    ...(mapped.length > 0 ? [sql`LEFT JOIN ${sql.id(titles)} t ON ${sql.join(sameTitle, ' AND ')}`] : []),
  ]
  return { joins: sql.join(joins, ' '), viewerId: sql`v.viewer_id`, titleRef: sql`t.title_ref` }
}

async function collect(
  { engine }: PartContext,
  source: SourceSettings,
  rows: Sql,
  identity: Field | undefined,
  titles: readonly Field[],
): Promise<void> {
  const names = titles.map((field) => sql.id(field.name))
  const columns = [
    ...titles.map((field) => sql`${fieldText(source, field)} AS ${sql.id(field.name)}`),
    ...(identity ? [sql`${fieldText(source, identity)} AS raw`] : []),
  ]
  const sets = [...(identity ? [sql`(raw)`] : []), ...(titles.length > 0 ? [sql`(${sql.join(names)})`] : [])]
  const hasBoth = identity !== undefined && titles.length > 0
  const isViewer = hasBoth ? sql`grouping(raw) = 0` : identity ? sql`true` : sql`false`
  await engine.createTable(
    'part_dictionary',
    sql`SELECT ${sql.join([...names, ...(identity ? [sql`raw`] : []), sql`${isViewer} AS is_viewer`])}
      FROM (SELECT ${sql.join(columns)} FROM ${rows}) GROUP BY GROUPING SETS (${sql.join(sets)})`,
  )
}

/** Adds the viewers that no earlier file of the source had to `viewers`: pseudonyms take longer than looking them up. */
async function addViewers(context: PartContext, source: SourceSettings, viewers: Sql): Promise<void> {
  const { engine } = context
  const { id, join } = viewerKey(context, source, sql`d.raw`)
  await engine.execute(sql`CREATE TEMPORARY TABLE IF NOT EXISTS ${viewers} (raw VARCHAR, viewer_id BIGINT)`)
  const [known] = await engine.query<{ viewers: number }>(sql`SELECT count(*) AS viewers FROM ${viewers}`)
  if (known && known.viewers > mostRemembered) await engine.execute(sql`DELETE FROM ${viewers}`)
  await engine.execute(
    sql`INSERT INTO ${viewers} SELECT d.raw, ${id}
      FROM part_dictionary d ANTI JOIN ${viewers} v ON v.raw IS NOT DISTINCT FROM d.raw ${join} WHERE is_viewer`,
  )
}
