import type { Engine } from '../../src/engine/engine.ts'
import { sql } from '../../src/engine/sql.ts'
import { type TableName, tables } from '../../src/warehouse/schema.ts'
import type { TableRows } from './warehouse.ts'

/** Makes views of all published tables, with the rows given; columns that a row leaves out are NULL. */
export async function createTableViews(engine: Engine, rows: TableRows): Promise<void> {
  for (const [name, columns] of Object.entries(tables)) {
    const given = rows[name as TableName] ?? []
    const names = columns.map((column) => sql.id(column.name))
    const typed = columns.map(
      (column) => sql`CAST(${sql.id(column.name)} AS ${{ text: column.type, values: [] }}) AS ${sql.id(column.name)}`,
    )
    const values = (given.length === 0 ? [{} as (typeof given)[number]] : given).map(
      (row) => sql`(${sql.join(columns.map((column) => sql.literal(row[column.name] ?? null)))})`,
    )
    const kept = given.length === 0 ? sql`WHERE false` : sql.empty
    await engine.createView(
      name,
      sql`SELECT ${sql.join(typed)} FROM (VALUES ${sql.join(values)}) v(${sql.join(names)}) ${kept}`,
    )
  }
}
