import type { Engine } from './engine.ts'
import { type Sql, sql } from './sql.ts'

/** The expressions that the engines spell differently. */
interface Functions {
  /** Seconds since 1970, with fractions, of a timestamp. */
  epochSeconds(timestamp: Sql): Sql
  /** Whole days from one date to another. */
  daysBetween(from: Sql, to: Sql): Sql
}

const functions: Readonly<Record<Engine['name'], Functions>> = {
  duckdb: {
    epochSeconds: (timestamp) => sql`epoch(${timestamp})`,
    daysBetween: (from, to) => sql`datediff('day', ${from}, ${to})`,
  },
  spark: {
    epochSeconds: (timestamp) => sql`(unix_micros(${timestamp}) / 1000000.0)`,
    daysBetween: (from, to) => sql`datediff(${to}, ${from})`,
  },
}

/** The spellings of `engine`. */
export function functionsOf(engine: Pick<Engine, 'name'>): Functions {
  return functions[engine.name]
}
