import type { FormatSettings } from '../../project/settings.ts'
import { splitLine } from '../detect/detect-delimiter.ts'
import { byteOrderMarkOf } from './open-text.ts'
import { readChunks } from './read-chunks.ts'

export interface RawText {
  /** 0-based, within the file. */
  readonly record: number
  /** 1-based. */
  readonly line: number
  readonly raw: string
  readonly fields: readonly string[]
}

const newline = 10

function toText(line: Buffer): string {
  const text = line.toString('utf8')
  return text.endsWith('\r') ? text.slice(0, -1) : text
}

/**
 * The text of the records with the given 0-based indexes, which ascend, in one pass over a file that `scanFile` found
 * plain; indexes beyond the last record give nothing.
 */
export async function* readRawRecords(
  file: string,
  format: FormatSettings,
  recordIndexes: Iterable<number>,
): AsyncGenerator<RawText> {
  const headerLines = format.header ? 1 : 0
  const indexes = recordIndexes[Symbol.iterator]()
  let wanted = indexes.next()
  let line = 0
  let carried = Buffer.alloc(0)
  const take = (bytes: Buffer): RawText => {
    const raw = toText(bytes)
    return { record: line - headerLines, line: line + 1, raw, fields: splitLine(raw, format.delimiter, format.quote) }
  }
  const isWanted = (): boolean => !wanted.done && wanted.value + headerLines === line
  for await (const chunk of readChunks(file)) {
    let start = line === 0 && carried.length === 0 && byteOrderMarkOf(chunk) ? 3 : 0
    for (let end = chunk.indexOf(newline, start); end >= 0; end = chunk.indexOf(newline, start)) {
      if (isWanted()) {
        yield take(Buffer.concat([carried, chunk.subarray(start, end)]))
        wanted = indexes.next()
        if (wanted.done) return
      }
      carried = Buffer.alloc(0)
      line++
      start = end + 1
    }
    carried = Buffer.concat([carried, chunk.subarray(start)])
  }
  if (carried.length > 0 && isWanted()) yield take(carried)
}
