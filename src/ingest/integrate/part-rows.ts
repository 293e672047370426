import type { Engine } from '../../engine/engine.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import type { Layout } from '../../project/layout.ts'
import { fields, type Kind, storedColumn, type TableColumn } from '../../warehouse/schema.ts'
import { type Part, partFiles } from '../part.ts'

/** The typed columns that rows of a kind can have, beside those every part has. */
export function kindColumns(kind: Kind): readonly TableColumn[] {
  const valid: readonly TableColumn[] =
    kind === 'viewing' ? [{ name: 'is_valid_play', type: 'BOOLEAN', label: { en: '', zh: '' } }] : []
  return [...fields[kind].map(storedColumn), ...valid]
}

/** All rows of some parts of one kind as one relation; columns that a part lacks are NULL. */
export function partRows(engine: Engine, layout: Layout, kind: Kind, parts: readonly Part[]): Sql {
  const selects = parts.map((part) => {
    const columns = [...kindColumns(kind), { name: 'extra_hash', type: 'BIGINT' }].map(({ name, type }) =>
      part.columns.includes(name) ? sql.id(name) : sql`CAST(NULL AS ${{ text: type, values: [] }}) AS ${sql.id(name)}`,
    )
    return sql`SELECT CAST(${sql.literal(part.key)} AS BIGINT) AS part, row_index, ${originColumns(part)}, title_ref,
      ${sql.join(columns)}, reasons, reject_hash FROM ${engine.scanParquet([partFiles(layout, part.id).rows], { rowIndex: true })}`
  })
  return sql`(${sql.join(selects, ' UNION ALL ')})`
}

/** Source, file and line of each row. */
function originColumns(part: Part): Sql {
  const line = part.lineBase === undefined ? sql`line` : sql`row_index + ${sql.literal(part.lineBase)} AS line`
  return sql`${sql.literal(part.source)} AS source, ${sql.literal(part.file)} AS file, ${line}`
}
