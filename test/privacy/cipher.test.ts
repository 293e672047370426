import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DataError } from '../../src/errors.ts'
import { readSealed, writeSealed } from '../../src/privacy/cipher.ts'

const key = Buffer.alloc(32, 9)
let folder = ''
let path = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marquee-sealed-'))
  path = join(folder, 'one.sealed')
})
afterEach(() => rm(folder, { recursive: true }))

async function* each(texts: Iterable<string>) {
  yield* texts
}

async function readAll(file = path, withKey = key): Promise<string[]> {
  const texts: string[] = []
  for await (const text of readSealed(file, withKey)) texts.push(text)
  return texts
}

test('what is sealed comes back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' })), async (texts) => {
      expect(await writeSealed(path, key, each(texts))).toBe(texts.length)
      expect(await readAll()).toEqual(texts)
    }),
    { numRuns: 30 },
  )
})

test('several blocks, and a text larger than a block', async () => {
  const texts = [...Array.from({ length: 5000 }, (_, index) => `${index}`.repeat(200)), 'x'.repeat(3_000_000), '片名']
  await writeSealed(path, key, each(texts))
  expect(await readAll()).toEqual(texts)
})

test('nothing can be read without the key, and sealing twice gives other bytes', async () => {
  await writeSealed(path, key, each(['viewer-4711']))
  const first = await readFile(path)
  expect(first.includes('viewer-4711')).toBe(false)
  await writeSealed(path, key, each(['viewer-4711']))
  expect((await readFile(path)).equals(first)).toBe(false)
  await expect(readAll(path, Buffer.alloc(32, 1))).rejects.toMatchObject({ code: 'sealed-refused' })
})

test('every altered byte and every cut is noticed', async () => {
  await writeSealed(path, key, each(['one', 'two']))
  const bytes = await readFile(path)
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes)
    altered[at] = (altered[at] ?? 0) ^ 1
    await writeFile(path, altered)
    await expect(readAll(), `byte ${at}`).rejects.toBeInstanceOf(DataError)
    await writeFile(path, bytes.subarray(0, at))
    await expect(readAll(), `cut at ${at}`).rejects.toBeInstanceOf(DataError)
  }
  await writeFile(path, Buffer.concat([bytes, bytes]))
  await expect(readAll()).rejects.toMatchObject({ code: 'sealed-malformed' })
})

test('dropping whole blocks is noticed, and so is another name', async () => {
  await writeSealed(path, key, each(Array.from({ length: 3 }, () => 'y'.repeat(1 << 20))))
  const bytes = await readFile(path)
  const frame = 1 + 4 + 12 + 4 + (1 << 20) + 16
  await writeFile(path, Buffer.concat([bytes.subarray(0, 9), bytes.subarray(9 + frame)]))
  await expect(readAll()).rejects.toMatchObject({ code: 'sealed-refused' })
  await writeFile(path, bytes.subarray(0, 9 + frame))
  await expect(readAll()).rejects.toMatchObject({ code: 'sealed-truncated' })
  await writeFile(path, bytes)
  await copyFile(path, join(folder, 'two.sealed'))
  await expect(readAll(join(folder, 'two.sealed'))).rejects.toMatchObject({ code: 'sealed-refused' })
})

test('a file that fails half way leaves nothing behind', async () => {
  async function* failing() {
    yield 'one'
    throw new Error('source broke')
  }
  await expect(writeSealed(path, key, failing())).rejects.toThrow('source broke')
  expect(await readdir(folder)).toEqual([])
  await expect(readAll()).rejects.toMatchObject({ code: 'sealed-missing' })
})
