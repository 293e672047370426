import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deriveKeys, ensureKeys, keyPath, loadKeys } from '../../src/privacy/keys.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marquee-keys-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a key is written once, for its owner alone, and gives the same keys again', async () => {
  expect(await loadKeys(folder, {})).toBeUndefined()
  const keys = await ensureKeys(folder, {})
  const path = join(folder, 'marquee.key')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readFile(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/)
  expect(await ensureKeys(folder, {})).toEqual(keys)
  expect(await loadKeys(folder, {})).toEqual(keys)
})

test('builds that start at once agree on one key', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => ensureKeys(folder, {})))
  expect(new Set(all.map((keys) => keys.fingerprint)).size).toBe(1)
})

test('sub-keys differ from each other and from those of another key', () => {
  const first = deriveKeys(Buffer.alloc(32, 1))
  const second = deriveKeys(Buffer.alloc(32, 2))
  expect(first.pseudonym.equals(first.quarantine)).toBe(false)
  expect(first.pseudonym.equals(second.pseudonym)).toBe(false)
  expect(first.fingerprint).not.toBe(second.fingerprint)
  expect(first.fingerprint).toHaveLength(16)
})

test.skipIf(process.platform === 'win32')('a key that others may read is refused', async () => {
  await ensureKeys(folder, {})
  await chmod(join(folder, 'marquee.key'), 0o640)
  await expect(ensureKeys(folder, {})).rejects.toMatchObject({ code: 'key-readable-by-others', value: '640' })
})

test('a malformed key is refused, not replaced', async () => {
  await writeFile(join(folder, 'marquee.key'), 'abc', { mode: 0o600 })
  await expect(ensureKeys(folder, {})).rejects.toMatchObject({ code: 'key-malformed' })
  expect(await readFile(join(folder, 'marquee.key'), 'utf8')).toBe('abc')
})

test('MARQUEE_KEY_FILE moves the key, but not into the warehouse', async () => {
  const elsewhere = join(folder, 'secret', 'my.key')
  expect(keyPath(folder, { MARQUEE_KEY_FILE: elsewhere })).toBe(elsewhere)
  await expect(ensureKeys(folder, { MARQUEE_KEY_FILE: elsewhere })).rejects.toMatchObject({ code: 'key-not-written' })
  expect(() => keyPath(folder, { MARQUEE_KEY_FILE: join(folder, '.marquee', 'k') })).toThrow(
    expect.objectContaining({ code: 'key-in-warehouse' }),
  )
})
