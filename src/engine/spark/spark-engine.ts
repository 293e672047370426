import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ColumnDescription, DelimitedScan, Engine, Row } from '../engine.ts'
import { sharedFunctions } from '../shared-functions.ts'
import { type Sql, sql } from '../sql.ts'
import type { Relation } from './messages.ts'
import { filesRelation, sqlRelation, withFileColumns } from './relation.ts'
import { type ExecuteOptions, type SessionOptions, SparkSession } from './session.ts'
import { shareDone } from './share-done.ts'
import { demandReading, sparkText } from './spark-text.ts'

const settings = {
  'spark.sql.session.timeZone': 'UTC',
  'spark.sql.ansi.enabled': 'true',
}

const functions = Object.entries(sharedFunctions).flatMap(([name, { parameters, returns, spark }]) => {
  const typed = Object.entries(parameters).map(([parameter, type]) => `${parameter} ${type}`)
  return spark === undefined
    ? []
    : [sparkText(`CREATE TEMPORARY FUNCTION ${name}(${typed.join(', ')}) RETURNS ${returns} RETURN ${spark}`)]
})

/** How many rows each file of a folder of `writeParquet` has, in their order; beside them, where Spark does not look. */
const rowCounts = '_row_counts.json'
const fileColumn = 'marquee_file'

interface FileRows {
  readonly file: string
  readonly rows: number
}

/** An Apache Spark cluster, reached through Spark Connect. Paths are those that its workers see. */
export class SparkEngine implements Engine {
  readonly name = 'spark'
  readonly concurrency = 8
  readonly #session: SparkSession
  readonly #tag = `marquee-${randomUUID()}`
  /** What makes the view of a scan, by its name; called when a statement is the first to name it. */
  readonly #scans = new Map<string, () => Promise<void>>()
  /** The names of scans of Parquet by what they read, so that the same files are looked at once. */
  readonly #parquet = new Map<string, string>()
  /** Where tables are kept. */
  readonly #folder: string
  /** The folders of each table, by its name. */
  readonly #tables = new Map<string, readonly string[]>()
  #names = 0
  #isRestricted = false
  /** How far the statements are that run. */
  readonly #running = new Set<{ share?: number }>()

  private constructor(session: SparkSession, folder: string) {
    this.#session = session
    this.#folder = folder
  }

  /**
   * `folder`, which this machine and the workers see under the same path, holds the tables of `createTable`; it is removed at the end.
   * @throws SparkError when the server at `address` cannot be reached.
   */
  static async open(address: string, folder: string, options: SessionOptions = {}): Promise<SparkEngine> {
    const session = await SparkSession.connect(address, options)
    await session.configure(settings)
    for (const statement of functions) await session.execute(statement)
    return new SparkEngine(session, folder)
  }

  async query<R extends Row = Row>(statement: Sql): Promise<R[]> {
    const rows: R[] = []
    for await (const batch of this.stream<R>(statement)) for (const row of batch) rows.push(row)
    return rows
  }

