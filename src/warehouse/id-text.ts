import { type Sql, sql } from '../engine/sql.ts'

/** An id as decimal text: numbers of JavaScript do not hold 63 bits. */
export const idText = (column: Sql): Sql => sql`CAST(${column} AS VARCHAR(20))`
