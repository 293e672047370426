import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DuckdbEngine } from '../../src/engine/duckdb.ts'
import { ensureKeys } from '../../src/privacy/keys.ts'
import { type BuildRecord, readBuildRecord } from '../../src/quality/build-record.ts'
import { exportQuarantine, listQuarantine, quality, showQuarantine } from '../../src/quality/index.ts'
import { writeQuarantine } from '../../src/quality/quarantine.ts'
import type { Context } from '../../src/question.ts'
import { type TableName, tables } from '../../src/warehouse/schema.ts'
import { columnOf, profileOf, tableOf } from '../support/quality-profiles.ts'
import { contextOf } from '../support/warehouse.ts'

const file = {
  file: 'plays.csv',
  source: 'cloud',
  kind: 'viewing',
  partId: 'p1',
  warnings: {},
} as const
const counts = { read: 10, accepted: 7, duplicates: 1, quarantined: 2 }
const record: BuildRecord = {
  version: 3,
  builtAt: '2025-03-01T00:00:00.000Z',
  marqueeVersion: '0.1.0',
  ledgers: [{ ...file, quarantineIds: ['p1'], ...counts, reasons: { unparseable: 2, 'malformed-row': 1 } }],
  profile: profileOf(
    [
      tableOf({
        rows: 7,
        columns: [columnOf('viewer_id', { isRequired: true, present: 7, isDistinctExact: false })],
        consistency: [{ check: 'ends-after-start', checked: 4, held: 3 }],
      }),
    ],
    { intake: [{ source: 'cloud', kind: 'viewing', ...counts }] },
  ),
  drift: [],
  uncertainTitles: [],
  titleWarnings: [],
  reviews: [],
  expectations: [],
}

let folder = ''
let engine: DuckdbEngine
let context: Context
beforeEach(async () => {
  vi.stubEnv('MARQUEE_KEY_FILE', '')
  folder = await mkdtemp(join(tmpdir(), 'marquee-quality-'))
  const version = join(folder, '.marquee', 'versions', '3')
  await mkdir(version, { recursive: true })
  await writeFile(join(version, 'build.json'), JSON.stringify(record))
  engine = await DuckdbEngine.open()
  const rows = Object.fromEntries(Object.keys(tables).map((name) => [name, 0])) as Record<TableName, number>
  const warehouse = { engine, folder: version, version: 3, builtAt: record.builtAt, files: [], rows }
  context = { ...contextOf(warehouse), folder, now: () => new Date(record.builtAt) }
})
afterEach(async () => {
  engine.close()
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

async function fillQuarantine() {
  const { quarantine } = await ensureKeys(folder)
  const reason = { rule: 'unparseable', field: 'started_at', value: '=1+1' }
  await writeQuarantine(join(folder, '.marquee', 'quarantine', 'p1.sealed'), quarantine, [
    {
      file: 'plays.csv',
      line: 4,
      raw: 'u1,Film,"a,b"',
      reasons: [reason, { rule: 'malformed-row', detail: { en: 'Gone.', zh: '没有了。' } }],
    },
    { file: 'plays.csv', line: 9, raw: '@u2,Film,soon', reasons: [reason] },
  ])
}

test('quality adds up files and measures each source', async () => {
  const answer = quality.result.parse(await quality.ask(context, {}))
  expect(answer).toMatchObject({ version: 3, identityHolds: true, totals: counts })
  expect(answer.files).toEqual([expect.not.objectContaining({ partId: 'p1' })])
  expect(answer.rows).toMatchObject([
    { table: 'viewing', source: 'cloud', rows: 7, completeness: 1, validity: 0.8, uniqueness: 0.9, consistency: 0.75 },
  ])
  expect(answer.consistency[0]?.message.en).toBe('A play ends after it starts.')
  expect(answer.notes.map(({ en }) => en)).toEqual(['Quarantined: 2 rows. `marquee quarantine list` says why.'])
})

test('quality says when rows are unaccounted for, and knows its sources', async () => {
  const path = join(folder, '.marquee', 'versions', '3', 'build.json')
  await writeFile(path, (await readFile(path, 'utf8')).replace('"accepted":7', '"accepted":6'))
  expect((await quality.ask(context, {})).identityHolds).toBe(false)
  await expect(quality.ask(context, { source: 'nobody' })).rejects.toMatchObject({ code: 'unknown-source' })
})

test('the quarantine is counted without the key and listed with it', async () => {
  const parameters = listQuarantine.parameters.parse({})
  const without = await listQuarantine.ask(context, parameters)
  expect(without.rows.map(({ rule, rows }) => [rule, rows])).toEqual([
    ['unparseable', 2],
    ['malformed-row', 1],
  ])
  expect(without.entries).toEqual([])
  expect(without.notes).toHaveLength(1)
  await fillQuarantine()
  expect((await listQuarantine.ask(context, { limit: 1 })).entries.map(({ line }) => line)).toEqual([4])
  expect((await listQuarantine.ask(context, { limit: 9, rule: 'malformed-row' })).entries).toHaveLength(1)
})

test('one row is shown with its text and all reasons', async () => {
  await expect(showQuarantine.ask(context, { file: 'plays.csv', line: 4 })).rejects.toMatchObject({
    code: 'key-missing',
  })
  await fillQuarantine()
  const entry = await showQuarantine.ask(context, { file: 'plays.csv', line: 4 })
  expect(entry.raw).toBe('u1,Film,"a,b"')
  expect(entry.reasons.map(({ rule }) => rule)).toEqual(['unparseable', 'malformed-row'])
  const chinese = await showQuarantine.ask({ ...context, locale: 'zh-CN' }, { file: 'plays.csv', line: 4 })
  expect(chinese.reasons.map(({ message }) => message)).toEqual(['值无法按其类型解析。', '没有了。'])
  await expect(showQuarantine.ask(context, { file: 'plays.csv', line: 5 })).rejects.toMatchObject({
    code: 'not-quarantined',
  })
  await expect(showQuarantine.ask(context, { file: 'x.csv', line: 4 })).rejects.toMatchObject({
    code: 'file-not-quarantined',
  })
})

test('the export is safe to open in a spreadsheet', async () => {
  await fillQuarantine()
  const out = join(folder, 'out.csv')
  expect(await exportQuarantine.ask(context, { out })).toMatchObject({ path: out, rows: 2 })
  expect((await readFile(out, 'utf8')).split('\r\n')).toEqual([
    'file,line,raw,rules,fields,values,messages',
    `plays.csv,4,"u1,Film,""a,b""",unparseable; malformed-row,started_at; ,'=1+1; ,A value cannot be read as its type.; Gone.`,
    `plays.csv,9,"'@u2,Film,soon",unparseable,started_at,'=1+1,A value cannot be read as its type.`,
    '',
  ])
})

test('a record that is missing, broken or points elsewhere is refused', async () => {
  const version = join(folder, '.marquee', 'versions', '3')
  expect(await readBuildRecord(version)).toEqual(record)
  for (const text of ['{', '{}', JSON.stringify(record).replace('"p1"', '"../p1"')]) {
    await writeFile(join(version, 'build.json'), text)
    await expect(readBuildRecord(version)).rejects.toMatchObject({ code: 'build-record-unreadable' })
  }
  await expect(readBuildRecord(folder)).rejects.toMatchObject({ code: 'build-record-unreadable' })
})
