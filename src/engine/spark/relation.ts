import { literal, type Parameter } from './literal.ts'
import type { Relation } from './messages.ts'

/** Values of a statement's `?` in order, or of its `:names`. */
export type Parameters = readonly Parameter[] | Readonly<Record<string, Parameter>>

/** The rows of a statement in Spark's SQL; the values are bound by the server and never become text of the statement. */
export function sqlRelation(query: string, parameters: Parameters = []): Relation {
  if (isList(parameters)) return { sql: { query, posArguments: parameters.map(literal) } }
  const named = Object.entries(parameters).map(([name, value]) => [name, literal(value)])
  return { sql: { query, namedArguments: Object.fromEntries(named) } }
}

function isList(parameters: Parameters): parameters is readonly Parameter[] {
  return Array.isArray(parameters)
}

/** Files that the server's workers can read. */
export interface Files {
  readonly format: 'csv' | 'json' | 'parquet'
  readonly paths: readonly string[]
  /** Columns with their types in Spark's DDL, as in `id BIGINT, name STRING`; read from the files unless given. */
  readonly schema?: string
  /** Options of Spark's reader, as in `{ header: 'true', sep: ';' }`. */
  readonly options?: Readonly<Record<string, string>>
}

/** The rows of files. */
export function filesRelation({ format, paths, schema, options = {} }: Files): Relation {
  return { read: { dataSource: { format, paths, options, ...(schema === undefined ? {} : { schema }) } } }
}

/** The rows of a table or view by its name in Spark's catalogue. */
export function tableRelation(name: string): Relation {
  return { read: { namedTable: { unparsedIdentifier: name } } }
}

/** `input`, which reads files, with `columns` of what Spark knows about each row's file, by the field of `_metadata`. */
export function withFileColumns(input: Relation, columns: Readonly<Record<string, string>>): Relation {
  const added = Object.entries(columns).map(([field, name]) => ({
    alias: { expr: { unresolvedAttribute: { unparsedIdentifier: `_metadata.${field}` } }, name: [name] },
  }))
  return { project: { input, expressions: [{ unresolvedStar: {} }, ...added] } }
}
