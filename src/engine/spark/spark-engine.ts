import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { InputError } from '../../errors.ts'
import { mapAtOnce } from '../../map-at-once.ts'
import type {
  AlsSettings,
  Column,
  ColumnDescription,
  DelimitedScan,
  Engine,
  Factorisation,
  Factors,
  LabelledFile,
  Row,
  TextFormat,
} from '../engine.ts'
import { labelValue } from '../label-value.ts'
import { sharedFunctions } from '../shared-functions.ts'
import { type Sql, sql } from '../sql.ts'
import { fitAls } from './als.ts'
import { inlineFunctions } from './inline-functions.ts'
import type { Relation } from './messages.ts'
import { parquetRows } from './parquet-rows.ts'
import { filesRelation, sqlRelation, withFileColumns } from './relation.ts'
import { type ExecuteOptions, type SessionOptions, SparkSession, type WriteOptions } from './session.ts'
import { shareDone } from './share-done.ts'
import { demandReading, sparkText } from './spark-text.ts'

const settings = {
  'spark.sql.session.timeZone': 'UTC',
  'spark.sql.ansi.enabled': 'true',
  // The server keeps the text of each plan for its pages, and the text of a plan over many files can be longer than the rows.
  'spark.sql.maxPlanStringLength': '20000',
  // Java interprets methods that are longer; Spark then makes smaller ones.
  'spark.sql.codegen.hugeMethodLimit': '8000',
}

const functions = Object.entries(sharedFunctions).flatMap(([name, { parameters, returns, spark }]) => {
  const typed = Object.entries(parameters).map(([parameter, type]) => `${parameter} ${type}`)
  return spark === undefined
    ? []
    : [
        {
          name,
          text: `CREATE TEMPORARY FUNCTION ${name}(${typed.join(', ')}) RETURNS ${returns} RETURN ${inlineFunctions(spark)}`,
        },
      ]
})

/** How many rows each file of a folder of `writeParquet` has, in their order; beside them, where Spark does not look. */
const rowCounts = '_row_counts.json'
const fileColumn = 'marquee_file'
const startColumn = 'marquee_start'
const filesAtOnce = 32
/** Spark may still write what an interrupted statement has begun. */
const removalTries = 5

const parquetFiles = { format: 'parquet', options: { compression: 'lz4_raw' } } as const
const verbatim = { ignoreLeadingWhiteSpace: 'false', ignoreTrailingWhiteSpace: 'false' }
/** Spark writes the `\n` of a text as the separator of lines. */
const textFiles = {
  csv: { format: 'csv', options: { ...verbatim, header: 'true', escape: '"', emptyValue: '', lineSep: '\n' } },
  jsonl: { format: 'json', options: { ignoreNullFields: 'false' } },
} as const

