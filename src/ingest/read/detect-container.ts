import { DataError } from '../../errors.ts'
import type { Text } from '../../text.ts'
import type { Encoding } from './decode-text.ts'
import { type Compression, compressionOf } from './decompress.ts'
import { detectEncoding } from './detect-encoding.ts'
import { openBytes, readHead } from './open-bytes.ts'
import { byteOrderMarkOf } from './open-text.ts'
import { refuseBinary } from './refuse-binary.ts'

export type Container =
  | { readonly content: 'parquet' }
  | {
      readonly content: 'text'
      readonly compression: Compression
      readonly encoding: Encoding
      readonly byteOrderMark: boolean
      /** What a person should know about the choice of encoding. */
      readonly note: Text | undefined
    }

const sampleBytes = 1 << 18

async function readSample(file: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of openBytes(file)) {
    chunks.push(Buffer.from(chunk))
    length += chunk.length
    if (length >= sampleBytes) break
  }
  return Buffer.concat(chunks)
}

/** Up to the last newline of either kind, so that no character of the sample is cut in two. */
function wholeLines(sample: Buffer): Buffer {
  const end = sample.length < sampleBytes ? -1 : sample.lastIndexOf(10)
  return end < 0 ? sample : sample.subarray(0, end + (end % 2 === 0 && sample[end + 1] === 0 ? 2 : 1))
}

/**
 * How a file is packed and encoded, by its first 256 KiB.
 * @throws DataError `empty-file` or `binary-file`, naming what it is, and those of `openBytes`.
 */
export async function detectContainer(file: string): Promise<Container> {
  const head = await readHead(file, 512)
  if (head.toString('latin1', 0, 4) === 'PAR1') return { content: 'parquet' }
  const sample = await readSample(file)
  if (sample.length === 0) {
    throw new DataError(
      { en: `${file} is empty.`, zh: `${file} 是空文件。` },
      { code: 'empty-file', file, advice: { en: 'Leave it out or replace it.', zh: '请去掉或替换该文件。' } },
    )
  }
  refuseBinary(sample, file)
  const compression = compressionOf(head)
  const marked = byteOrderMarkOf(sample)
  if (marked) return { content: 'text', compression, encoding: marked, byteOrderMark: true, note: undefined }
  const detected = detectEncoding(wholeLines(sample))
  if (detected) return { content: 'text', compression, byteOrderMark: false, ...detected }
  throw new DataError(
    { en: `${file} is not text: it is full of control characters.`, zh: `${file} 不是文本：其中充满控制字符。` },
    {
      code: 'binary-file',
      file,
      advice: {
        en: 'Export its rows as CSV, JSON or Parquet and add that file.',
        zh: '请将其数据导出为 CSV、JSON 或 Parquet 后添加。',
      },
    },
  )
}
