import { type FileHandle, open } from 'node:fs/promises'
import { DataError } from '../../errors.ts'

export const chunkBytes = 1 << 20

function refuse(error: unknown, file: string): DataError {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  if (missing) {
    return new DataError(
      { en: `${file} does not exist.`, zh: `${file} 不存在。` },
      { code: 'missing-file', file, advice: { en: 'Check the path.', zh: '请检查路径。' }, cause: error },
    )
  }
  return new DataError(
    { en: `${file} cannot be read: ${String(error)}`, zh: `无法读取 ${file}：${String(error)}` },
    {
      code: 'unreadable-file',
      file,
      advice: { en: 'Check that it is a file and that you may read it.', zh: '请确认它是文件，且您有读取权限。' },
      cause: error,
    },
  )
}

async function fill(handle: FileHandle, buffer: Buffer, file: string): Promise<Buffer> {
  try {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, null)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    throw refuse(error, file)
  }
}

/**
 * The bytes of a file in order, while the next chunk is already being read. A chunk is overwritten when the one after
 * the next is asked for: copy what is to be kept.
 * @throws DataError `missing-file` or `unreadable-file`.
 */
export async function* readChunks(file: string, size = chunkBytes): AsyncGenerator<Buffer> {
  const handle = await open(file).catch((error: unknown) => {
    throw refuse(error, file)
  })
  const buffers: readonly [Buffer, Buffer] = [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(size)]
  let pending = fill(handle, buffers[0], file)
  try {
    for (let turn = 1; ; turn ^= 1) {
      const chunk = await pending
      if (chunk.length === 0) return
      pending = fill(handle, turn === 1 ? buffers[1] : buffers[0], file)
      yield chunk
    }
  } finally {
    await pending.catch(() => undefined)
    await handle.close()
  }
}
