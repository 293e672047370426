import type { Engine } from '../../src/engine/engine.ts'
import { sql } from '../../src/engine/sql.ts'
import { type TableName, tables } from '../../src/warehouse/schema.ts'

/** Creates a table of the schema with `rows`; columns that a row lacks are NULL. */
export async function createTable(
  engine: Engine,
  table: TableName,
  rows: readonly Readonly<Record<string, string | number | boolean | null>>[],
): Promise<void> {
  const columns = tables[table].map(({ name, type }) => sql`${sql.id(name)} ${{ text: type, values: [] }}`)
  await engine.execute(sql`CREATE TABLE ${sql.id(table)} (${sql.join(columns)})`)
  for (const row of rows) {
    const values = tables[table].map(({ name }) => sql`${row[name] ?? null}`)
    await engine.execute(sql`INSERT INTO ${sql.id(table)} VALUES (${sql.join(values)})`)
  }
}
