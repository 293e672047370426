import { type Sql, sql } from '../engine/sql.ts'
import { pseudonymSql, viewerIdSql } from '../privacy/pseudonym.ts'
import type { SourceSettings } from '../project/settings.ts'
import { type Field, titleFields } from '../warehouse/schema.ts'
import type { PartContext } from './part.ts'
import { fieldText, hash52, mappedFields, type RowKeys, textColumn } from './typed/typed-rows.ts'

/** The id space of the persons of the id map; no source can be called that. */
export const personSpace = ' person'

export const inTitle = (source: SourceSettings) => mappedFields(source).filter((field) => titleFields.includes(field))

/** The `title_ref` of a row from the texts of its title fields. */
export function titleReference(source: SourceSettings, textOf: (field: Field) => Sql): Sql {
  const mapped = inTitle(source)
  return hash52(
    sql`concat_ws(chr(31), ${sql.join([
      sql.literal(source.name),
      sql.literal(source.kind === 'title' ? 'catalogue' : 'mention'),
      ...titleFields.map((field) => (mapped.includes(field) ? sql`coalesce(${textOf(field)}, '')` : sql`''`)),
    ])})`,
  )
}

/** The id of a viewer from the text that the source has for it, and what has to be joined for it. */
export function viewerKey({ keys, identities }: PartContext, source: SourceSettings, raw: Sql) {
  const own = pseudonymSql(raw, source.viewerIds ?? source.name, keys.pseudonym)
  const pseudonym = identities
    ? sql`CASE WHEN m.person IS NULL THEN ${own} ELSE ${pseudonymSql(sql`m.person`, personSpace, keys.pseudonym)} END`
    : own
  return {
    id: sql`CASE WHEN ${raw} IS NOT NULL THEN ${viewerIdSql(pseudonym)} END`,
    join: identities
      ? sql`LEFT JOIN (SELECT /*+ BROADCAST(i) */ viewer, person FROM ${identities.table} i WHERE source = ${source.name}) m ON m.viewer = ${raw}`
      : sql.empty,
  }
}

/**
 * Keys worked out row by row, and a view `titles` of the distinct titles, with their `title_ref`: where rows are read in many
 * places at once, a dictionary would have to move them.
 */
export async function computeKeys(
  context: PartContext,
  source: SourceSettings,
  rows: Sql,
  titles: string,
): Promise<RowKeys> {
  const mapped = inTitle(source)
  if (mapped.length > 0) {
    const texts = mapped.map((field) => sql`${fieldText(source, field)} AS ${sql.id(field.name)}`)
    const reference = titleReference(source, ({ name }) => sql.id(name))
    await context.engine.createView(
      titles,
      sql`SELECT *, ${reference} AS title_ref FROM (SELECT DISTINCT ${sql.join(texts)} FROM ${rows}) t`,
    )
  }
  const identity = mappedFields(source).find((field) => field.type === 'identity')
  const viewer = identity && viewerKey(context, source, sql`r.${textColumn(identity)}`)
  return {
    joins: viewer?.join ?? sql.empty,
    viewerId: viewer?.id ?? sql`CAST(NULL AS BIGINT)`,
    titleRef: titleReference(source, (field) => sql`r.${textColumn(field)}`),
  }
}
