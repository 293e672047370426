import { randomUUID } from 'node:crypto'
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
  'spark.sql.parquet.mergeSchema': 'true',
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
  readonly #session: SparkSession
  readonly #tag = `marquee-${randomUUID()}`
  /** Scans that no statement has needed yet, by the name of their view. */
  readonly #scans = new Map<string, () => Promise<Relation>>()
  /** What is kept of each table, by its name. */
  readonly #tables = new Map<string, readonly string[]>()
  #names = 0
  #isRestricted = false
  #progress: number | undefined

  private constructor(session: SparkSession) {
    this.#session = session
  }

  /** @throws SparkError when the server at `address` cannot be reached. */
  static async open(address: string, options: SessionOptions = {}): Promise<SparkEngine> {
    const session = await SparkSession.connect(address, options)
    await session.configure(settings)
    for (const statement of functions) await session.execute(statement)
    return new SparkEngine(session)
  }

  async query<R extends Row = Row>(statement: Sql): Promise<R[]> {
    const rows: R[] = []
    for await (const batch of this.stream<R>(statement)) for (const row of batch) rows.push(row)
    return rows
  }

  async *stream<R extends Row = Row>(statement: Sql): AsyncGenerator<R[]> {
    if (this.#isRestricted) demandReading(statement.text)
    const relation = await this.#relation(statement)
    try {
      for await (const batch of this.#session.stream(relation, this.#options)) yield batch as R[]
    } finally {
      this.#progress = undefined
    }
  }

  async execute(statement: Sql): Promise<void> {
    if (this.#isRestricted) demandReading(statement.text)
    await this.#createScans()
    await this.#watched(this.#session.execute(sparkText(statement.text), statement.values, this.#options))
  }

  async createTable(name: string, statement: Sql): Promise<void> {
    await this.#keep(name, statement, [])
  }

  async appendTable(name: string, statement: Sql): Promise<void> {
    await this.#keep(name, statement, this.#tables.get(name) ?? [])
  }

  async dropTable(name: string): Promise<void> {
    for (const piece of this.#tables.get(name) ?? []) await this.#forget(piece)
    this.#tables.delete(name)
    await this.#session.execute(`DROP VIEW IF EXISTS ${sparkName(name)}`)
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
    const options = { compression: 'lz4_raw' }
    try {
      const write = { ...this.#options, format: 'parquet', path: partial, mode: 'overwrite', options } as const
      await this.#watched(this.#session.write(relation, write))
      const counts = await this.#countRows(partial)
      await writeFile(join(partial, rowCounts), JSON.stringify(counts))
      await rm(path, { recursive: true, force: true })
      await rename(partial, path)
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
    return this.#scan(async () => filesRelation({ format: 'csv', paths, schema, options }))
  }

  scanParquet(paths: readonly string[], options: { rowIndex?: boolean } = {}): Sql {
    const files = filesRelation({ format: 'parquet', paths })
    return this.#scan(options.rowIndex ? () => this.#withRowIndex(paths, files) : async () => files)
  }

  /** `paths` are not asked for: what can be read are the views and scans made before, and no file by its path. */
  async restrict(): Promise<void> {
    await this.#createScans()
    await this.#session.configure({ 'spark.sql.runSQLOnFiles': 'false' })
    this.#isRestricted = true
  }

  interrupt(): void {
    this.#session.interrupt(this.#tag).catch(() => undefined)
  }

  progress(): number | undefined {
    return this.#progress
  }

  close(): void {
    void this.#session.close()
  }

  get #options(): ExecuteOptions {
    return {
      tag: this.#tag,
      onProgress: (stages) => {
        const share = shareDone(stages)
        if (share !== undefined) this.#progress = Math.max(share, this.#progress ?? 0)
      },
    }
  }

  async #relation(statement: Sql): Promise<Relation> {
    await this.#createScans()
    return sqlRelation(sparkText(statement.text), statement.values)
  }

  async #watched(work: Promise<void>): Promise<void> {
    try {
      await work
    } finally {
      this.#progress = undefined
    }
  }

  /** Keeps the rows of `statement` on the cluster and makes them, behind those of `pieces`, the table `name`. */
  async #keep(name: string, statement: Sql, pieces: readonly string[]): Promise<void> {
    const piece = this.#newName('table')
    await this.#session.createView(piece, await this.#relation(statement))
    await this.#watched(this.#session.execute(`CACHE TABLE ${piece}`, [], this.#options))
    const before = this.#tables.get(name) ?? []
    const all = [...pieces, piece]
    this.#tables.set(name, all)
    const rows = all.map((one) => `SELECT * FROM ${one}`).join(' UNION ALL ')
    await this.#session.createView(sparkName(name), sqlRelation(rows))
    for (const one of before) if (!all.includes(one)) await this.#forget(one)
  }

  async #forget(piece: string): Promise<void> {
    await this.#session.execute(`UNCACHE TABLE IF EXISTS ${piece}`)
    await this.#session.execute(`DROP VIEW IF EXISTS ${piece}`)
  }

  async #countRows(path: string): Promise<FileRows[]> {
    const files = withFileColumns(filesRelation({ format: 'parquet', paths: [path] }), { file_name: fileColumn })
    const scan = this.#scan(async () => files)
    const counted = sql`SELECT ${sql.id(fileColumn)} AS file, count(*) AS rows FROM ${scan} GROUP BY 1 ORDER BY 1`
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

  #scan(relation: () => Promise<Relation>): Sql {
    const name = this.#newName('scan')
    this.#scans.set(name, relation)
    return sql.id(name)
  }

  async #createScans(): Promise<void> {
    for (const [name, relation] of this.#scans) {
      this.#scans.delete(name)
      await this.#session.createView(name, await relation())
    }
  }
}

function sparkName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}
