import { type Sql, sql } from '../../engine/sql.ts'
import type { Field, Kind } from '../../warehouse/schema.ts'

/** Kinds whose rows are sums or lists themselves, so that a table of them may end in a line that adds them up. */
export const tableKinds: ReadonlySet<Kind> = new Set([
  'title',
  'credit',
  'airing',
  'panel_rating',
  'spend',
  'outcome',
  'box_office',
])

/** Fields that name what a row is about. */
const subjects: ReadonlySet<string> = new Set(['title', 'channel', 'media', 'campaign', 'person'])

const total =
  '^(合\\s*[计計]|总\\s*[计計]|總\\s*計|小\\s*[计計]|共\\s*[计計]|总和|總和|汇总|彙總|総\\s*計|합\\s*계|총\\s*계|소\\s*계|(grand |sub[- ]?)?totals?)\\s*[:：]?$'
const footnote =
  '^[(（*※]?\\s*(注|註|备注|備註|说明|說明|数据来源|資料來源|资料来源|来源|來源|출처|note|notes|source|sources)\\s*[0-9]?\\s*[:：]'

/**
 * For each of the `mapped` fields that names what a row is about: whether it says that the row is the total of a table
 * or, where no other value is there, a note below it, instead of a record.
 */
export function summaryRows(
  kind: Kind,
  mapped: readonly Field[],
  textOf: (field: Field) => Sql,
): { readonly field: string; readonly broken: Sql }[] {
  if (!tableKinds.has(kind)) return []
  const says = (field: Field, pattern: string) =>
    sql`regexp_matches(lower(coalesce(${textOf(field)}, '')), ${sql.literal(pattern)})`
  return mapped
    .filter(({ name }) => subjects.has(name))
    .map((field) => {
      const others = mapped.filter((other) => other !== field).map((other) => sql`${textOf(other)} IS NULL`)
      const note = sql.join([says(field, footnote), ...others], ' AND ')
      return { field: field.name, broken: sql`${says(field, total)} OR (${note})` }
    })
}
