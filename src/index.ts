export { DuckdbEngine, type DuckdbOptions } from './engine/duckdb.ts'
export type { Engine, Row, Value } from './engine/engine.ts'
export { type Sql, sql } from './engine/sql.ts'
export {
  DataError,
  type ErrorDetails,
  InputError,
  isMarqueeError,
  type MarqueeError,
  ModelError,
  QueryError,
} from './errors.ts'
export type { Context, Question } from './question.ts'
export { type Locale, say, type Text } from './text.ts'
export { type Kind, kinds, type TableName, tables } from './warehouse/schema.ts'
export type { Warehouse } from './warehouse/warehouse.ts'
