import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { FormatSettings } from '../../project/settings.ts'
export interface FileScan {
  bytes: number
  sha256: string
  records: number
  header: string[]
  isPlain: boolean
  firstRecordLine: number
}
export async function scanFile(path: string, format: FormatSettings): Promise<FileScan> {
  const hash = createHash('sha256')
  let bytes = 0
  let records = 0
  let head = ''
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    if (bytes === 0) head = chunk.toString('utf8', 0, chunk.indexOf(10))
    bytes += chunk.length
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) records++
  }
  return {
    bytes,
    sha256: hash.digest('hex'),
    records: records - 1,
    header: head.trim().split(format.delimiter),
    isPlain: true,
    firstRecordLine: 2,
  }
}
