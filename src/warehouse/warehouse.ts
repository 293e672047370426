import type { Engine } from '../engine/engine.ts'
import type { TableName } from './schema.ts'

/** A published version, open for questions: every table of `schema.ts` is a view on `engine` under its own name. */
export interface Warehouse {
  readonly engine: Engine
  /** Where this version lies, absolute: its tables and `build.json`. */
  readonly folder: string
  /** Counts up with each published build, from 1. */
  readonly version: number
  readonly builtAt: string
  /** Every file that the tables are read from, absolute. */
  readonly files: readonly string[]
  /** Rows in each table. */
  readonly rows: Readonly<Record<TableName, number>>
}
