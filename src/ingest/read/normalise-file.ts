import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { FormatSettings } from '../../project/settings.ts'
import type { Text } from '../../text.ts'
import { malformations } from './malformations.ts'
import { keptLength, type MalformedRecord, maximumRecordLength } from './raw-record.ts'
import { readRecords } from './read-records.ts'

export interface NormalisedFile {
  /** The columns behind the first one, which holds the line. */
  readonly columns: readonly string[]
  readonly notes: readonly Text[]
  /** Rows written. */
  readonly records: number
  readonly malformed: number
}

const special = /[",\r\n]/
const quoted = /["\r\n]/
const longestCharacter = 3
const writtenAtOnce = 1 << 20
/** What readline takes for the end of a line, though JSON does not. */
const lineSeparators = /[\u2028\u2029]/g
const escapeCharacter = (found: string): string => `\\u${found.charCodeAt(0).toString(16)}`

function writeField(field: string): string {
  return special.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}

function countCommas(text: string): number {
  let commas = 0
  for (let at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) commas++
  return commas
}

/** Most records need no quoting: one look at the whole is cheaper than one at each field. */
function writeFields(fields: readonly string[]): string {
  const row = fields.join(',')
  const isPlain = !quoted.test(row) && countCommas(row) === fields.length - 1
  return isPlain ? row : fields.map(writeField).join(',')
}

function isTooLong(row: string): boolean {
  return row.length * longestCharacter > maximumRecordLength && Buffer.byteLength(row) > maximumRecordLength
}

/** A new file of mode 0600, written a megabyte at a time. */
class TextFile {
  readonly #handle: FileHandle
  #text = ''

  private constructor(handle: FileHandle) {
    this.#handle = handle
  }

  static async create(path: string): Promise<TextFile> {
    return new TextFile(await open(path, 'wx', 0o600))
  }

  add(text: string): void {
    this.#text += text
  }

  get isDue(): boolean {
    return this.#text.length > writtenAtOnce
  }

  async write(): Promise<void> {
    const text = this.#text
    this.#text = ''
    await this.#handle.appendFile(text)
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

/**
 * Writes the records of `file` to `copy` as RFC 4180 CSV in UTF-8 with a header: first the line where each begins, then
 * its fields. Malformed records go to `rejects` instead, in order, as lines of JSON. Both are created with mode 0600.
 * @throws DataError as `readRecords` does; the copy is then unfinished.
 */
export async function normaliseFile(
  file: string,
  format: FormatSettings,
  output: { readonly copy: string; readonly rejects: string },
  signal?: AbortSignal,
): Promise<NormalisedFile> {
  const { columns, notes, batches } = await readRecords(file, format, signal)
  let records = 0
  let malformed = 0
  const copy = await TextFile.create(output.copy)
  const rejects = await TextFile.create(output.rejects)
  try {
    copy.add(`${writeFields(['line', ...columns])}\n`)
    for await (const batch of batches) {
      signal?.throwIfAborted()
      for (const record of batch) {
        const row = 'fields' in record ? writeFields(record.fields) : undefined
        if (row !== undefined && !isTooLong(row)) {
          copy.add(`${record.line},${row}\n`)
          records++
          continue
        }
        const refused =
          row === undefined
            ? record
            : { line: record.line, raw: row.slice(0, keptLength), malformed: malformations.tooLong(row.length) }
        rejects.add(`${JSON.stringify(refused).replace(lineSeparators, escapeCharacter)}\n`)
        malformed++
        if (rejects.isDue) await rejects.write()
      }
      if (copy.isDue) await copy.write()
    }
    await copy.write()
    await rejects.write()
  } finally {
    await Promise.all([copy.close(), rejects.close()])
  }
  return { columns, notes, records, malformed }
}

/** The malformed records that `normaliseFile` wrote to `rejects`. */
export async function* readRejects(rejects: string): AsyncGenerator<MalformedRecord> {
  const lines = createInterface({ input: createReadStream(rejects), crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of lines) yield JSON.parse(line) as MalformedRecord
}
