import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { DataError } from '../../src/errors.ts'
import { OutputFile } from '../../src/simulate/output-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'output-file-'))
afterAll(() => rmSync(folder, { recursive: true }))
const line = 'x'.repeat(999)

describe.each(['plain.csv', 'packed.csv.gz'])('%s', (name) => {
  test('asks to wait before more than 2 MB are held, and keeps every line', async () => {
    const file = new OutputFile(folder, name)
    let held = 0
    let most = 0
    for (let count = 0; count < 8000; count++) {
      expect(file.write(line)).toBe(count + 1)
      held += 1000
      most = Math.max(most, held)
      if (!file.isFull) continue
      await file.drain()
      held = 0
    }
    await file.close()
    expect(most).toBeLessThan(2_000_000)
    const bytes = readFileSync(join(folder, name))
    expect((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).length).toBe(8_000_000)
  })
})

test('UTF-16 takes two bytes a unit', async () => {
  const file = new OutputFile(folder, 'deep/收视.tsv', 'utf16le')
  file.write('\ufeff收视')
  await file.close()
  expect(statSync(join(folder, 'deep/收视.tsv')).size).toBe(8)
})

test('a file that cannot be written is a DataError', async () => {
  const first = new OutputFile(folder, 'taken.csv')
  await first.close()
  const second = new OutputFile(folder, 'taken.csv')
  second.write('x')
  await expect(second.close()).rejects.toBeInstanceOf(DataError)
})
