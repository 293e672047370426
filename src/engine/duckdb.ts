import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBIntervalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  StatementType,
} from '@duckdb/node-api'
import { QueryError } from '../errors.ts'
import type { Column, ColumnDescription, DelimitedScan, Engine, LabelledFile, Row, Value } from './engine.ts'
import { labelValue } from './label-value.ts'
import { sharedFunctions } from './shared-functions.ts'
import { type Sql, type SqlValue, sql } from './sql.ts'

/** What the embedded engine may use; the whole machine unless set. */
export interface DuckdbOptions {
  /** Memory limit as DuckDB writes it: '2GiB'. */
  readonly memory?: string
  readonly threads?: number
  /** Where larger-than-memory work spills. */
  readonly spillFolder?: string
}

const microsecondsPerMillisecond = 1000n

const macros: Sql = {
  text: Object.entries(sharedFunctions)
    .filter(([, { duckdb }]) => duckdb !== undefined)
    .map(
      ([name, { parameters, duckdb }]) =>
        `CREATE TEMPORARY MACRO ${name}(${Object.keys(parameters).join(', ')}) AS ${duckdb};`,
    )
    .join('\n'),
  values: [],
}

function toValue(value: DuckDBValue): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) {
    if (!value.isFinite) return value.toString()
    return new Date(Number(value.micros / microsecondsPerMillisecond)).toISOString().replace('.000Z', 'Z')
  }
  if (value instanceof DuckDBDateValue || value instanceof DuckDBIntervalValue) return value.toString()
  if (value instanceof DuckDBDecimalValue) return value.toDouble()
  if (value instanceof DuckDBListValue) return value.items.map(toValue)
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([key, entry]) => [key, toValue(entry)]))
  }
  return String(value)
}

