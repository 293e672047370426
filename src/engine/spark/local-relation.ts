import * as arrow from 'apache-arrow'
import type { Relation } from './messages.ts'

const types = {
  boolean: () => new arrow.Bool(),
  int: () => new arrow.Int32(),
  bigint: () => new arrow.Int64(),
  double: () => new arrow.Float64(),
  string: () => new arrow.Utf8(),
  date: () => new arrow.DateDay(),
  timestamp: () => new arrow.TimestampMicrosecond('UTC'),
} as const satisfies Record<string, () => arrow.DataType>

/** One column of a local table; dates and timestamps are `Date`s, and null is a missing value. */
export type LocalColumn =
  | { readonly type: 'boolean'; readonly values: readonly (boolean | null)[] }
  | { readonly type: 'int' | 'double'; readonly values: readonly (number | null)[] }
  | { readonly type: 'bigint'; readonly values: readonly (bigint | null)[] }
  | { readonly type: 'string'; readonly values: readonly (string | null)[] }
  | { readonly type: 'date' | 'timestamp'; readonly values: readonly (Date | null)[] }

/**
 * A table out of values at hand, up to some tens of megabytes: it travels with the plan. Columns have equal lengths.
 * Texts go as plain Utf8, since Spark would read a dictionary vector's indices.
 */
export function localRelation(columns: Readonly<Record<string, LocalColumn>>): Relation {
  const vectors = Object.entries(columns).map(([name, { type, values }]) => [
    name,
    arrow.vectorFromArray(values, types[type]()),
  ])
  const table = new arrow.Table(Object.fromEntries(vectors) as Record<string, arrow.Vector>)
  return { localRelation: { data: arrow.tableToIPC(table, 'stream') } }
}
