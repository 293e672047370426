import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isMarqueeError } from '../../src/errors.ts'
import type { FileWork } from '../../src/ingest/read/file-work.ts'
import { type FormatSettings, formatSettings } from '../../src/project/settings.ts'

const csv = 'viewer,title\nu1,Dawn\nu2,\nu3,"长安, ""夜"""\n'
const rough = csv.replace('u2,', '\nu2,,more')
const objects = ['{"viewer":"u1","title":"Dawn"}', '{"viewer":"u2"}', '{"viewer":"u3","title":"长安"}']
const damaged = gzipSync(csv.repeat(2_000), { level: 0 }).fill('?', 50_000, 50_010)
const cut = gzipSync(csv.repeat(2_000))

type Settings = Partial<FormatSettings>

/** Files that are read as they lie there. */
const plain: readonly [name: string, bytes: string | Buffer, format?: Settings][] = [
  ['CSV', csv],
  ['CSV behind a byte order mark', `\ufeff${csv}`],
  ['text without a header', 'u1;Dawn\nu2;\n', { delimiter: ';', header: false, names: ['viewer', 'title'] }],
]

/** Files that are plain once they are unpacked. */
const packed: readonly [name: string, bytes: Buffer, format?: Settings][] = [
  ['CSV, gzip', gzipSync(csv)],
  ['CSV, Zstandard', zstdCompressSync(csv)],
  ['CSV in GB18030', iconv.encode(csv, 'gb18030'), { encoding: 'gb18030' }],
  ['CSV in UTF-16', iconv.encode(`\ufeff${csv}`, 'utf16le')],
  ['CSV in GB18030, gzip', gzipSync(iconv.encode(csv, 'gb18030')), { encoding: 'gb18030' }],
]

/** Files that are rewritten, with the records and the malformed ones that they hold. */
const mended: readonly [name: string, bytes: string | Buffer, format: Settings, records: number, malformed: number][] =
  [
    ['CSV with a blank line and a record of other width', rough, {}, 2, 1],
    ['the same, gzip', gzipSync(rough), {}, 2, 1],
    ['JSON', `[${objects.join(',\n')}]`, { type: 'json' }, 3, 0],
    ['JSON Lines', [...objects, '{'].join('\n'), { type: 'jsonl' }, 3, 1],
    ['JSON Lines, gzip', gzipSync(objects.join('\n')), { type: 'jsonl' }, 3, 0],
  ]