/** The embedded engine. */
export class DuckdbEngine implements Engine {
  readonly name = 'duckdb'
  readonly concurrency = 1
  readonly writeText = undefined
  readonly factorise = undefined
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection
  #isRestricted = false

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance
    this.#connection = connection
  }

  static async open(options: DuckdbOptions = {}): Promise<DuckdbEngine> {
    const settings: Record<string, string> = { autoinstall_known_extensions: 'false' }
    if (options.memory) settings.memory_limit = options.memory
    if (options.threads) settings.threads = String(options.threads)
    if (options.spillFolder) settings.temp_directory = options.spillFolder
    const instance = await DuckDBInstance.create(':memory:', settings)
    const engine = new DuckdbEngine(instance, await instance.connect())
    await engine.execute(sql`SET TimeZone = 'UTC'`)
    await engine.execute(sql`SET enable_progress_bar = true`)
    await engine.execute(sql`SET enable_progress_bar_print = false`)
    await engine.execute(macros)
    return engine
  }

  async query<R extends Row = Row>(statement: Sql): Promise<R[]> {
    const rows: R[] = []
    for await (const batch of this.stream<R>(statement)) for (const row of batch) rows.push(row)
    return rows
  }

  async *stream<R extends Row = Row>(statement: Sql): AsyncGenerator<R[]> {
    try {
      if (this.#isRestricted) await this.#demandReading(statement)
      const result = await this.#connection.stream(statement.text, ...bound(statement))
      const names = result.deduplicatedColumnNames()
      while (true) {
        const chunk = await result.fetchChunk()
        if (!chunk || chunk.rowCount === 0) return
        yield chunk
          .getRows()
          .map((row) => Object.fromEntries(names.map((name, index) => [name, toValue(row[index] ?? null)])) as R)
      }
    } catch (error) {
      throw queryError(error, statement)
    }
  }

  async execute(statement: Sql): Promise<void> {
    try {
      await this.#connection.run(statement.text, ...bound(statement))
    } catch (error) {
      throw queryError(error, statement)
    }
  }

  createTable(name: string, statement: Sql): Promise<void> {
    return this.execute(sql`CREATE OR REPLACE TEMPORARY TABLE ${sql.id(name)} AS ${statement}`)
  }

  appendTable(name: string, statement: Sql): Promise<void> {
    return this.execute(sql`INSERT INTO ${sql.id(name)} ${statement}`)
  }

  dropTable(name: string): Promise<void> {
    return this.execute(sql`DROP TABLE IF EXISTS ${sql.id(name)}`)
  }

  createView(name: string, statement: Sql): Promise<void> {
    return this.execute(sql`CREATE OR REPLACE TEMPORARY VIEW ${sql.id(name)} AS ${statement}`)
  }

  async describe(statement: Sql): Promise<ColumnDescription[]> {
    const rows = await this.query<{ column_name: string; column_type: string }>(sql`DESCRIBE ${statement}`)
    return rows.map((row) => ({ name: row.column_name, type: row.column_type }))
  }

  async writeParquet(statement: Sql, path: string, options: { joinsAsWritten?: boolean } = {}): Promise<number> {
    if (options.joinsAsWritten) await this.execute(sql`SET disabled_optimizers = 'build_side_probe_side,join_order'`)
    await mkdir(dirname(path), { recursive: true })
    const partial = `${path}.partial`
    try {
      const [row] = await this.query<{ Count: number }>(
        sql`COPY (${statement}) TO ${sql.literal(partial)} (FORMAT parquet, COMPRESSION lz4_raw)`,
      )
      await rename(partial, path)
      return row?.Count ?? 0
    } catch (error) {
      await rm(partial, { force: true })
      throw error
    } finally {
      if (options.joinsAsWritten) await this.execute(sql`SET disabled_optimizers = ''`)
    }
  }

  scanDelimited(scan: DelimitedScan): Sql {
    const columns = sql.join(scan.columns.map((name) => sql`${sql.literal(name)}: 'VARCHAR'`))
    return sql`read_csv(${paths(scan.paths)}, columns = {${columns}}, auto_detect = false, header = ${sql.literal(scan.header)}, delim = ${sql.literal(scan.delimiter)}, quote = ${sql.literal(scan.quote)}, escape = ${sql.literal(scan.quote)}, max_line_size = 16777216)`
  }

  scanParquet(files: readonly string[], options: { rowIndex?: boolean } = {}): Sql {
    if (!options.rowIndex) return sql`read_parquet(${paths(files)}, union_by_name = true)`
    return sql`(SELECT * RENAME (file_row_number AS row_index) FROM read_parquet(${paths(files)}, union_by_name = true, file_row_number = true))`
  }

  scanLabelled(files: readonly LabelledFile[], columns: readonly Column[]): Sql {
    const selects = files.map((file) => {
      const labels = Object.entries(file.labels).map(([name, value]) => sql`${labelValue(value)} AS ${sql.id(name)}`)
      const selected = columns.map(({ name, type }) =>
        file.columns.has(name) ? sql.id(name) : sql`CAST(NULL AS ${{ text: type, values: [] }}) AS ${sql.id(name)}`,
      )
      return sql`SELECT ${sql.join([...labels, sql`row_index`, ...selected])} FROM ${this.scanParquet([file.path], { rowIndex: true })}`
    })
    return sql`(${sql.join(selects, ' UNION ALL ')})`
  }

  async restrict(files: readonly string[]): Promise<void> {
    if (this.#isRestricted) return
    await this.execute(sql`SET allowed_paths = ${paths(files)}`)
    await this.execute(sql`SET enable_external_access = false`)
    await this.execute(sql`SET lock_configuration = true`)
    this.#isRestricted = true
  }

  async #demandReading(statement: Sql): Promise<void> {
    const statements = await this.#connection.extractStatements(statement.text)
    const kinds: StatementType[] = []
    for (let index = 0; index < statements.count; index++) {
      const prepared = await statements.prepare(index)
      kinds.push(prepared.statementType)
      prepared.destroySync()
    }
    if (kinds.length === 1 && (kinds[0] === StatementType.SELECT || kinds[0] === StatementType.EXPLAIN)) return
    throw new QueryError(
      { en: 'Only one reading statement is allowed here.', zh: '此处只允许一条只读语句。' },
      {
        code: 'read-only',
        value: statement.text,
        advice: {
          en: 'Write a single SELECT; `marquee export` writes tables to files.',
          zh: '请只写一条 SELECT；将表写入文件请用 `marquee export`。',
        },
      },
    )
  }

  interrupt(): void {
    this.#connection.interrupt()
  }

  progress(): number | undefined {
    const { percentage } = this.#connection.progress
    return percentage < 0 ? undefined : percentage / 100
  }

  close(): void {
    this.#connection.closeSync()
    this.#instance.closeSync()
  }
}

/** The values of a statement with their types, where the engine would not choose the right one: integers beyond 2^53. */
function bound({ values }: Sql): [SqlValue[], DuckDBType[]] {
  const types: DuckDBType[] = []
  for (const [index, value] of values.entries())
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) types[index] = DOUBLE
  return [[...values], types]
}

function paths(files: readonly string[]): Sql {
  return sql`[${sql.join(files.map((file) => sql.literal(file)))}]`
}

function queryError(error: unknown, statement: Sql): QueryError {
  if (error instanceof QueryError) return error
  const message = error instanceof Error ? error.message : String(error)
  const details = { value: statement.text, cause: error }
  if (/^INTERRUPT/i.test(message)) {
    return new QueryError({ en: 'The statement was stopped.', zh: '语句已中断。' }, { code: 'interrupted', ...details })
  }
  if (/out of memory/i.test(message)) {
    return new QueryError(
      { en: `The engine ran out of memory: ${message}`, zh: `引擎内存不足：${message}` },
      {
        code: 'out-of-memory',
        ...details,
        advice: {
          en: 'Raise `memory` or lower `threads` in marquee.yaml.',
          zh: '请在 marquee.yaml 中调高 `memory` 或调低 `threads`。',
        },
      },
    )
  }
  return new QueryError(
    { en: `The engine refused the statement: ${message}`, zh: `引擎无法执行该语句：${message}` },
    { code: 'query-failed', ...details },
  )
}
