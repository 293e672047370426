import type { Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { Decompress } from 'fzstd'
import { ZstdFrames } from './zstd-frames.ts'

const pieceBytes = 1 << 16

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

function unpackerOf(compression: 'gzip' | 'zstd'): Unpacker {
  if (compression === 'gzip') return unpackStream(zlib.createGunzip())
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress')
  return typeof create === 'function' ? unpackStream(create()) : unpackZstd()
}

/** Cuts `source` into pieces small enough that what one unpacks to fits in memory, each within one frame. */
async function* cutPieces(
  source: AsyncIterable<Buffer>,
  compression: 'gzip' | 'zstd',
): AsyncGenerator<{ piece: Buffer; endsFrame: boolean }> {
  const frames = compression === 'zstd' ? new ZstdFrames() : undefined
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length; from += pieceBytes) {
      const whole = chunk.subarray(from, from + pieceBytes)
      let start = 0
      for (const end of frames?.push(whole) ?? []) {
        yield { piece: whole.subarray(start, end), endsFrame: true }
        start = end
      }
      if (start < whole.length) yield { piece: whole.subarray(start), endsFrame: false }
    }
  }
}

/** What `act` makes `unpacker` give, before what it fails with. */
async function* drain(unpacker: Unpacker, act: Promise<void>): AsyncGenerator<Buffer> {
  const failure = await act.then(
    () => undefined,
    (cause: unknown) => ({ cause }),
  )
  yield* unpacker.take()
  if (failure) throw failure.cause
}

/** Unpacks `source` in bounded memory; everything readable before a failure is yielded first. */
export async function* decompress(source: AsyncIterable<Buffer>, compression: 'gzip' | 'zstd'): AsyncGenerator<Buffer> {
  let unpacker: Unpacker | undefined
  for await (const { piece, endsFrame } of cutPieces(source, compression)) {
    unpacker ??= unpackerOf(compression)
    yield* drain(unpacker, unpacker.push(piece))
    if (!endsFrame) continue
    yield* drain(unpacker, unpacker.end())
    unpacker = undefined
  }
  if (unpacker) yield* drain(unpacker, unpacker.end())
}
