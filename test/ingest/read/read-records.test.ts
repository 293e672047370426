import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as zlib from 'node:zlib'
import { constants, gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { normaliseFile, readRejects } from '../../../src/ingest/read/normalise-file.ts'
import { readRecords } from '../../../src/ingest/read/read-records.ts'
import { codeOf, format, newPath, readAll, write } from './fixture.ts'

test('quotes, embedded newlines, ragged rows and blank lines', async () => {
  const { columns, records } = await readAll(
    'id,text,n\n1,"a ""b""\nc",2\r\n\n2,x\n3,x,y,z\n4,x,y,,\n5,"x" y,z\n6,5" TV,1\n7,"",\n',
  )
  expect(columns).toEqual(['id', 'text', 'n'])
  expect(records).toEqual([
    { line: 2, fields: ['1', 'a "b"\nc', '2'] },
    { line: 5, raw: '2,x', malformed: expect.objectContaining({ en: 'It has 2 fields where 3 are expected.' }) },
    { line: 6, raw: '3,x,y,z', malformed: expect.objectContaining({ zh: '有 4 个字段，应为 3 个。' }) },
    { line: 7, fields: ['4', 'x', 'y'] },
    { line: 8, raw: '5,"x" y,z', malformed: expect.objectContaining({ en: 'Text follows a closing quote.' }) },
    { line: 9, fields: ['6', '5" TV', '1'] },
    { line: 10, fields: ['7', '', ''] },
  ])
})

test('rows after an unclosed quote survive', async () => {
  expect((await readAll('a,b\n1,"x\n2,y\n3,z\n')).rows).toEqual([
    ['malformed', '1,"x'],
    ['2', 'y'],
    ['3', 'z'],
  ])
})

test('many rows behind an unclosed quote come in many batches', async () => {
  const path = await write(`a\n"x\n${'y\n'.repeat(100_000)}`)
  const { batches } = await readRecords(path, format())
  let rows = 0
  for await (const batch of batches) {
    expect(batch.length).toBeLessThan(20_000)
    rows += batch.length
  }
  expect(rows).toBe(100_001)
})

test('headers are trimmed, numbered and named', async () => {
  const { columns, notes } = await readAll(' a ,A,,a\n')
  expect(columns).toEqual(['a', 'A (2)', 'column_3', 'a (3)'])
  expect(notes).toHaveLength(2)
  expect((await readAll('# one\n# "two\n\na,b,\n1,2\n', { skip: 2 })).rows).toEqual([['1', '2', '']])
  expect(
    (await readAll('1::Fight Club::x\n', { delimiter: '::', header: false, names: ['id', 'title', 'g'] })).rows,
  ).toEqual([['1', 'Fight Club', 'x']])
  expect((await readAll('a||b\n"x||y"||2\n', { delimiter: '||' })).rows).toEqual([['x||y', '2']])
  expect((await readAll('a,b\r1,2\r3,4', {})).rows).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
  expect((await readAll('a,b\n')).rows).toEqual([])
})

test('a record with bytes that are not text is malformed, the file is not', async () => {
  const content = Buffer.concat([
    Buffer.from('a,b\n1,琅琊榜\n2,'),
    iconv.encode('弹幕', 'gb18030'),
    Buffer.from('\n3,ok\n4,\0\n'),
  ])
  expect((await readAll(content)).rows).toEqual([
    ['1', '琅琊榜'],
    ['malformed', '2,\\xb5\\xafĻ'],
    ['3', 'ok'],
    ['malformed', '4,\\x00'],
  ])
  const mixed = Buffer.concat([
    iconv.encode('a,b\n1,弹幕\n2,', 'gb18030'),
    Buffer.from([0xff, 0x0a]),
    iconv.encode('3,㐂𠀀', 'gb18030'),
  ])
  expect((await readAll(mixed, { encoding: 'gb18030' })).rows).toEqual([
    ['1', '弹幕'],
    ['malformed', '2,\\xff'],
    ['3', '㐂𠀀'],
  ])
})

test.each([
  ['big5', '台灣票房'],
  ['shift_jis', '興行収入ｱﾆﾒ'],
  ['euc-kr', '영화 똠 매출액'],
] as const)('%s keeps the bytes that are not text', async (encoding, text) => {
  const bytes = Buffer.concat([iconv.encode(`a,b\n1,${text}\n2,`, encoding), Buffer.from([0x85, 0x0a])])
  expect((await readAll(bytes, { encoding })).rows).toEqual([
    ['1', text],
    ['malformed', '2,\\x85'],
  ])
})

test.each(['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] as const)(
  '%s across chunks, with and without mark',
  async (encoding) => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `${index},第${index}集😀é`)
    const text = `id,text\n${lines.join('\n')}\n`
    for (const addBOM of [false, true]) {
      const { rows } = await readAll(iconv.encode(text, encoding, { addBOM }), { encoding })
      expect(rows.map((row) => row.join(','))).toEqual(lines)
    }
  },
)

