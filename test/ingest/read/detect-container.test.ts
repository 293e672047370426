import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { detectContainer } from '../../../src/ingest/read/detect-container.ts'
import { codeOf, write } from './fixture.ts'

const chinese = `用户,片名,开始时间\n${'张三,琅琊榜第12集,2024-01-02 20:15\n李四,繁花,2024-01-02 21:00\n'.repeat(9000)}`
const french = 'title,réalisateur\nL’été,François Truffaut\nAmélie,Jeunet\nélan,Hélène\n'

test.each([
  ['utf-8', Buffer.from(chinese)],
  ['utf-8', Buffer.from('a,b\n1,2\n')],
  ['utf-8', Buffer.from('a,b\n1,\0\n2,片\n3,名字字字字字字字字字字字字字字字字字字字\n')],
  ['gb18030', iconv.encode(chinese, 'gb18030')],
  ['gb18030', iconv.encode('片名\n甄嬛传\n', 'gb18030')],
  ['gb18030', iconv.encode('年份,票房\n2024,9\n', 'gb18030')],
  ['big5', iconv.encode('中文片名,國別,票房\n長夜,台灣,12\n港邊的人,香港,3\n', 'big5')],
  ['shift_jis', iconv.encode('作品名,順位\n夜の港,1\n長い冬,2\n', 'shift_jis')],
  ['euc-kr', iconv.encode('순위,영화명,매출액\n1,긴 겨울,98\n2,밤의 항구,3\n', 'euc-kr')],
  ['utf-16le', iconv.encode(chinese, 'utf-16le')],
  ['utf-16be', iconv.encode(chinese, 'utf-16be', { addBOM: false })],
  ['utf-16le', iconv.encode('a,b\n1,2\n', 'utf-16le')],
  ['latin1', iconv.encode(french, 'win1252')],
] as const)('%s without a mark (case %#)', async (encoding, content) => {
  expect(await detectContainer(await write(content))).toMatchObject({ content: 'text', encoding, byteOrderMark: false })
})

test.each(['utf-8', 'utf-16le', 'utf-16be'] as const)('%s with a mark, packed', async (encoding) => {
  expect(await detectContainer(await write(gzipSync(iconv.encode(chinese, encoding, { addBOM: true }))))).toEqual({
    content: 'text',
    compression: 'gzip',
    encoding,
    byteOrderMark: true,
    note: undefined,
  })
})

test('a doubtful choice is said', async () => {
  expect(await detectContainer(await write(iconv.encode(french, 'win1252')))).toMatchObject({
    note: { en: expect.stringContaining('Latin-1') },
  })
  expect(await detectContainer(await write(iconv.encode('영화명,감독\n긴 겨울,홍길동\n', 'euc-kr')))).toMatchObject({
    note: { en: expect.stringContaining('euc-kr') },
  })
  const mixed = Buffer.concat([Buffer.from(chinese.slice(0, 2000)), iconv.encode('王五,繁花\n', 'gb18030')])
  expect(await detectContainer(await write(mixed))).toMatchObject({
    encoding: 'utf-8',
    note: { en: expect.stringContaining('quarantined') },
  })
})

test('what is not text is named', async () => {
  expect(await detectContainer(await write('PAR1....PAR1'))).toEqual({ content: 'parquet' })
  expect(await codeOf(detectContainer(await write('')))).toBe('empty-file')
  const noise = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * index * 31 + (index >> 3)) & 255))
  expect(await codeOf(detectContainer(await write(noise)))).toBe('binary-file')
  const workbook = Buffer.from('PK\x03\x04..[Content_Types].xml', 'latin1')
  await expect(detectContainer(await write(workbook))).rejects.toThrow('an Excel workbook')
  await expect(detectContainer(await write('%PDF-1.7'))).rejects.toThrow('a PDF document')
})