  async *stream<R extends Row = Row>(statement: Sql): AsyncGenerator<R[]> {
    if (this.#isRestricted) demandReading(statement.text)
    const relation = await this.#relation(statement)
    const { options, end } = this.#begin()
    try {
      for await (const batch of this.#session.stream(relation, options)) yield batch as R[]
    } finally {
      end()
    }
  }

  async execute(statement: Sql): Promise<void> {
    if (this.#isRestricted) demandReading(statement.text)
    await this.#createScans(statement)
    await this.#watched((options) => this.#session.execute(sparkText(statement.text), statement.values, options))
  }

  async createTable(name: string, statement: Sql): Promise<void> {
    await this.#keep(name, statement, [])
  }

  async appendTable(name: string, statement: Sql): Promise<void> {
    await this.#keep(name, statement, this.#tables.get(name) ?? [])
  }

  async dropTable(name: string): Promise<void> {
    await this.#session.execute(`DROP VIEW IF EXISTS ${sparkName(name)}`)
    for (const path of this.#tables.get(name) ?? []) await rm(path, { recursive: true, force: true })
    this.#tables.delete(name)
  }

  async createView(name: string, statement: Sql): Promise<void> {
    await this.#session.createView(sparkName(name), await this.#relation(statement))
  }

  async describe(statement: Sql): Promise<ColumnDescription[]> {
    return this.#session.schema(await this.#relation(statement))
  }

  async writeParquet(statement: Sql, path: string): Promise<number> {
    const partial = `${path}.partial`
    const relation = await this.#relation(statement)
    const write = { format: 'parquet', path: partial, mode: 'overwrite', options: { compression: 'lz4_raw' } } as const
    try {
      await this.#watched((options) => this.#session.write(relation, { ...options, ...write }))
      const counts = await this.#countRows(partial)
      await writeFile(join(partial, rowCounts), JSON.stringify(counts))
      await rm(path, { recursive: true, force: true })
      await rename(partial, path)
      for (const key of this.#parquet.keys()) if (key.includes(JSON.stringify(path))) this.#parquet.delete(key)
      return counts.reduce((sum, { rows }) => sum + rows, 0)
    } catch (error) {
      await rm(partial, { recursive: true, force: true })
      throw error
    }
  }

  scanDelimited({ paths, columns, delimiter, quote, header, isLineByLine = false }: DelimitedScan): Sql {
    const schema = columns.map((name) => `${sparkName(name)} STRING`).join(', ')
    const options = {
      sep: delimiter,
      quote: quote === '' ? '\u0000' : quote,
      escape: quote === '' ? '\u0000' : quote,
      header: String(header),
      enforceSchema: 'true',
      multiLine: String(!isLineByLine),
      mode: 'FAILFAST',
    }
    return sql.id(this.#scan(async () => filesRelation({ format: 'csv', paths, schema, options })))
  }

  scanParquet(paths: readonly string[], options: { rowIndex?: boolean } = {}): Sql {
    const key = JSON.stringify([paths, options.rowIndex === true])
    const known = this.#parquet.get(key)
    if (known !== undefined) return sql.id(known)
    const files = parquet(paths)
    const name = this.#scan(options.rowIndex ? () => this.#withRowIndex(paths, files) : async () => files)
    this.#parquet.set(key, name)
    return sql.id(name)
  }

  /** `paths` are not asked for: what can be read are the views and scans made before, and no file by its path. */
  async restrict(): Promise<void> {
    await this.#session.configure({ 'spark.sql.runSQLOnFiles': 'false' })
    this.#isRestricted = true
  }

  interrupt(): void {
    this.#session.interrupt(this.#tag).catch(() => undefined)
  }

  progress(): number | undefined {
    const [only, ...others] = this.#running
    return others.length === 0 ? only?.share : undefined
  }

  close(): void {
    void this.#session.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #begin(): { options: ExecuteOptions; end: () => void } {
    const running: { share?: number } = {}
    this.#running.add(running)
    const onProgress: ExecuteOptions['onProgress'] = (stages) => {
      const share = shareDone(stages)
      if (share !== undefined) running.share = Math.max(share, running.share ?? 0)
    }
    return { options: { tag: this.#tag, onProgress }, end: () => this.#running.delete(running) }
  }

  async #relation(statement: Sql): Promise<Relation> {
    await this.#createScans(statement)
    return sqlRelation(sparkText(statement.text), statement.values)
  }

  async #watched(work: (options: ExecuteOptions) => Promise<void>): Promise<void> {
    const { options, end } = this.#begin()
    try {
      await work(options)
    } finally {
      end()
    }
  }

  /**
   * Writes the rows of `statement` and makes them, behind those in `paths`, the table `name`. Files rather than Spark's cache: with
   * that the plan of a table holds the plans of all tables behind it, and the loss of a worker loses rows.
   */
  async #keep(name: string, statement: Sql, paths: readonly string[]): Promise<void> {
    const path = join(this.#folder, this.#newName('table'))
    const relation = await this.#relation(statement)
    const columns = await this.#session.schema(relation)
    await this.#watched((options) => this.#session.write(relation, { ...options, format: 'parquet', path }))
    const before = this.#tables.get(name) ?? []
    const all = [...paths, path]
    this.#tables.set(name, all)
    const schema = columns.map((column) => `${sparkName(column.name)} ${column.type}`).join(', ')
    await this.#session.createView(sparkName(name), filesRelation({ format: 'parquet', paths: all, schema }))
    for (const old of before) if (!all.includes(old)) await rm(old, { recursive: true, force: true })
  }

  async #countRows(path: string): Promise<FileRows[]> {
    const files = withFileColumns(parquet([path]), { file_name: fileColumn })
    const scan = this.#scan(async () => files)
    const counted = sql`SELECT ${sql.id(fileColumn)} AS file, count(*) AS rows FROM ${sql.id(scan)} GROUP BY 1 ORDER BY 1`
    return this.query<{ file: string; rows: number }>(counted)
  }

  async #withRowIndex(paths: readonly string[], files: Relation): Promise<Relation> {
    const [path = ''] = paths
    const text = paths.length === 1 ? await readFile(join(path, rowCounts), 'utf8').catch(() => '[]') : '[]'
    const counts = JSON.parse(text) as FileRows[]
    if (counts.length < 2) return withFileColumns(files, { row_index: 'row_index' })
    const rows = this.#newName('scan')
    await this.#session.createView(rows, withFileColumns(files, { row_index: 'row_index', file_name: fileColumn }))
    let first = 0
    const starts = counts.map(({ file, rows }) => {
      const start = sql`(${sql.literal(file)}, CAST(${sql.literal(first)} AS BIGINT))`
      first += rows
      return start
    })
    const { text: statement } =
      sql`SELECT /*+ BROADCAST(f) */ r.* EXCEPT (row_index, ${sql.id(fileColumn)}), r.row_index + f.start AS row_index
      FROM ${sql.id(rows)} r JOIN (VALUES ${sql.join(starts)}) f(file, start) ON f.file = r.${sql.id(fileColumn)}`
    return sqlRelation(sparkText(statement))
  }

  #newName(what: string): string {
    this.#names += 1
    return `marquee_${what}_${this.#names}`
  }

  /** The name of a view that the first statement to name it makes. */
  #scan(relation: () => Promise<Relation>): string {
    const name = this.#newName('scan')
    let made: Promise<void> | undefined
    this.#scans.set(name, () => {
      made ??= relation()
        .then((read) => this.#session.createView(name, read))
        .then(() => void this.#scans.delete(name))
      return made
    })
    return name
  }

  async #createScans(statement: Sql): Promise<void> {
    for (const [name, create] of this.#scans) if (statement.text.includes(sql.id(name).text)) await create()
  }
}

/** Files of several folders may have different columns. */
function parquet(paths: readonly string[]): Relation {
  return filesRelation({ format: 'parquet', paths, options: { mergeSchema: String(paths.length > 1) } })
}

function sparkName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}
