import type { LabelledFile } from './engine.ts'
import { type Sql, sql } from './sql.ts'

/** The value of a label, as a column that has the same type on every engine. */
export function labelValue(value: LabelledFile['labels'][string]): Sql {
  return typeof value === 'string' ? sql.literal(value) : sql`CAST(${sql.literal(value)} AS BIGINT)`
}
