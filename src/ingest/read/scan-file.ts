import { createHash } from 'node:crypto'
import type { FormatSettings } from '../../project/settings.ts'
import type { Text } from '../../text.ts'
import { compressionOf } from './decompress.ts'
import { byteOrderMarkOf } from './open-text.ts'
import { readChunks } from './read-chunks.ts'
import { readDelimited } from './read-delimited.ts'
import { refuseBinary } from './refuse-binary.ts'
import { type Obstacle, StructureScanner } from './structure-scanner.ts'

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

/** A file that has to be normalised first, and why. */
export interface RoughFile extends ScannedBytes {
  readonly isPlain: false
  readonly reason: Text
}

const obstacles: Readonly<Record<Obstacle, Text>> = {
  'blank-line': { en: 'there is a blank line', zh: '有空行' },
  'field-count': { en: 'not every line has as many fields as the first', zh: '并非每一行的字段数都与首行相同' },
  'long-line': { en: 'a line is longer than 1 MB', zh: '有一行超过 1 MB' },
  'mixed-newlines': { en: 'lines end in different ways', zh: '换行符不一致' },
  'newline-in-quotes': { en: 'a quoted field holds a newline', zh: '引号内含换行' },
  'not-utf-8': { en: 'not all bytes are UTF-8', zh: '含有非 UTF-8 字节' },
  nul: { en: 'there is a NUL', zh: '含有 NUL' },
  quote: { en: 'a quote is not well formed', zh: '引号格式不正确' },
  return: { en: 'there is a carriage return without a newline', zh: '回车后没有换行' },
}

function isSingleByte(text: string): boolean {
  return text.length === 1 && text > '\0' && text < '\x80' && text !== '\n' && text !== '\r'
}

/** What in the settings or the first bytes rules out that an engine reads the file as it is. */
function ruleOut(head: Buffer, format: FormatSettings): Text | undefined {
  if (format.type !== 'delimited') return { en: `it is ${format.type}`, zh: `格式为 ${format.type}` }
  if (compressionOf(head) !== 'none') return { en: 'it is compressed', zh: '文件已压缩' }
  const encoding = byteOrderMarkOf(head) ?? format.encoding
  if (encoding !== 'utf-8') return { en: `its encoding is ${encoding}`, zh: `编码为 ${encoding}` }
  if (!isSingleByte(format.delimiter)) return { en: 'its delimiter is longer than a byte', zh: '分隔符长于一个字节' }
  if (format.quote === format.delimiter || (format.quote !== '' && !isSingleByte(format.quote))) {
    return { en: 'its quote is not a byte of its own', zh: '引号不是单独的字节' }
  }
  if (format.skip > 0) return { en: 'lines before the header are skipped', zh: '表头前有要跳过的行' }
  if (format.unpivot) return { en: 'columns become rows', zh: '需要列转行' }
  return undefined
}

/**
 * The header of a file that its settings and first bytes let be plain; undefined for others. What follows may still not
 * be: only `scanFile` tells.
 */
export async function peekHeader(file: string, format: FormatSettings): Promise<readonly string[] | undefined> {
  for await (const chunk of readChunks(file)) {
    if (ruleOut(chunk, format)) return undefined
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
  let ruledOut: Text | undefined
  let bytes = 0
  for await (const chunk of readChunks(file)) {
    signal?.throwIfAborted()
    hash.update(chunk)
    const isFirst = bytes === 0
    bytes += chunk.length
    if (isFirst) {
      if (format.type !== 'parquet') refuseBinary(chunk, file)
      ruledOut = ruleOut(chunk, format)
      const mark = byteOrderMarkOf(chunk) ? 3 : 0
      scanner.startAt(mark)
      if (!ruledOut) scanner.push(chunk, mark)
    } else if (!ruledOut) scanner.push(chunk)
  }
  const scanned = { bytes, sha256: hash.digest('hex') }
  if (ruledOut) return { ...scanned, isPlain: false, reason: ruledOut }
  const { columns: header } = await readDelimited(file, format)
  scanner.end()
  if (!scanner.obstacle && header.length !== scanner.width) scanner.obstacle = 'field-count'
  if (scanner.obstacle) return { ...scanned, isPlain: false, reason: obstacles[scanner.obstacle] }
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
