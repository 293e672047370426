import * as zlib from 'node:zlib'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { decompress } from '../../../src/ingest/read/decompress.ts'
import { ZstdFrames } from '../../../src/ingest/read/zstd-frames.ts'

async function unpack(packed: Buffer, compression: 'gzip' | 'zstd', size: number): Promise<string> {
  async function* source(): AsyncGenerator<Buffer> {
    for (let at = 0; at < packed.length; at += size) yield packed.subarray(at, at + size)
  }
  let text = ''
  for await (const bytes of decompress(source(), compression)) text += bytes.toString('latin1')
  return text
}

const noise = Array.from({ length: 60_000 }, (_, index) => `${Math.sin(index)}`).join('\n')
const texts = [noise, 'x,y\n', '', 'z'.repeat(300_000), noise.slice(0, 300)]
const checked = { params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } }
const skippable = Buffer.from('502a4d180400000001020304', 'hex')

test.each([1_000_000, 4099, 7])('several frames, in pieces of %i bytes', async (size) => {
  const few = size > 7 ? texts : texts.slice(1)
  const frames = few.map((text, index) => zlib.zstdCompressSync(text, index % 2 ? checked : {}))
  const zst = Buffer.concat([...frames.slice(0, 2), skippable, ...frames.slice(2)])
  expect(await unpack(zst, 'zstd', size)).toBe(few.join(''))
  expect(await unpack(Buffer.concat(few.map((text) => gzipSync(text))), 'gzip', size)).toBe(few.join(''))
})

test('the ends of frames are found however the file is cut', () => {
  const packed = texts.map((text) => zlib.zstdCompressSync(text, checked))
  const file = Buffer.concat(packed)
  const wanted = packed.map((_, index) => Buffer.concat(packed.slice(0, index + 1)).length)
  for (const size of [file.length, 1000, 3, 1]) {
    const frames = new ZstdFrames()
    const ends: number[] = []
    for (let at = 0; at < file.length; at += size) {
      ends.push(...frames.push(file.subarray(at, at + size)).map((end) => at + end))
    }
    expect(ends).toEqual(wanted)
  }
})
