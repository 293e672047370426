import type { Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { Decompress } from 'fzstd'

export type Compression = 'none' | 'gzip' | 'zstd'

/** What the first bytes of a file say about how it is packed. */
export function compressionOf(bytes: Buffer): Compression {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip'
  return bytes.length >= 4 && bytes.readUInt32LE(0) === 0xfd2fb528 ? 'zstd' : 'none'
}

/** Unpacks piece by piece; what came out before a failure is in `take` even when `push` or `end` rejects. */
interface Unpacker {
  push(piece: Buffer): Promise<void>
  end(): Promise<void>
  take(): Buffer[]
}

function unpackStream(stream: Transform): Unpacker {
  let ready: Buffer[] = []
  let failure: unknown
  stream.on('data', (bytes: Buffer) => ready.push(bytes))
  stream.on('error', (error) => {
    failure = error
  })
  const settle = (act: (done: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      if (failure) return reject(failure)
      stream.once('error', reject)
      act((error) => {
        stream.off('error', reject)
        if (error) reject(error)
        else resolve()
      })
    })
  return {
    push: (piece) => settle((done) => stream.write(piece, done)),
    end: () =>
      settle((done) => {
        stream.once('end', done)
        stream.end()
      }),
    take() {
      const taken = ready
      ready = []
      return taken
    },
  }
}

function unpackZstd(): Unpacker {
  let ready: Buffer[] = []
  const decompress = new Decompress((bytes) => ready.push(Buffer.from(bytes)))
  return {
    async push(piece) {
      decompress.push(new Uint8Array(piece))
    },
    async end() {
      decompress.push(new Uint8Array(0), true)
    },
    take() {
      const taken = ready
      ready = []
      return taken
    },
  }
}

function unpackerOf(compression: 'gzip' | 'zstd', frames: 'one' | 'many'): Unpacker {
  if (compression === 'gzip') return unpackStream(zlib.createGunzip())
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress')
  return typeof create === 'function' && frames === 'one' ? unpackStream(create()) : unpackZstd()
}

const pieceBytes = 1 << 16

/**
 * Unpacks `source` in bounded memory; everything readable before a failure is yielded first. Node's own Zstandard,
 * which verifies checksums, reads `one` frame; a file of `many` is for the portable one.
 */
export async function* decompress(
  source: AsyncIterable<Buffer>,
  compression: 'gzip' | 'zstd',
  frames: 'one' | 'many' = 'one',
): AsyncGenerator<Buffer> {
  const unpacker = unpackerOf(compression, frames)
  for await (const chunk of source) {
    for (let start = 0; start < chunk.length; start += pieceBytes) {
      let failure: unknown
      await unpacker.push(chunk.subarray(start, start + pieceBytes)).catch((error: unknown) => {
        failure = error
      })
      yield* unpacker.take()
      if (failure) throw failure
    }
  }
  let failure: unknown
  await unpacker.end().catch((error: unknown) => {
    failure = error
  })
  yield* unpacker.take()
  if (failure) throw failure
}
