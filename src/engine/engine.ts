import type { Sql } from './sql.ts'

export type ColumnType = 'BIGINT' | 'INTEGER' | 'DOUBLE' | 'VARCHAR' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP'

/** A column of a table. */
export interface Column {
  readonly name: string
  readonly type: ColumnType
}

/** A column of a relation. */
export interface ColumnDescription {
  readonly name: string
  /** The engine's own name of the type. */
  readonly type: string
}

/** How a delimited text file is laid out. Every column is read as text. */
export interface DelimitedScan {
  readonly paths: readonly string[]
  readonly columns: readonly string[]
  readonly delimiter: string
  readonly quote: string
  readonly header: boolean
  /** Whether every line is one record, so that the file can be read in pieces. */
  readonly isLineByLine?: boolean
}

/** A Parquet file, or what `writeParquet` wrote, of a layout that several have, and values that all its rows share. */
export interface LabelledFile {
  readonly path: string
  /** The columns that it holds. */
  readonly columns: ReadonlySet<string>
  /** Integers become BIGINT. */
  readonly labels: Readonly<Record<string, string | number | null>>
}

/** How rows can be written as text. */
export type TextFormat = 'csv' | 'jsonl'

/** What a value read back from an engine can be: timestamps and dates come as ISO 8601 text, in UTC. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value }

/** One row of an answer, by column name; a missing value is null. */
export type Row = Readonly<Record<string, Value>>

/** How viewers and titles are factorised. */
export interface AlsSettings {
  readonly rank: number
  readonly passes: number
  /** What the squared factors of a viewer or title count for each of its rows. */
  readonly l2: number
  /** How much the weight of a row adds to the 1 that every cell counts. */
  readonly alpha: number
  readonly seed: number
  /** Pieces that viewers are cut into, and titles. */
  readonly blocks: number
}

/** The factors of a viewer or title. */
export interface Factors {
  readonly id: number
  readonly features: readonly number[]
}

/** Factors that the engine holds; only those of viewers and titles that had rows. */
export interface Factorisation {
  viewers(): AsyncIterable<readonly Factors[]>
  titles(): AsyncIterable<readonly Factors[]>
  /** Gives the engine its memory back. */
  delete(): Promise<void>
}

/**
 * The one way to data. Statements keep to the subset of SQL that all engines read alike.
 * Integers beyond 2^53 come back as decimal text; a missing value is `null`.
 * @throws QueryError when the engine refuses or fails the statement.
 */
export interface Engine {
  readonly name: 'duckdb' | 'spark'
  /** How many statements are worth sending at once. */
  readonly concurrency: number
  query<R extends Row = Row>(statement: Sql): Promise<R[]>
  /** Batches of rows, so that a large result never has to fit in memory. */
  stream<R extends Row = Row>(statement: Sql): AsyncIterable<R[]>
  /** A statement that gives no rows, in the engine's own words: what all engines can do has a method. */
  execute(statement: Sql): Promise<void>
  /** Keeps the rows of `statement` as a table until the engine closes; a table of that name is replaced. */
  createTable(name: string, statement: Sql): Promise<void>
  /** Adds rows, with the same columns in the same order, to a table that `createTable` made. */
  appendTable(name: string, statement: Sql): Promise<void>
  dropTable(name: string): Promise<void>
  /** Names the rows of `statement` for further statements; nothing is kept. */
  createView(name: string, statement: Sql): Promise<void>
  describe(statement: Sql): Promise<ColumnDescription[]>
  /**
   * Writes the rows of `statement`, in its order, as Parquet, whole or not at all; returns how many there were. On Spark `path`
   * becomes a folder of files, which `scanParquet` reads by the same path.
   * `joinsAsWritten` says that the left side of every join is the large one, where the engine cannot know.
   */
  writeParquet(statement: Sql, path: string, options?: { joinsAsWritten?: boolean }): Promise<number>
  /**
   * Has the machines that hold the rows of `statement` write them, in its order, as text files in the folder `path`, whole or not at all:
   * UTF-8, times as ISO 8601 in UTC, a missing value an empty field or null; each file of CSV begins with the names of the columns.
   * Undefined where the rows come to this machine to be written.
   */
  readonly writeText: ((statement: Sql, path: string, format: TextFormat) => Promise<void>) | undefined
  /**
   * Alternating least squares over the rows of `plays`, `viewer` and `title`, INTEGER, and `weight` above 0, on the machines that hold them:
   * the factors of least sum of c (p - x y)^2 over all viewers x and titles y, where p = 1 and c = 1 + alpha weight for those with a row, p = 0 and c = 1
   * for others, plus l2 times the squared factors of each as often as it has rows (Hu, Koren and Volinsky, ICDM 2008; Zhou et al., AAIM 2008).
   * Undefined where the engine has none.
   */
  readonly factorise: ((plays: Sql, settings: AlsSettings) => Promise<Factorisation>) | undefined
  /** A relation over delimited text; no value is interpreted and an empty field is NULL. */
  scanDelimited(scan: DelimitedScan): Sql
  /** A relation over Parquet files; `row_index` (0-based, within the file or what `writeParquet` wrote) is added when asked for. */
  scanParquet(paths: readonly string[], options?: { rowIndex?: boolean }): Sql
  /**
   * The rows of all `files`, of which there is at least one, with the `row_index` of each in its file, the labels of the file and
   * `columns`, NULL where a file has no such column.
   */
  scanLabelled(files: readonly LabelledFile[], columns: readonly Column[]): Sql
  /**
   * From now on only single reading statements are taken, and of files only `paths` can be read; on Spark only those that a view or
   * a scan names already.
   * Anything else fails with the code `read-only`. Only the first call counts.
   */
  restrict(paths: readonly string[]): Promise<void>
  /** Stops the statement that is running, which then fails with the code `interrupted`. */
  interrupt(): void
  /** 0 to 1 for the only statement that is running, or undefined when unknown. */
  progress(): number | undefined
  close(): void
}