/** Files that cannot be read, and what is said of them. */
const refused: readonly [name: string, bytes: Buffer | string | undefined, code: string, format?: Settings][] = [
  ['an empty file', '', 'empty-file'],
  ['an Excel workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'binary-file'],
  ['no file', undefined, 'missing-file'],
  ['a damaged gzip file', damaged, 'corrupt-file'],
  ['a gzip file that was cut', cut.subarray(0, cut.length - 20), 'truncated-file'],
  ['JSON without a list', '{"a":{"b":1}}', 'no-records', { type: 'json' }],
  ['a pattern that is none', csv, 'invalid-pattern', { unpivot: { columns: '(', key: 'k', value: 'v' } }],
]

/** What `work` has to do with every kind of file, whichever thread does it. */
export function fileWorkContract(name: string, open: () => FileWork & { close?(): Promise<void> }): void {
  describe(`file work: ${name}`, () => {
    let folder: string
    let work: FileWork & { close?(): Promise<void> }
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'marquee-work-'))
      work = open()
    })
    afterAll(async () => {
      await work.close?.()
      await rm(folder, { recursive: true })
    })

    let files = 0
    const newPath = () => join(folder, `file-${files++}`)
    const write = async (bytes: string | Buffer) => {
      const path = newPath()
      await writeFile(path, bytes)
      return path
    }
    const going = new AbortController().signal

    it.each(plain)('%s is plain', async (_, bytes, format = {}) => {
      const input = { file: await write(bytes), format: formatSettings.parse(format) }
      const scan = await work.scan(input, going)
      expect(scan).toMatchObject({ isPlain: true, header: ['viewer', 'title'], bytes: Buffer.byteLength(bytes) })
      expect(scan.sha256).toMatch(/^[0-9a-f]{64}$/)
    })

    it.each(packed)('%s is plain once unpacked', async (_, bytes, format = {}) => {
      const input = { file: await write(bytes), format: formatSettings.parse(format) }
      expect(await work.scan(input, going)).toMatchObject({ isPlain: false, isPacked: true, bytes: bytes.length })
      const text = newPath()
      expect(await work.unpack({ ...input, text }, going)).toMatchObject({ isPlain: true, records: 3 })
      expect(await readFile(text, 'utf8')).toBe(csv)
    })

    it.each(mended)('%s is rewritten', async (_, bytes, settings, records, malformed) => {
      const input = { file: await write(bytes), format: formatSettings.parse(settings) }
      const scan = await work.scan(input, going)
      expect(scan.isPlain).toBe(false)
      const text = newPath()
      if ('isPacked' in scan && scan.isPacked) expect(await work.unpack({ ...input, text }, going)).toBeUndefined()
      expect(existsSync(text)).toBe(false)
      const [copy, rejects] = [newPath(), newPath()]
      const found = await work.normalise({ ...input, copy, rejects }, going)
      expect(found).toMatchObject({ columns: ['viewer', 'title'], records, malformed })
      expect(await readFile(copy, 'utf8')).toMatch(/^line,viewer,title\n\d+,u1,Dawn\n/)
      const lines = (await readFile(rejects, 'utf8')).split('\n').filter((line) => line !== '')
      expect(lines.map((line) => JSON.parse(line))).toHaveLength(malformed)
    })

    it('Parquet is weighed and named by its bytes', async () => {
      const input = { file: await write('PAR1...PAR1'), format: formatSettings.parse({ type: 'parquet' }) }
      expect(await work.scan(input, going)).toMatchObject({ isPlain: false, isPacked: false, bytes: 11 })
    })

    it.each(refused)('%s is refused', async (_, bytes, code, settings = {}) => {
      const file = bytes === undefined ? newPath() : await write(bytes)
      const input = { file, format: formatSettings.parse(settings) }
      const failure = await (async () => {
        await work.scan(input, going)
        await work.normalise({ ...input, copy: newPath(), rejects: newPath() }, going)
      })().catch((error: unknown) => error)
      if (!isMarqueeError(failure)) throw failure
      expect(failure.code).toBe(code)
      expect(failure.message).toBe(failure.text.en)
      expect(failure.text.zh).toMatch(/\p{Script=Han}/u)
      expect(failure.advice?.en).toBeTruthy()
      expect(failure.advice?.zh).toMatch(/\p{Script=Han}/u)
      if (code !== 'invalid-pattern') expect(failure.file).toBe(file)
      if (code === 'corrupt-file' || code === 'truncated-file') expect(failure.value).toEqual(expect.any(Number))
      if (code === 'missing-file') expect(failure.cause).toMatchObject({ code: 'ENOENT' })
    })

    it('errors of the system say what they are', async () => {
      const input = { file: await write(gzipSync(csv)), format: formatSettings.parse({}) }
      const text = join(folder, 'nowhere', 'text')
      await expect(work.unpack({ ...input, text }, going)).rejects.toMatchObject({ code: 'ENOENT', path: text })
    })

    it('ends when it is aborted, with the reason, and leaves files alone then', async () => {
      const line = `${JSON.stringify({ viewer: 'u1', title: 'x'.repeat(1_000) })}\n`
      const input = {
        file: await write(gzipSync(line.repeat(50_000))),
        format: formatSettings.parse({ type: 'jsonl' }),
      }
      const stopped = new AbortController()
      const copies = Array.from({ length: 3 }, () => ({ copy: newPath(), rejects: newPath() }))
      const works = copies.map((copy) => work.normalise({ ...input, ...copy }, stopped.signal))
      const reason = new Error('stopped by the test')
      setTimeout(() => stopped.abort(reason), 30)
      const ended = await Promise.allSettled(works)
      expect(ended).toEqual(works.map(() => ({ status: 'rejected', reason })))
      await Promise.all(copies.flatMap(({ copy, rejects }) => [copy, rejects]).map((path) => rm(path, { force: true })))
      const left = await readdir(folder)
      await expect(work.scan(input, stopped.signal)).rejects.toBe(reason)
      expect(await work.scan(input, going)).toMatchObject({ isPlain: false })
      expect(await readdir(folder)).toEqual(left)
    })
  })
}
