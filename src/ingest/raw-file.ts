import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine } from '../engine/engine.ts'
import { functionsOf } from '../engine/functions.ts'
import { type Sql, sql } from '../engine/sql.ts'
import { type FormatSettings, formatSettings } from '../project/settings.ts'
import { damagedParquet } from './damaged-parquet.ts'
import type { FileContext, SourceFile } from './part.ts'
import { type NormalisedFile, readRejects } from './read/normalise-file.ts'
import type { MalformedRecord } from './read/raw-record.ts'
import { type RawText, readRawRecords } from './read/read-raw-records.ts'
import { readRecords } from './read/read-records.ts'
import type { PlainFile, RoughFile } from './read/scan-file.ts'
import { requireColumns } from './require-columns.ts'

/** A raw file as rows of text, for the engine, with the way back from a row to its line and text. */
export interface RawRelation {
  readonly rows: Sql
  readonly headers: readonly string[]
  /** Rows of the relation; undefined where only the engine can tell. */
  readonly count: number | undefined
  /** Physical line of a row, as an expression over `rows`; undefined where it is `lineBase` + position. */
  readonly line: Sql | undefined
  readonly lineBase: number
  readonly malformed: { readonly count: number; entries(): AsyncIterable<MalformedRecord> }
  rawRecords(positions: readonly number[]): AsyncIterable<RawText>
  /** Whether `rawRecords` asks the engine, which answers one question at a time. */
  readonly needsEngine: boolean
}

export interface RawFile {
  readonly sha256: string
  readonly bytes: number
  /** Unpacks and rewrites what the engine cannot read as it is; the engine is not asked. */
  prepare(): Promise<void>
  /** The file's rows; prepares it where that was not done. */
  open(): Promise<RawRelation>
  close(): Promise<void>
}

/**
 * Opens a raw file: in place when it is plain, through a well-formed copy in `scratch` when it is not.
 * @throws DataError for a file that is empty, cut short, no text at all or without a column that its source maps.
 */
export async function openRawFile(context: FileContext, input: SourceFile): Promise<RawFile> {
  const scan = await context.work.scan({ file: input.path, format: input.source.format }, context.signal)
  const base = join(context.scratch, randomUUID())
  const copies = { text: `${base}.txt`, copy: `${base}.csv`, rejects: `${base}.malformed` }
  let prepared: Promise<() => Promise<RawRelation>> | undefined
  const prepare = () => {
    prepared ??= prepareRelation(context, input, scan, copies)
    return prepared
  }
  return {
    sha256: scan.sha256,
    bytes: scan.bytes,
    async prepare() {
      await prepare()
    },
    async open() {
      const openRelation = await prepare()
      const relation = await openRelation()
      return { ...relation, rows: requireColumns(input, relation) }
    },
    async close() {
      await Promise.all(Object.values(copies).map((copy) => rm(copy, { force: true })))
    },
  }
}

interface Copies {
  readonly text: string
  readonly copy: string
  readonly rejects: string
}

async function prepareRelation(
  { engine, work, signal }: FileContext,
  input: SourceFile,
  scan: PlainFile | RoughFile,
  { text, copy, rejects }: Copies,
): Promise<() => Promise<RawRelation>> {
  const file = input.path
  const { format } = input.source
  if (format.type === 'parquet') return () => parquetRelation(engine, input)
  if (scan.isPlain) return async () => plainRelation(engine, file, format, scan)
  const unpacked = scan.isPacked ? await work.unpack({ file, format, text }, signal) : undefined
  if (unpacked) return async () => plainRelation(engine, text, format, unpacked)
  const normalised = await work.normalise({ file, format, copy, rejects }, signal)
  return async () => copiedRelation(engine, format, { copy, rejects }, normalised)
}

const noneMalformed = { count: 0, async *entries() {} }

function plainRelation(engine: Engine, path: string, format: FormatSettings, scan: PlainFile): RawRelation {
  const { delimiter, quote, header } = format
  return {
    rows: engine.scanDelimited({ paths: [path], columns: scan.header, delimiter, quote, header, isLineByLine: true }),
    headers: scan.header,
    count: scan.records,
    line: undefined,
    lineBase: scan.firstRecordLine,
    malformed: noneMalformed,
    rawRecords: (positions) => readRawRecords(path, format, positions),
    needsEngine: false,
  }
}

function copiedRelation(
  engine: Engine,
  format: FormatSettings,
  { copy, rejects }: Pick<Copies, 'copy' | 'rejects'>,
  { columns, malformed, records }: NormalisedFile,
): RawRelation {
  return {
    rows: engine.scanDelimited({
      paths: [copy],
      columns: ['line', ...columns],
      delimiter: ',',
      quote: '"',
      header: true,
    }),
    headers: columns,
    count: records,
    line: sql`CAST(line AS BIGINT)`,
    lineBase: 0,
    malformed: { count: malformed, entries: () => readRejects(rejects) },
    rawRecords: (positions) => rewriteRecords(copy, format, positions),
    needsEngine: false,
  }
}

const copyFormat = formatSettings.parse({})

/** The records at `positions` of a normalised copy, each written as one row the way its file delimits them. */
async function* rewriteRecords(
  copy: string,
  format: FormatSettings,
  positions: readonly number[],
): AsyncGenerator<RawText> {
  let record = -1
  let next = 0
  const delimiter = format.type === 'delimited' ? format.delimiter : ','
  const { batches } = await readRecords(copy, copyFormat)
  for await (const batch of batches) {
    for (const found of batch) {
      record++
      if (record !== positions[next] || 'malformed' in found) continue
      next++
      const [line, ...fields] = found.fields
      yield { record, line: Number(line), raw: fields.map((field) => quoted(field, delimiter)).join(delimiter), fields }
    }
    if (next >= positions.length) return
  }
}

function quoted(field: string, delimiter: string): string {
  return /["\r\n]/.test(field) || field.includes(delimiter) ? `"${field.replaceAll('"', '""')}"` : field
}

/** Positions of rows that one statement asks for. */
const positionsAtOnce = 10_000

async function parquetRelation(engine: Engine, { path, file }: SourceFile): Promise<RawRelation> {
  const scan = engine.scanParquet([path], { rowIndex: true })
  const described = await engine.describe(sql`SELECT * FROM ${engine.scanParquet([path])}`).catch((error: unknown) => {
    throw damagedParquet(error, file)
  })
  const headers = described.map(({ name }) => name)
  const texts = described.map(({ name }) => sql`CAST(${sql.id(name)} AS VARCHAR) AS ${sql.id(name)}`)
  return {
    rows: sql`(SELECT ${sql.join(texts)} FROM ${engine.scanParquet([path])})`,
    headers,
    count: undefined,
    line: undefined,
    lineBase: 1,
    malformed: noneMalformed,
    needsEngine: true,
    async *rawRecords(positions) {
      for (let from = 0; from < positions.length; from += positionsAtOnce) {
        const some = positions.slice(from, from + positionsAtOnce)
        const wanted = sql`SELECT row_index, ${functionsOf(engine).toJson(headers)} AS raw FROM ${scan}
          WHERE row_index BETWEEN ${some[0] ?? 0} AND ${some.at(-1) ?? 0} AND row_index IN ${sql.list(some)} ORDER BY row_index`
        for await (const rows of engine.stream<{ row_index: number; raw: string }>(wanted)) {
          for (const { row_index, raw } of rows) {
            const values = JSON.parse(raw) as Record<string, unknown>
            const fields = headers.map((header) => String(values[header] ?? ''))
            yield { record: row_index, line: row_index + 1, raw, fields }
          }
        }
      }
    },
  }
}