/** One file of those that `writeParquet` wrote. */
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
  /** What makes a view or function that no statement has named yet, by its name in small letters. */
  readonly #unmade = new Map<string, () => Promise<void>>()
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
    this.#folder = join(folder, randomUUID())
    for (const { name, text } of functions) {
      this.#whenNamed(name, async () => {
        await this.#make(text, name)
        await session.execute(sparkText(text))
      })
    }
  }

  /**
   * `folder`, which this machine and the workers see under the same path, holds the tables of `createTable` until the engine closes.
   * @throws SparkError when the server at `address` cannot be reached.
   */
  static async open(address: string, folder: string, options: SessionOptions = {}): Promise<SparkEngine> {
    const session = await SparkSession.connect(address, options)
    await session.configure(settings)
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
    const text = inlineFunctions(statement.text)
    await this.#make(text)
    await this.#watched((options) => this.#session.execute(sparkText(text), statement.values, options))
  }

  async createTable(name: string, statement: Sql): Promise<void> {
    await this.#keep(name, statement, [])
  }

  async appendTable(name: string, statement: Sql): Promise<void> {
    await this.#keep(name, statement, this.#tables.get(name) ?? [])
  }

  async dropTable(name: string): Promise<void> {
    this.#unmade.delete(name.toLowerCase())
    await this.#session.execute(`DROP VIEW IF EXISTS ${sparkName(name)}`)
    for (const path of this.#tables.get(name) ?? []) await rm(path, { recursive: true, force: true })
    this.#tables.delete(name)
  }

  async createView(name: string, statement: Sql): Promise<void> {
    this.#whenNamed(name, async () => this.#session.createView(sparkName(name), await this.#relation(statement, name)))
  }

  async describe(statement: Sql): Promise<ColumnDescription[]> {
    return this.#session.schema(await this.#relation(statement))
  }

  async writeParquet(statement: Sql, path: string): Promise<number> {
    const relation = await this.#relation(statement)
    const counts = await this.#writeFolder(relation, path, parquetFiles, async (partial) => {
      const found = await parquetRows(partial)
      await writeFile(join(partial, rowCounts), JSON.stringify(found))
      return found
    })
    for (const key of this.#parquet.keys()) if (key.includes(JSON.stringify(path))) this.#parquet.delete(key)
    return counts.reduce((sum, { rows }) => sum + rows, 0)
  }

  async factorise(plays: Sql, { rank, passes, l2, alpha, seed, blocks }: AlsSettings): Promise<Factorisation> {
    const relation = await this.#relation(plays)
    const { options, end } = this.#begin()
    try {
      const model = await fitAls(
        this.#session,
        relation,
        {
          ...{ userCol: 'viewer', itemCol: 'title', ratingCol: 'weight', implicitPrefs: true },
          ...{ rank, maxIter: passes, regParam: l2, alpha, seed, numUserBlocks: blocks, numItemBlocks: blocks },
        },
        options,
      )
      const factors = (of: Relation) =>
        this.#session.stream(of, options) as AsyncIterable<unknown> as AsyncIterable<Factors[]>
      return {
        viewers: () => factors(model.userFactors),
        titles: () => factors(model.itemFactors),
        delete: () => model.delete(),
      }
    } finally {
      end()
    }
  }

  async writeText(statement: Sql, path: string, format: TextFormat): Promise<void> {
    const columns = await this.describe(statement)
    const written = columns.map(({ name, type }) => {
      if (type === 'TIMESTAMP') return isoTime(name)
      return type === 'DOUBLE' && format === 'csv' ? plainNumber(name) : sql.id(name)
    })
    const relation = await this.#relation(sql`SELECT ${sql.join(written)} FROM (${statement}) AS written`)
    await this.#writeFolder(relation, path, textFiles[format], async () => undefined)
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
    const files = parquet(paths)
    return this.#scanParquet([paths, options.rowIndex === true], async () =>
      options.rowIndex ? this.#withRowIndex(paths, files) : files,
    )
  }

  /** One look at all files, however many: a union of them would make the plan of a statement as long as their list. */
  scanLabelled(files: readonly LabelledFile[], columns: readonly Column[]): Sql {
    const schema = columns.map(({ name, type }) => sparkText(`${sparkName(name)} ${type}`)).join(', ')
    const paths = files.map(({ path }) => path)
    const labels = files.map((file) => file.labels)
    return this.#scanParquet([paths, labels, schema], async () => {
      const pieces = await mapAtOnce(files, filesAtOnce, async (file) =>
        (await fileStarts(file.path)).map((start) => ({ ...start, labels: file.labels })),
      )
      return this.#joinFiles(filesRelation({ format: 'parquet', paths, schema }), pieces.flat())
    })
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
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: removalTries })
    if (isEmpty(dirname(this.#folder))) rmdirSync(dirname(this.#folder))
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

  async #relation(statement: Sql, maker?: string): Promise<Relation> {
    const text = inlineFunctions(statement.text)
    await this.#make(text, maker)
    return sqlRelation(sparkText(text), statement.values)
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

  /** Replaces the folder `path` by files with the rows of `relation`, after `complete` has seen them elsewhere. */
  async #writeFolder<Result>(
    relation: Relation,
    path: string,
    files: Pick<WriteOptions, 'format' | 'options'>,
    complete: (partial: string) => Promise<Result>,
  ): Promise<Result> {
    const partial = `${path}.partial`
    try {
      await this.#watched((options) =>
        this.#session.write(relation, { ...options, ...files, path: partial, mode: 'overwrite' }),
      )
      await demandShared(partial)
      const result = await complete(partial)
      await rm(path, { recursive: true, force: true })
      await rename(partial, path)
      return result
    } catch (error) {
      await rm(partial, { recursive: true, force: true })
      throw error
    }
  }

  async #withRowIndex(paths: readonly string[], files: Relation): Promise<Relation> {
    const [path = ''] = paths
    const starts = paths.length === 1 ? await fileStarts(path) : []
    if (starts.length < 2) return withFileColumns(files, { row_index: 'row_index' })
    return this.#joinFiles(
      files,
      starts.map(({ file, start }) => ({ file, start, labels: {} })),
    )
  }

  /** The rows of `files` with the labels of their file and their index in what it is a piece of. */
  async #joinFiles(files: Relation, pieces: readonly (FileStart & Pick<LabelledFile, 'labels'>)[]): Promise<Relation> {
    const rows = this.#newName('scan')
    await this.#session.createView(rows, withFileColumns(files, { row_index: 'row_index', file_name: fileColumn }))
    const [file, start] = [sql.id(fileColumn), sql.id(startColumn)]
    const labels = Object.keys(pieces[0]?.labels ?? {}).map(sql.id)
    const values = pieces.map((piece) => {
      const given = [piece.start, ...Object.values(piece.labels)].map(labelValue)
      return sql`(${sql.join([sql.literal(piece.file), ...given])})`
    })
    const { text } =
      sql`SELECT /*+ BROADCAST(f) */ ${sql.join([...labels, sql`row_index + ${start} AS row_index`])}, r.* EXCEPT (row_index, ${file})
      FROM ${sql.id(rows)} r JOIN (VALUES ${sql.join(values)}) f(${sql.join([file, start, ...labels])}) ON f.${file} = r.${file}`
    return sqlRelation(sparkText(text))
  }

  #newName(what: string): string {
    this.#names += 1
    return `marquee_${what}_${this.#names}`
  }

  /** A scan of Parquet files that `what` tells all about, their paths among it; the same one as long as nothing writes them anew. */
  #scanParquet(what: unknown, relation: () => Promise<Relation>): Sql {
    const key = JSON.stringify(what)
    const name = this.#parquet.get(key) ?? this.#scan(relation)
    this.#parquet.set(key, name)
    return sql.id(name)
  }

  /** The name of a view of `relation`. */
  #scan(relation: () => Promise<Relation>): string {
    const name = this.#newName('scan')
    this.#whenNamed(name, async () => this.#session.createView(name, await relation()))
    return name
  }

  /** Has the first statement that names `name` make it. */
  #whenNamed(name: string, create: () => Promise<void>): void {
    let made: Promise<void> | undefined
    const key = name.toLowerCase()
    const make = () => {
      made ??= create().then(() => {
        if (this.#unmade.get(key) === make) this.#unmade.delete(key)
      })
      return made
    }
    this.#unmade.delete(key)
    this.#unmade.set(key, make)
  }

  /** Makes what `statement` may name; of what came after `maker`, which it makes, it can name nothing. */
  async #make(statement: string, maker?: string): Promise<void> {
    const text = statement.toLowerCase()
    for (const [name, make] of this.#unmade) {
      if (name === maker?.toLowerCase()) break
      if (text.includes(name)) await make()
    }
  }
}

