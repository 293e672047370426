import { DataError, isMarqueeError } from '../../errors.ts'
import { compressionOf, decompress } from './decompress.ts'
import { chunkBytes, readChunks } from './read-chunks.ts'

const newline = 10

function countLines(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) lines++
  return lines
}

function damaged(error: unknown, file: string, bytes: number, lines: number): DataError {
  const truncated = /unexpected (end of file|EOF)/.test(String(error))
  const problem = truncated ? { en: 'ends too early', zh: '不完整，提前结束' } : { en: 'is corrupt', zh: '已损坏' }
  return new DataError(
    {
      en: `${file} ${problem.en}; ${bytes} unpacked bytes (${lines} whole lines) were readable.`,
      zh: `${file} ${problem.zh}；可读出解压后的 ${bytes} 字节（${lines} 整行）。`,
    },
    {
      code: truncated ? 'truncated-file' : 'corrupt-file',
      value: bytes,
      file,
      line: lines + 1,
      advice: { en: 'Copy or download the file again.', zh: '请重新复制或下载该文件。' },
      cause: error,
    },
  )
}

async function* unpack(file: string, compression: 'gzip' | 'zstd'): AsyncGenerator<Buffer> {
  let bytes = 0
  let lines = 0
  try {
    for await (const chunk of decompress(readChunks(file), compression)) {
      bytes += chunk.length
      lines += countLines(chunk)
      yield chunk
    }
  } catch (error) {
    throw isMarqueeError(error) ? error : damaged(error, file, bytes, lines)
  }
}

/** The first chunk of a file as it lies on the disk; empty for an empty file. @throws DataError when it cannot be read. */
export async function readHead(file: string, size = chunkBytes): Promise<Buffer> {
  for await (const chunk of readChunks(file, size)) return Buffer.from(chunk)
  return Buffer.alloc(0)
}

/**
 * The bytes of a file, unpacked where it is gzip or Zstandard. A chunk may be overwritten later: copy what is to be kept.
 * @throws DataError `missing-file`, `unreadable-file`, `truncated-file` or `corrupt-file`, after all that was readable.
 */
export async function* openBytes(file: string): AsyncGenerator<Buffer> {
  const compression = compressionOf(await readHead(file, 16))
  yield* compression === 'none' ? readChunks(file, 1 << 16) : unpack(file, compression)
}
