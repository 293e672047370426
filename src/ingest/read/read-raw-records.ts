import { createReadStream } from 'node:fs'
import type { FormatSettings } from '../../project/settings.ts'
export async function* readRawRecords(
  path: string,
  _format: FormatSettings,
  positions: readonly number[],
): AsyncGenerator<{ record: number; line: number; raw: string }> {
  let rest: Buffer = Buffer.alloc(0)
  let record = -1
  let next = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    const text = rest.length ? Buffer.concat([rest, chunk]) : chunk
    let start = 0
    for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, start)) {
      if (record === positions[next]) {
        yield { record, line: record + 2, raw: text.toString('utf8', start, at) }
        next++
      }
      record++
      start = at + 1
    }
    rest = text.subarray(start)
    if (next >= positions.length) return
  }
}
