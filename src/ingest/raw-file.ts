import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine } from '../engine/engine.ts'
import { functionsOf } from '../engine/functions.ts'
import { type Sql, sql } from '../engine/sql.ts'
import { isMarqueeError } from '../errors.ts'
import { type FormatSettings, formatSettings } from '../project/settings.ts'
import { damagedParquet } from './damaged-parquet.ts'
import type { SourceFile } from './part.ts'
import { normaliseFile, readRejects } from './read/normalise-file.ts'
import type { MalformedRecord } from './read/raw-record.ts'
import { type RawText, readRawRecords } from './read/read-raw-records.ts'
import { readRecords } from './read/read-records.ts'
import { type PlainFile, scanFile } from './read/scan-file.ts'
import { transcodeFile } from './read/transcode-file.ts'
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
  open(): Promise<RawRelation>
  close(): Promise<void>
}

/**
 * Opens a raw file: in place when it is plain, through a well-formed copy in `scratch` when it is not.
 * @throws DataError for a file that is empty, cut short, no text at all or without a column that its source maps.
 */
export async function openRawFile(
  engine: Engine,
  input: SourceFile,
  scratch: string,
  signal?: AbortSignal,
): Promise<RawFile> {
  const { path, source } = input
  const scan = await scanFile(path, source.format, signal)
  const copies: string[] = []
  const openRelation = async (): Promise<RawRelation> => {
    if (source.format.type === 'parquet') return parquetRelation(engine, input)
    if (scan.isPlain) return plainRelation(engine, path, source.format, scan)
    const base = join(scratch, randomUUID())
    const [text, copy, rejects] = [`${base}.txt`, `${base}.csv`, `${base}.malformed`]
    copies.push(text, copy, rejects)
    const unpacked = scan.isPacked ? await scanUnpacked(input, text, signal) : undefined
    if (unpacked?.isPlain) return plainRelation(engine, text, source.format, unpacked)
    await rm(text, { force: true })
    return copiedRelation(engine, input, { copy, rejects }, signal)
  }
  return {
    sha256: scan.sha256,
    bytes: scan.bytes,
    async open() {
      const relation = await openRelation()
      return { ...relation, rows: requireColumns(input, relation) }
    },
    async close() {
      await Promise.all(copies.map((copy) => rm(copy, { force: true })))
    },
  }
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

/** Unpacks a file into `text` and looks at its lines; undefined where that cannot be done, which normalising it explains. */
async function scanUnpacked({ path, source }: SourceFile, text: string, signal: AbortSignal | undefined) {
  try {
    const isText = await transcodeFile(path, source.format, text, signal)
    return isText ? await scanFile(text, { ...source.format, encoding: 'utf-8' }, signal) : undefined
  } catch (error) {
    if (isMarqueeError(error)) return undefined
    throw error
  }
}

async function copiedRelation(
  engine: Engine,
  input: SourceFile,
  { copy, rejects }: { readonly copy: string; readonly rejects: string },
  signal: AbortSignal | undefined,
): Promise<RawRelation> {
  const { path, source } = input
  const { columns, malformed, records } = await normaliseFile(path, source.format, { copy, rejects }, signal)
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
    rawRecords: (positions) => rewriteRecords(copy, source.format, positions),
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
      const wanted = sql`SELECT row_index, ${functionsOf(engine).toJson(headers)} AS raw FROM ${scan} WHERE row_index IN ${sql.list([...positions])} ORDER BY row_index`
      for await (const rows of engine.stream<{ row_index: number; raw: string }>(wanted)) {
        for (const { row_index, raw } of rows) {
          const values = JSON.parse(raw) as Record<string, unknown>
          const fields = headers.map((header) => String(values[header] ?? ''))
          yield { record: row_index, line: row_index + 1, raw, fields }
        }
      }
    },
  }
}