interface FileStart {
  readonly file: string
  /** The index of its first row in the whole. */
  readonly start: number
}

/** The files behind a path that `writeParquet` wrote, or a single file. */
async function fileStarts(path: string): Promise<FileStart[]> {
  const text = await readFile(join(path, rowCounts), 'utf8').catch(() => '[]')
  let start = 0
  const starts = (JSON.parse(text) as FileRows[]).map(({ file, rows }) => {
    const first = { file, start }
    start += rows
    return first
  })
  return starts.length > 0 ? starts : [{ file: basename(path), start: 0 }]
}

function isEmpty(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).length === 0
}

/** A time as the rows of `query` have it. */
function isoTime(name: string): Sql {
  const column = sql.id(name)
  return sql`regexp_replace(date_format(${column}, 'yyyy-MM-dd''T''HH:mm:ss.SSS''Z'''), '[.]000Z$', 'Z') AS ${column}`
}

/** As many digits as a number takes, without the exponent and the `.0` that Spark writes. */
const plainDigits = `0.${'#'.repeat(340)}`

function plainNumber(name: string): Sql {
  const column = sql.id(name)
  return sql`format_number(${column}, ${plainDigits}) AS ${column}`
}

/** @throws InputError `folder-not-shared` when the workers have written `path` where this machine cannot see it. */
async function demandShared(path: string): Promise<void> {
  const [parts] = await Promise.allSettled([readdir(path)])
  if (parts.status === 'fulfilled' && parts.value.includes('_SUCCESS')) return
  throw new InputError(
    {
      en: 'The workers of Spark wrote files that this machine does not see.',
      zh: 'Spark 的工作节点写入的文件在本机不可见。',
    },
    {
      code: 'folder-not-shared',
      file: path,
      advice: {
        en: 'Write to a folder that lies under the same path on this machine and on every worker.',
        zh: '请写入本机与所有工作节点以相同路径共享的文件夹。',
      },
    },
  )
}

/** Files of several folders may have different columns. */
function parquet(paths: readonly string[]): Relation {
  return filesRelation({ format: 'parquet', paths, options: { mergeSchema: String(paths.length > 1) } })
}

function sparkName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}
