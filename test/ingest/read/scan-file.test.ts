import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { DuckdbEngine } from '../../../src/engine/duckdb.ts'
import { normaliseFile } from '../../../src/ingest/read/normalise-file.ts'
import { readRawRecords } from '../../../src/ingest/read/read-raw-records.ts'
import { scanFile } from '../../../src/ingest/read/scan-file.ts'
import type { FormatSettings } from '../../../src/project/settings.ts'
import { codeOf, format, newPath, readAll, write } from './fixture.ts'

const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
const connection = await instance.connect()
afterAll(() => {
  connection.closeSync()
  instance.closeSync()
})

async function readWithEngine(
  path: string,
  names: readonly string[],
  { delimiter, quote, header }: FormatSettings,
): Promise<string[][]> {
  const columns = names.map((_, index) => `c${index}`)
  const scan = DuckdbEngine.prototype.scanDelimited({ paths: [path], columns, delimiter, quote, header })
  const reader = await connection.runAndReadAll(`FROM ${scan.text}`)
  return reader.getRows().map((row) => row.map((value) => String(value ?? '')))
}

const cleanField = fc.oneof(
  fc.stringMatching(/^[a-z0-9 '#\\;:.~-]{0,8}$/),
  fc.constantFrom('', '琅琊榜', 'é', '"a,b"', '"say ""hi"""', '""', '" "', ' ', 'NULL', '=1+1', '#x', '\t'),
)
const cleanFile = fc
  .record({
    width: fc.integer({ min: 1, max: 4 }),
    rows: fc.array(fc.array(cleanField, { minLength: 4, maxLength: 4 }), { maxLength: 12 }),
    newline: fc.constantFrom('\n', '\r\n'),
    mark: fc.constantFrom('', '\ufeff'),
    ending: fc.boolean(),
  })
  .map(({ width, rows, newline, mark, ending }) => {
    const lines = [['a', 'b', 'c', 'd'], ...rows].map((row) => row.slice(0, width).join(','))
    return mark + lines.join(newline) + (ending ? newline : '')
  })
const messyFile = fc
  .array(fc.constantFrom('a', 'b,', ',', '"', '""', '\n', '\r\n', '\r', '\0', ' ', '片', '"x",', 'x,y\n'), {
    maxLength: 40,
  })
  .map((parts) => `a,b\n${parts.join('')}`)

test('a plain file reads the same in the engine, and a normalised one always does', async () => {
  let plain = 0
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(cleanFile, messyFile),
      fc.constantFrom('"', ''),
      fc.boolean(),
      async (content, quote, header) => {
        const settings = format({ quote, header })
        const path = await write(content)
        const { columns, records, rows } = await readAll(content, settings)
        const wellFormed = records.flatMap((record) => ('fields' in record ? [[...record.fields]] : []))
        const output = newPath()
        await normaliseFile(path, settings, { copy: output, rejects: newPath() })
        const expected = wellFormed.map((fields, index) => [
          String(records.filter((record) => 'fields' in record)[index]?.line),
          ...fields,
        ])
        expect(await readWithEngine(output, ['line', ...columns], format())).toEqual(expected)
        const scan = await scanFile(path, settings)
        if (!scan.isPlain) return
        plain++
        expect(scan.header).toEqual(columns)
        expect(scan.records).toBe(rows.length)
        expect(await readWithEngine(path, columns, settings)).toEqual(rows)
      },
    ),
    { numRuns: 200, seed: 7 },
  )
  expect(plain).toBeGreaterThan(50)
})

test.each([
  ['a,b\n1,2\n', true],
  ['\ufeffa,b\r\n1,2', true],
  ['a,b\n"x ""y""",2\n', true],
  ['a\tb\n1\n', true],
  ['a,b\n1,2,3\n', false],
  ['a,b\n\n1,2\n', false],
  ['a,b\n1,2\r\n', false],
  ['a,b\n1,"2\n"\n', false],
  ['a,b\n1,x"y\n', false],
  ['a,b\n1,"y\n', false],
  ['a,b\n1,\0\n', false],
  [Buffer.from('a,b\n1,\xe9\n', 'latin1'), false],
  [`a,b\n1,${'x'.repeat(1_000_001)}\n`, false],
  [gzipSync('a,b\n1,2\n'), false],
  [Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), false],
])('case %#', async (content, isPlain) => {
  const scan = await scanFile(await write(content), format())
  expect(scan.isPlain).toBe(isPlain)
  expect(scan.bytes).toBe(Buffer.byteLength(content))
  expect(scan.sha256).toBe(createHash('sha256').update(content).digest('hex'))
})

test('characters and records are kept whole across chunks', async () => {
  const lines = Array.from({ length: 120_000 }, (_, index) => `${index},"弹幕，第${index}条",${'x'.repeat(index % 7)}`)
  const path = await write(`id,text,x\n${lines.join('\n')}`)
  const scan = await scanFile(path, format())
  expect(scan).toMatchObject({ isPlain: true, records: 120_000, lines: 120_001, firstRecordLine: 2 })
  const wanted = [0, 1, 39_000, 80_001, 119_999]
  const found = []
  for await (const raw of readRawRecords(path, format(), wanted)) found.push(raw)
  expect(found).toEqual(
    wanted.map((record) => ({
      record,
      line: record + 2,
      raw: lines[record],
      fields: [`${record}`, `弹幕，第${record}条`, 'x'.repeat(record % 7)],
    })),
  )
})

test('other delimiters and settings', async () => {
  expect(await scanFile(await write('a\tb\n1\t\n'), format({ delimiter: '\t' }))).toMatchObject({ isPlain: true })
  expect(await scanFile(await write('a::b\n1::\n'), format({ delimiter: '::' }))).toMatchObject({ isPlain: false })
  expect(await scanFile(await write('1;2\n'), format({ delimiter: ';', header: false }))).toMatchObject({
    isPlain: true,
    records: 1,
    header: ['column_1', 'column_2'],
  })
  expect(await scanFile(await write('a;b\n1;2\n'), format())).toMatchObject({ isPlain: true, header: ['a;b'] })
  expect(await codeOf(scanFile(await write(''), format()))).toBe('empty-file')
  expect(await codeOf(scanFile('/nowhere/file.csv', format()))).toBe('missing-file')
})
