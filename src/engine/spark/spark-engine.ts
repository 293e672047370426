import { randomUUID } from 'node:crypto'
import type { ColumnDescription, DelimitedScan, Engine, Row } from '../engine.ts'
import { type Sql, sql } from '../sql.ts'
import type { Relation } from './messages.ts'
import { filesRelation, inOnePartition, sqlRelation, withRowIndex } from './relation.ts'
import { type ExecuteOptions, type SessionOptions, SparkSession } from './session.ts'
import { demandReading, sparkText } from './spark-text.ts'

const settings = {
  'spark.sql.session.timeZone': 'UTC',
  'spark.sql.ansi.enabled': 'true',
  'spark.sql.parquet.mergeSchema': 'true',
}

/** An Apache Spark cluster, reached through Spark Connect. Paths are those that its workers see. */
export class SparkEngine implements Engine {
  readonly name = 'spark'
  readonly #session: SparkSession
  readonly #tag = `marquee-${randomUUID()}`
  /** Scans that no statement has needed yet, by the name of their view. */
  readonly #scans = new Map<string, Relation>()
  #scanCount = 0
  #isRestricted = false
  #progress: number | undefined

  private constructor(session: SparkSession) {
    this.#session = session
  }

  /** @throws SparkError when the server at `address` cannot be reached. */
  static async open(address: string, options: SessionOptions = {}): Promise<SparkEngine> {
    const session = await SparkSession.connect(address, options)
    await session.configure(settings)
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
    try {
      await this.#session.execute(sparkText(statement.text), statement.values, this.#options)
    } finally {
      this.#progress = undefined
    }
  }

  async describe(statement: Sql): Promise<ColumnDescription[]> {
    return this.#session.schema(await this.#relation(statement))
  }

  /** Writes a folder of that name with one file in it; a folder that is there is replaced. */
  async writeParquet(statement: Sql, path: string): Promise<number> {
    const rows = inOnePartition(await this.#relation(statement))
    const options = { compression: 'lz4_raw' }
    try {
      await this.#session.write(rows, { ...this.#options, format: 'parquet', path, mode: 'overwrite', options })
    } finally {
      this.#progress = undefined
    }
    const written = sql`SELECT count(*) AS count FROM ${this.scanParquet([path])}`
    const [row] = await this.query<{ count: number }>(written)
    return row?.count ?? 0
  }

  scanDelimited({ paths, columns, delimiter, quote, header }: DelimitedScan): Sql {
    const schema = columns.map((name) => `\`${name.replaceAll('`', '``')}\` STRING`).join(', ')
    const options = {
      sep: delimiter,
      quote: quote === '' ? '\u0000' : quote,
      escape: quote === '' ? '\u0000' : quote,
      header: String(header),
      enforceSchema: 'true',
      multiLine: 'true',
      mode: 'FAILFAST',
    }
    return this.#scan(filesRelation({ format: 'csv', paths, schema, options }))
  }

  scanParquet(paths: readonly string[], options: { rowIndex?: boolean } = {}): Sql {
    const files = filesRelation({ format: 'parquet', paths })
    return this.#scan(options.rowIndex ? withRowIndex(files, 'row_index') : files)
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
        const tasks = stages.reduce((sum, stage) => sum + stage.tasks, 0)
        const done = stages.reduce((sum, stage) => sum + stage.tasksDone, 0)
        this.#progress = tasks === 0 ? undefined : done / tasks
      },
    }
  }

  async #relation(statement: Sql): Promise<Relation> {
    await this.#createScans()
    return sqlRelation(sparkText(statement.text), statement.values)
  }

  #scan(relation: Relation): Sql {
    this.#scanCount += 1
    const name = `marquee_scan_${this.#scanCount}`
    this.#scans.set(name, relation)
    return sql.id(name)
  }

  async #createScans(): Promise<void> {
    for (const [name, relation] of this.#scans) {
      this.#scans.delete(name)
      await this.#session.createView(name, relation)
    }
  }
}
