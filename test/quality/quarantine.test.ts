import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeSealed } from '../../src/privacy/cipher.ts'
import { readQuarantine, type SealedRow, writeQuarantine } from '../../src/quality/quarantine.ts'

const key = Buffer.alloc(32, 3)
let folder = ''
let path = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marquee-quarantine-'))
  path = join(folder, 'part.sealed')
})
afterEach(() => rm(folder, { recursive: true }))

async function readAll(): Promise<SealedRow[]> {
  const rows: SealedRow[] = []
  for await (const row of readQuarantine(path, key)) rows.push(row)
  return rows
}

test('raw text, line and all reasons come back, whatever the text is', async () => {
  const row = fc.record({
    file: fc.string(),
    line: fc.integer({ min: 1 }),
    raw: fc.string({ unit: 'binary' }),
    reasons: fc.array(
      fc.record({
        rule: fc.string(),
        value: fc.string({ unit: 'binary' }),
        detail: fc.record({ en: fc.string(), zh: fc.string() }),
      }),
    ),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(row), async (rows) => {
      expect(await writeQuarantine(path, key, rows)).toBe(rows.length)
      expect(await readAll()).toEqual(rows)
    }),
    { numRuns: 10 },
  )
})

test('many rows stream through, and the file shows nothing of them', async () => {
  function* rows() {
    for (let line = 1; line <= 50_000; line++) {
      const reasons = [{ rule: 'unparseable', field: 'started_at', value: 'soon', message: 'A value cannot be read.' }]
      yield { file: 'plays.csv', line, raw: `secret-viewer-${line},Film,soon`, reasons }
    }
  }
  expect(await writeQuarantine(path, key, rows())).toBe(50_000)
  const bytes = await readFile(path)
  for (const word of ['secret-viewer', 'unparseable', 'plays.csv']) expect(bytes.includes(word)).toBe(false)
  let last = 0
  for await (const row of readQuarantine(path, key)) {
    if (row.line !== last + 1) break
    last = row.line
  }
  expect(last).toBe(50_000)
})

test('an entry of another form is refused', async () => {
  await writeSealed(
    path,
    key,
    (async function* () {
      yield '{"file":"a"}'
    })(),
  )
  await expect(readAll()).rejects.toMatchObject({ code: 'quarantine-malformed' })
})
