import { createHash } from 'node:crypto'
import { readChunks } from './read-chunks.ts'

/** Size in bytes and SHA-256 (hexadecimal) of a file as it lies on the disk. */
export async function hashFile(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of readChunks(file)) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}
