import type { Engine } from './engine.ts'
import { parseTimeOnSpark } from './spark/parse-time.ts'
import { type Sql, sql } from './sql.ts'

/** What the engines spell differently and `sharedFunctions` cannot bridge. */
interface Functions {
  /** The time that `text` states in a format of `strptime`, as a TIMESTAMP, in UTC where it has an offset; NULL where it is none. */
  parseTime(text: Sql, format: string): Sql
  /**
   * A relation with a row for each item of the text `column` of `rows`, split at `|`: the columns of `rows`, `item` and
   * its `place`, from 1.
   */
  itemsOf(rows: Sql, column: string): Sql
  /** A list constant of numbers. */
  numbers(values: readonly number[]): Sql
  /** A row as a JSON object of its `columns`. */
  toJson(columns: readonly string[]): Sql
}

const list = (values: readonly number[]) => sql.join(values.map(sql.literal))

const functions: Readonly<Record<Engine['name'], Functions>> = {
  duckdb: {
    parseTime: (text, format) => {
      const time = sql`try_strptime(${text}, ${sql.literal(format)})`
      return format.includes('%z') ? sql`timezone('UTC', ${time})` : time
    },
    itemsOf: (rows, column) => {
      const items = sql`string_split(${sql.id(column)}, '|')`
      return sql`(SELECT *, unnest(${items}) AS item, generate_subscripts(${items}, 1) AS place FROM ${rows} r)`
    },
    numbers: (values) => sql`[${list(values)}]`,
    toJson: (columns) =>
      sql`CAST(to_json({${sql.join(columns.map((name) => sql`${sql.literal(name)}: ${sql.id(name)}`))}}) AS VARCHAR)`,
  },
  spark: {
    parseTime: parseTimeOnSpark,
    itemsOf: (rows, column) =>
      sql`(SELECT *, position + 1 AS place FROM ${rows} r LATERAL VIEW posexplode(split(${sql.id(column)}, '[|]', -1)) AS position, item)`,
    numbers: (values) => sql`array(${list(values)})`,
    toJson: (columns) => sql`to_json(struct(${sql.join(columns.map(sql.id))}), map('ignoreNullFields', 'false'))`,
  },
}

/** The spellings of `engine`. */
export function functionsOf(engine: Pick<Engine, 'name'>): Functions {
  return functions[engine.name]
}
