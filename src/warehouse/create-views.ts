import { join } from 'node:path'
import type { Column, Engine } from '../engine/engine.ts'
import { type Sql, sql } from '../engine/sql.ts'
import { partRows } from './part-rows.ts'
import { type DerivedTable, derivedColumns, type Kind, type TableColumn, type TableName, tables } from './schema.ts'
import { derivedPath, type Manifest } from './version.ts'

const factKinds = new Set<string>([
  'viewing',
  'rating',
  'review',
  'timed_comment',
  'scene',
  'airing',
  'panel_rating',
  'spend',
  'outcome',
  'box_office',
] satisfies Kind[])

/** What views are made of. */
type Contents = Pick<Manifest, 'facts' | 'files' | 'derived'>

/**
 * Creates one view for every table of the schema over the files of a version: facts join the parts, which hold titles as
 * written, with the aliases, and leave out the rows that rules across rows keep out. A table without data is empty.
 */
export async function createViews(engine: Engine, home: string, manifest: Contents): Promise<void> {
  const file = (name: string) => {
    const path = manifest.files[name]
    return path === undefined ? undefined : engine.scanParquet([join(home, path)])
  }
  for (const [name, columns] of Object.entries(tables) as [TableName, readonly TableColumn[]][]) {
    const body = factKinds.has(name)
      ? factView(engine, home, manifest, name as Kind, columns, file('title_reference'), file('excluded'))
      : name in derivedColumns
        ? derivedView(engine, home, manifest, name as DerivedTable, file)
        : file(name)
    await engine.createView(name, body ? sql`SELECT ${names(columns)} FROM ${body}` : emptyTable(columns))
  }
  const findings = file('finding')
  if (findings) await engine.createView('finding', findingView(engine, home, manifest, findings))
}

/** What a file of a derived table holds of the review that a row is about, beside the columns of the table. */
export const reviewPlace: readonly Column[] = [
  { name: 'review_index', type: 'BIGINT' },
  { name: 'title_ref', type: 'BIGINT' },
  { name: 'line', type: 'BIGINT' },
]

function names(columns: readonly TableColumn[]): Sql {
  return sql.join(columns.map(({ name }) => sql.id(name)))
}

function typed(column: TableColumn): Sql {
  return sql`CAST(NULL AS ${{ text: column.type, values: [] }}) AS ${sql.id(column.name)}`
}

function emptyTable(columns: readonly TableColumn[]): Sql {
  return sql`SELECT ${sql.join(columns.map(typed))} WHERE false`
}

function factView(
  engine: Engine,
  home: string,
  manifest: Contents,
  kind: Kind,
  columns: readonly TableColumn[],
  references: Sql | undefined,
  excluded: Sql | undefined,
): Sql | undefined {
  const parts = manifest.facts[kind] ?? []
  if (parts.length === 0) return undefined
  const anti = excluded ? sql`ANTI JOIN ${excluded} x ON r.part = x.part AND r.row_index = x.row_index` : sql.empty
  const join_ = references ? sql`LEFT JOIN ${references} k ON r.title_ref = k.title_ref` : sql.empty
  const selected = columns.map(({ name }) =>
    name === 'title_id' && references ? sql`k.title_id` : sql`r.${sql.id(name)}`,
  )
  const rows = partRows(engine, kind, parts, ({ path }) => join(home, path))
  return sql`(SELECT ${sql.join(selected)} FROM (SELECT * FROM ${rows} WHERE reject_hash IS NULL) r ${join_} ${anti})`
}

/** What was made of the texts of reviews, without the reviews that rules across rows keep out, or that the project leaves out. */
function derivedView(
  engine: Engine,
  home: string,
  manifest: Contents,
  table: DerivedTable,
  file: (name: string) => Sql | undefined,
): Sql | undefined {
  const [references, excluded, flags] = [file('title_reference'), file('excluded'), file('review_flag')]
  const key = manifest.derived[table]
  const parts = manifest.facts.review ?? []
  if (key === undefined || parts.length === 0 || !references || !excluded) return undefined
  const columns = [...reviewPlace, ...derivedColumns[table]]
  const files = parts.map(({ id, key: part, source, file }) => ({
    path: join(home, derivedPath(id, table, key)),
    columns: new Set(columns.map(({ name }) => name)),
    labels: { part, source, file },
  }))
  const withoutFlagged = flags
    ? sql`ANTI JOIN (SELECT source, file, line FROM ${flags} f WHERE is_left_out) y ON r.source = y.source AND r.file = y.file AND r.line = y.line`
    : sql.empty
  const own = derivedColumns[table].map(({ name }) => sql`r.${sql.id(name)}`)
  return sql`(SELECT k.title_id, r.source, r.file, r.line, ${sql.join(own)} FROM ${engine.scanLabelled(files, columns)} r
    LEFT JOIN ${references} k ON r.title_ref = k.title_ref
    ANTI JOIN ${excluded} x ON r.part = x.part AND r.review_index = x.row_index ${withoutFlagged})`
}

/** What rules across rows found: source, file, line, rule and what became of the row. */
function findingView(engine: Engine, home: string, manifest: Contents, findings: Sql): Sql {
  const rows = Object.entries(manifest.facts)
    .filter(([, parts]) => parts.length > 0)
    .map(([kind, parts]) => {
      const found = partRows(engine, kind as Kind, parts, ({ path }) => join(home, path))
      return sql`SELECT part, row_index, source, file, line FROM ${found}`
    })
  if (rows.length === 0) return sql`SELECT rule, action FROM ${findings} WHERE false`
  return sql`SELECT r.source, r.file, r.line, f.rule, f.action FROM ${findings} f
    JOIN (${sql.join(rows, ' UNION ALL ')}) r ON f.part = r.part AND f.row_index = r.row_index`
}
