import type { Column, Engine } from '../engine/engine.ts'
import { type Sql, sql } from '../engine/sql.ts'
import { fields, type Kind, storedColumn } from './schema.ts'
import type { FactPart } from './version.ts'

/** The typed columns that rows of a kind can have, beside those every part has. */
export function kindColumns(kind: Kind): readonly Column[] {
  const valid: readonly Column[] = kind === 'viewing' ? [{ name: 'is_valid_play', type: 'BOOLEAN' }] : []
  return [...fields[kind].map(storedColumn), ...valid]
}

const everyPart: readonly Column[] = [
  { name: 'title_ref', type: 'BIGINT' },
  { name: 'reasons', type: 'BIGINT' },
  { name: 'reject_hash', type: 'BIGINT' },
]

/** What has to be known of a part, as `FactPart` tells of it. */
type ReadPart = Pick<FactPart, 'key' | 'source' | 'file' | 'lineBase'> & { readonly columns: readonly string[] }

/**
 * All rows of some parts of one kind, at least one, as one relation: part, row_index, source, file, line, title_ref, the columns of the
 * kind, extra_hash, reasons and reject_hash; what a part lacks is NULL. `path` tells where the rows of a part are.
 */
export function partRows<Part extends ReadPart>(
  engine: Engine,
  kind: Kind,
  parts: readonly Part[],
  path: (part: Part) => string,
): Sql {
  const own = [...kindColumns(kind), { name: 'extra_hash', type: 'BIGINT' as const }]
  const files = parts.map((part) => ({
    path: path(part),
    columns: new Set([
      ...part.columns,
      ...everyPart.map(({ name }) => name),
      ...(part.lineBase === null ? ['line'] : []),
    ]),
    labels: { part: part.key, source: part.source, file: part.file, line_base: part.lineBase },
  }))
  const scan = engine.scanLabelled(files, [{ name: 'line', type: 'BIGINT' }, ...everyPart, ...own])
  const names = sql.join([...everyPart, ...own].map(({ name }) => sql.id(name)))
  return sql`(SELECT part, row_index, source, file, coalesce(line, row_index + line_base) AS line, ${names} FROM ${scan})`
}