test('latin1 is windows-1252', async () => {
  expect((await readAll(iconv.encode('a\né€“', 'win1252'), { encoding: 'latin1' })).rows).toEqual([['é€“']])
})

test('packed files, and what is wrong with damaged ones', async () => {
  const text = `a,b\n${Array.from({ length: 50_000 }, (_, index) => `${index},${Math.sin(index)}`).join('\n')}\n`
  const gz = gzipSync(text)
  expect((await readAll(gz)).rows).toHaveLength(50_000)
  const zst = zlib.zstdCompressSync(text, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })
  expect((await readAll(zst)).rows).toHaveLength(50_000)
  expect((await readAll(Buffer.concat([zst, zlib.zstdCompressSync('x,y\n')]))).rows.at(-1)).toEqual(['x', 'y'])
  const spoilt = (packed: Buffer): Buffer => Buffer.from(packed).fill(7, packed.length >> 1, (packed.length >> 1) + 64)
  expect(await codeOf(readAll(gz.subarray(0, gz.length - 40_000)))).toBe('truncated-file')
  expect(await codeOf(readAll(zst.subarray(0, zst.length - 40_000)))).toBe('truncated-file')
  expect(await codeOf(readAll(spoilt(gz)))).toBe('corrupt-file')
  expect(await codeOf(readAll(spoilt(zst)))).toBe('corrupt-file')
  await expect(readAll(gzipSync('a,b\n1,2\n').subarray(0, -4))).rejects.toThrow('8 unpacked bytes (2 whole lines)')
})

test('a line of 100 MB is one malformed record, in bounded memory', async () => {
  const path = newPath()
  const piece = 'x'.repeat(1 << 20)
  function* content(): Generator<string> {
    yield 'a,b\n1,2\n'
    for (let index = 0; index < 100; index++) yield piece
    yield '\n3,4\n'
  }
  await pipeline(Readable.from(content()), createWriteStream(path))
  const output = newPath()
  const rejects = newPath()
  const result = await normaliseFile(path, format(), { copy: output, rejects })
  expect(result).toMatchObject({ records: 2, malformed: 1 })
  const malformed = []
  for await (const record of readRejects(rejects)) malformed.push(record)
  expect(malformed[0]).toMatchObject({ line: 3, malformed: { en: expect.stringContaining('104857600') } })
  expect(malformed[0]?.raw).toHaveLength(65_536)
  expect((await stat(output)).mode & 0o777).toBe(0o600)
  const text = (await createReadStream(output).toArray()).join('')
  expect(text).toBe('line,a,b\n2,1,2\n4,3,4\n')
})

test('malformed records come back whole, whatever separates lines elsewhere', async () => {
  const raw = 'one\u2028two\u2029three,\u0085four,"five'
  const rejects = newPath()
  await normaliseFile(await write(`a,b\n1,2\n${raw}\n3,4\n`), format(), { copy: newPath(), rejects })
  const malformed = []
  for await (const record of readRejects(rejects)) malformed.push(record)
  expect(malformed).toMatchObject([{ line: 3, raw }])
})

test('wide tables become long, without empty cells', async () => {
  const settings = { unpivot: { columns: '^Week', key: 'week', value: 'grp' } }
  const { columns, rows } = await readAll('Show,Week 1,Week 2\nA,1.5,\nB,2,3\nC\n', settings)
  expect(columns).toEqual(['Show', 'week', 'grp'])
  expect(rows).toEqual([
    ['A', 'Week 1', '1.5'],
    ['B', 'Week 1', '2'],
    ['B', 'Week 2', '3'],
    ['malformed', 'C'],
  ])
  expect(await codeOf(readAll('a,b\n', settings))).toBe('nothing-to-unpivot')
})

test('files that are no tables', async () => {
  expect(await codeOf(readAll(''))).toBe('empty-file')
  expect(await codeOf(readAll('\ufeff\n\n'))).toBe('empty-file')
  expect(await codeOf(readAll(Buffer.from('PK\x03\x04junk', 'latin1')))).toBe('binary-file')
  expect(await codeOf(readAll('a,"b\n1,2\n'))).toBe('malformed-header')
  const folder = newPath()
  await mkdir(folder)
  expect(await codeOf(normaliseFile(folder, format(), { copy: newPath(), rejects: newPath() }))).toBe('unreadable-file')
})
