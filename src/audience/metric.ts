import type { Sql } from '../engine/sql.ts'
import type { Text } from '../text.ts'

/** The relations that metrics read: one row for each value of a dimension. Their columns are defined in query.ts. */
export type Base = 'minutes' | 'viewers' | 'gross' | 'sessions' | 'v30' | 'shift' | 'slot'

/** One measure of audience: what it means, in which version, and the SQL that computes it from its bases. */
export interface Metric {
  readonly id: string
  /** Rises when the formula changes. */
  readonly version: number
  /** Its name in results. */
  readonly column: string
  readonly name: Text
  readonly formula: Text
  readonly unit: 'minutes' | 'viewers' | 'plays' | 'share' | 'views' | 'count'
  readonly source: string
  readonly bases: readonly Base[]
  readonly sql: Sql
}
