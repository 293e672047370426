import { join } from 'node:path'
import type { z } from 'zod'
import { DuckdbEngine } from '../../src/engine/duckdb.ts'
import { type SqlValue, sql } from '../../src/engine/sql.ts'
import { ModelStore } from '../../src/models/model-store.ts'
import { silentProgress } from '../../src/progress.ts'
import { projectSettings } from '../../src/project/settings.ts'
import type { Context } from '../../src/question.ts'
import { type TableName, tables } from '../../src/warehouse/schema.ts'
import type { Warehouse } from '../../src/warehouse/warehouse.ts'

export type TableRows = Partial<Record<TableName, readonly Readonly<Record<string, SqlValue>>[]>>

const tableNames = Object.keys(tables) as TableName[]

/** A warehouse in memory with all published tables, filled from `rows`; columns that a row leaves out are NULL. */
export async function openWarehouse(rows: TableRows = {}, threads = 1): Promise<Warehouse> {
  const engine = await DuckdbEngine.open({ threads })
  const counts: Record<string, number> = {}
  for (const name of tableNames) {
    const columns = tables[name].map((column) => sql`${sql.id(column.name)} ${{ text: column.type, values: [] }}`)
    await engine.execute(sql`CREATE TABLE ${sql.id(name)} (${sql.join(columns)})`)
    const given = rows[name] ?? []
    counts[name] = given.length
    if (given.length === 0) continue
    const unknown = given.flatMap(Object.keys).find((key) => !tables[name].some((column) => column.name === key))
    if (unknown) throw new Error(`${name} has no column ${unknown}`)
    const values = given.map(
      (row) => sql`(${sql.join(tables[name].map((column) => sql.literal(row[column.name] ?? null)))})`,
    )
    await engine.execute(sql`INSERT INTO ${sql.id(name)} VALUES ${sql.join(values)}`)
  }
  return {
    engine,
    version: 1,
    folder: '/project/.marquee/versions/1',
    builtAt: '2026-01-01T00:00:00Z',
    files: [],
    rows: counts as Record<TableName, number>,
  }
}

/** What a question sees when `warehouse` is the project's. */
export function contextOf(warehouse: Warehouse, settings: z.input<typeof projectSettings> = {}): Context {
  return {
    folder: '/project',
    locale: 'en',
    progress: silentProgress,
    signal: new AbortController().signal,
    now: () => new Date('2026-01-01T00:00:00Z'),
    warehouse: async () => warehouse,
    settings: async () => projectSettings.parse(settings),
    models: (name) => new ModelStore(join('/project/.marquee/models', name)),
    viewerId: async (id) => id.replace('#', ''),
    objections: async () => new Set(),
    choose: async () => undefined,
    stayUntil: () => undefined,
  }
}
