import { createHash } from 'node:crypto'
import type { FormatSettings } from '../../project/settings.ts'
import { compressionOf } from './decompress.ts'
import { byteOrderMarkOf } from './open-text.ts'
import { readChunks } from './read-chunks.ts'
import { readDelimited } from './read-delimited.ts'
import { refuseBinary } from './refuse-binary.ts'
import { StructureScanner } from './structure-scanner.ts'

interface ScannedBytes {
  readonly bytes: number
  /** Hexadecimal, of the file as it lies on the disk. */
  readonly sha256: string
}

/** A file that an engine can read as it is: every line is one record, line `firstRecordLine` (1-based) the first. */
export interface PlainFile extends ScannedBytes {
  readonly isPlain: true
  readonly header: readonly string[]
  readonly records: number
  readonly lines: number
  readonly firstRecordLine: number
}

/** A file that no engine can read as it is. */
export interface RoughFile extends ScannedBytes {
  readonly isPlain: false
  /** Whether its lines may be plain once they are unpacked and in UTF-8. */
  readonly isPacked: boolean
}

function isSingleByte(text: string): boolean {
  return text.length === 1 && text > '\0' && text < '\x80' && text !== '\n' && text !== '\r'
}

/** Whether the settings let every line of the text be one record. */
function isLineByLine({ type, delimiter, quote, skip, unpivot }: FormatSettings): boolean {
  const canQuote = quote === '' || (quote !== delimiter && isSingleByte(quote))
  return type === 'delimited' && isSingleByte(delimiter) && canQuote && skip === 0 && !unpivot
}

function isPackedText(head: Buffer, format: FormatSettings): boolean {
  return compressionOf(head) !== 'none' || (byteOrderMarkOf(head) ?? format.encoding) !== 'utf-8'
}

/**
 * The header of a file that its settings and first bytes let be plain; undefined for others. What follows may still not
 * be: only `scanFile` tells.
 */
export async function peekHeader(file: string, format: FormatSettings): Promise<readonly string[] | undefined> {
  for await (const chunk of readChunks(file)) {
    if (!isLineByLine(format) || isPackedText(chunk, format)) return undefined
    break
  }
  return (await readDelimited(file, format)).columns
}

/**
 * One pass over the bytes: hash, size and whether an engine can read the file as it is, that is UTF-8 in lines that all
 * have as many fields as the header, nothing unusual about quotes and newlines.
 * @throws DataError `empty-file`, `malformed-header`, `binary-file`, `missing-file` or `unreadable-file`.
 */
export async function scanFile(
  file: string,
  format: FormatSettings,
  signal?: AbortSignal,
): Promise<PlainFile | RoughFile> {
  const hash = createHash('sha256')
  const scanner = new StructureScanner(format.delimiter, format.quote)
  let isPacked = false
  let bytes = 0
  for await (const chunk of readChunks(file)) {
    signal?.throwIfAborted()
    hash.update(chunk)
    const isFirst = bytes === 0
    bytes += chunk.length
    if (isFirst) {
      if (format.type !== 'parquet') refuseBinary(chunk, file)
      isPacked = isLineByLine(format) && isPackedText(chunk, format)
      const mark = byteOrderMarkOf(chunk) ? 3 : 0
      scanner.startAt(mark)
      if (isLineByLine(format) && !isPacked) scanner.push(chunk, mark)
    } else if (isLineByLine(format) && !isPacked) scanner.push(chunk)
  }
  const scanned = { bytes, sha256: hash.digest('hex') }
  if (!isLineByLine(format) || isPacked) return { ...scanned, isPlain: false, isPacked }
  const { columns: header } = await readDelimited(file, format)
  scanner.end()
  if (!scanner.obstacle && header.length !== scanner.width) scanner.obstacle = 'field-count'
  if (scanner.obstacle) return { ...scanned, isPlain: false, isPacked }
  const headerLines = format.header ? 1 : 0
  return {
    ...scanned,
    isPlain: true,
    header,
    records: scanner.lines - headerLines,
    lines: scanner.lines,
    firstRecordLine: headerLines + 1,
  }
}
