import { type FileHandle, open } from 'node:fs/promises'
import { DataError } from '../../errors.ts'

export const chunkBytes = 1 << 20

function refuse(error: unknown, file: string): DataError {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  return new DataError(missing ? `${file} does not exist.` : `${file} cannot be read: ${String(error)}`, {
    code: missing ? 'missing-file' : 'unreadable-file',
    file,
    advice: missing ? 'Check the path.' : 'Check that it is a file and that you may read it.',
    cause: error,
  })
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
