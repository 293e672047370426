import { spawn } from 'node:child_process'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Random } from '../../src/kernels/random.ts'
import { makeProject, type TestProject } from '../support/project.ts'

const main = new URL('../../src/cli/main.ts', import.meta.url).pathname
const header = 'user_id,title,minutes_watched,started_at,device\n'
const row = (viewer: number, { title = 'Dawn', minutes = '30', start = '2024-01-05 10:00:00' } = {}) =>
  `u${viewer},${title},${minutes},${start},tv\n`
const random = new Random(7)
const noise = (bytes: number) => Buffer.from(Array.from({ length: bytes }, () => random.integer(256)))
const log = header + Array.from({ length: 3000 }, (_, n) => row(n, { title: `T${random.integer(1e9)}` })).join('')
const packed = gzipSync(log)
const flipped = Buffer.from(packed)
flipped.fill(0x55, packed.length / 2, packed.length / 2 + 8)
const stackTrace = /\n\s+at .*:\d+:\d+/

interface Ledger {
  readonly file: string
  readonly read: number
  readonly accepted: number
  readonly duplicates: number
  readonly quarantined: number
}
interface Entry {
  readonly file: string
  readonly line: number
  readonly raw: string
  readonly reasons: { readonly rule: string; readonly field?: string; readonly message: string }[]
}

describe('files that cannot be added', () => {
  let project: TestProject
  let settings: string
  beforeAll(async () => {
    project = await makeProject()
    await project.ask('init', project.folder)
    settings = await readFile(join(project.folder, 'marquee.yaml'), 'utf8')
    await mkdir(join(project.folder, 'folder'))
  })
  afterAll(() => project.remove())

  it.each<[name: string, content: string | Buffer | undefined, code: string, exit: number]>([
    ['empty.csv', '', 'empty-file', 3],
    ['blank-lines.csv', '\n\n\n', 'empty-file', 3],
    ['header-only.csv', header, 'no-rows', 3],
    ['garbage.csv', noise(20_000), 'binary-file', 3],
    ['nul-bytes.csv', Buffer.alloc(1000), 'binary-file', 3],
    ['workbook.xlsx', 'PK\x03\x04 xl/workbook.xml', 'binary-file', 3],
    ['cut-in-its-header.csv.gz', packed.subarray(0, 5), 'truncated-file', 3],
    ['cut.parquet', 'PAR1', 'damaged-parquet', 3],
    ['one-line-of-20-MB.csv', Buffer.alloc(20_000_000, 'x'), 'malformed-header', 3],
    ['only-ragged.csv', `${header}u1,Dawn\nu2,Dawn\n`, 'no-rows', 3],
    ['no-list.json', '{"plays": 3}', 'no-records', 3],
    ['missing.csv', undefined, 'file-missing', 2],
    ['folder', undefined, 'not-a-file', 2],
  ])('%s', async (name, content, code, exit) => {
    if (content !== undefined) await project.write(name, content)
    const { code: ended, err } = await project.run('add', join(project.folder, name), '--kind', 'viewing')
    expect(err).toContain(`[${code}]`)
    expect(err).toContain(name)
    expect(err).toContain('→')
    expect(err).not.toMatch(stackTrace)
    expect(err).not.toContain('SELECT')
    expect(err.length).toBeLessThan(1500)
    expect(ended).toBe(exit)
    expect(await readFile(join(project.folder, 'marquee.yaml'), 'utf8')).toBe(settings)
  })

  it('asks about a column that is called right but holds five formats of dates', async () => {
    await project.write('dates.csv', header + fiveFormats.map((start, n) => row(n, { start })).join(''))
    const { code, err } = await project.run('add', join(project.folder, 'dates.csv'), '--time-zone', 'UTC')
    expect(code).toBe(2)
    expect(err).toContain('“started_at” is called so, but its values follow no one format (2024-01-15 10:00:00')
    expect(err).toContain('--answer started_at.from=started_at')
  })
})

const fiveFormats = ['2024-01-15 10:00:00', '15/01/2024 10:00', '01/16/2024 10:00', '2024年1月15日', '1705312800']

describe('rows that are kept out', () => {
  const good = [1, 2, 3, 4].map((viewer) => row(viewer)).join('')
  const files: Readonly<Record<string, { content: string | Buffer; bad: Readonly<Record<number, string>> }>> = {
    'ragged.csv': {
      content: `${header}u1,Dawn\n${row(2)}u3,Dawn,30,2024-01-05 10:00:00,tv,more\n${row(4)}`,
      bad: { 2: 'malformed-row', 4: 'malformed-row' },
    },
    'quotes.csv': {
      content: `${header}u1,"Da\nwn",30,2024-01-05 10:00:00,tv\nu2,"Say ""hi"", now",30,2024-01-05 10:00:00,tv\nu3,"Open,30,2024-01-05 10:00:00,tv\n${row(4)}u6,"Da"wn,30,2024-01-05 10:00:00,tv\n`,
      bad: { 5: 'malformed-row', 7: 'malformed-row' },
    },
    'nul.csv': { content: `${header}${row(1)}u2,Da\0wn,30,2024-01-05 10:00:00,tv\n`, bad: { 3: 'malformed-row' } },
    'not-utf-8.csv': {
      content: Buffer.concat([
        Buffer.from(`${header}${row(1, { title: 'Été' })}u2,D`),
        Buffer.from([0xe9]),
        Buffer.from(`j,30,2024-01-05 10:00:00,tv\n${row(3, { title: '长安' })}`),
      ]),
      bad: { 3: 'malformed-row' },
    },
    'mixed-encodings.csv': {
      content: Buffer.concat([
        Buffer.from(header + row(1, { title: '长安' })),
        iconv.encode(row(2, { title: '长安' }), 'gb18030'),
        Buffer.from(row(3, { title: '夜' })),
      ]),
      bad: { 3: 'malformed-row' },
    },
    'days-that-are-none.csv': {
      content: `${header}${good}${['2024-02-30 10:00:00', '2023-02-29 10:00:00', '2024-02-29 10:00:00', '2024-13-01 10:00:00'].map((start, n) => row(10 + n, { start })).join('')}`,
      bad: { 6: 'unparseable', 7: 'unparseable', 9: 'unparseable' },
    },
    'daylight-saving.csv': {
      content: `${header}${['2024-03-31 01:59:59', '2024-03-31 02:30:00', '2024-03-31 03:00:00', '2024-10-27 02:30:00'].map((start, n) => row(n, { start })).join('')}`,
      bad: { 3: 'unparseable' },
    },
    'numbers.csv': {
      content: `${header}${good}${['-5', '0', 'Infinity', '-Infinity', '1e308', '1e400', '0x10', '12abc', '1e9'].map((minutes, n) => row(10 + n, { minutes })).join('')}${good.replaceAll('u', 'v')}`,
      bad: {
        6: 'non-positive-duration',
        7: 'non-positive-duration',
        8: 'unparseable',
        9: 'unparseable',
        10: 'unparseable',
        11: 'unparseable',
        12: 'unparseable',
        13: 'unparseable',
        14: 'excessive-duration',
      },
    },
    'twice-the-same-header.csv': {
      content: `user_id,title,minutes_watched,started_at,title\nu1,Dawn,30,2024-01-05 10:00:00,Dusk\nu2,Dawn,30,2024-01-05 10:00:00,Noon\n`,
      bad: {},
    },
    'semicolons.csv': { content: (header + good).replaceAll(',', ';'), bad: {} },
    'carriage-returns.csv': { content: (header + good).replaceAll('\n', '\r'), bad: {} },
    'utf-16.csv': { content: Buffer.from(`\ufeff${header}${good}`, 'utf16le'), bad: {} },
    'list.json': {
      content: `[${['"u1"', 'oops', '"u3"'].map((viewer) => `{"user_id": ${viewer}, "title": "Dawn", "minutes_watched": 3, "started_at": "2024-01-05T10:00:00Z"}`).join(',\n')}`,
      bad: { 2: 'malformed-row', 3: 'malformed-row' },
    },
    'lines.jsonl': {
      content: `{"user_id": "u1", "title": "Dawn", "minutes_watched": 3, "started_at": "2024-01-05T10:00:00Z"}\n{oops\n[1]\n`,
      bad: { 2: 'malformed-row', 3: 'malformed-row' },
    },
  }
  const numbersAnswer = ['--answer', 'watched_seconds.from=minutes_watched']
  let project: TestProject
  let ledgers: Ledger[]
  let entries: Entry[]
  let said: { notes: { en: string }[] }
  beforeAll(async () => {
    project = await makeProject()
    await project.ask('init', project.folder)
    for (const [name, { content }] of Object.entries(files)) await project.write(name, content)
    const paths = Object.keys(files).map((name) => join(project.folder, name))
    said = await project.ask('add', ...paths, '--kind', 'viewing', '--time-zone', 'Europe/Berlin', ...numbersAnswer)
    ledgers = (await project.ask<{ rows: Ledger[] }>('build')).rows
    entries = (await project.ask<{ entries: Entry[] }>('quarantine', 'list', '--limit', '1000')).entries
  })
  afterAll(() => project.remove())

  it.each(Object.keys(files))('%s', (name) => {
    const ledger = ledgers.find(({ file }) => file === name)
    expect(ledger?.read).toBe((ledger?.accepted ?? 0) + (ledger?.duplicates ?? 0) + (ledger?.quarantined ?? 0))
    const kept = entries.filter(({ file }) => file === name)
    expect(Object.fromEntries(kept.map(({ line, reasons }) => [line, reasons[0]?.rule]))).toEqual(files[name]?.bad)
    expect(ledger?.quarantined).toBe(kept.length)
    expect((ledger?.accepted ?? 0) + (ledger?.duplicates ?? 0)).toBeGreaterThan(0)
    for (const { raw, reasons } of kept) {
      expect(raw).not.toBe('')
      expect(reasons[0]?.message).toMatch(/^[A-Z].*\.$/)
    }
  })

  it('says while adding what is odd about a file', () => {
    const notes = said.notes.map(({ en }) => en)
    expect(notes).toContain(
      'twice-the-same-header.csv: The header title is there more than once; column 5 is read as title (2).',
    )
    expect(notes).toContain('mixed-encodings.csv: Some lines are not UTF-8; they will be quarantined.')
  })

  it('reads the local times around a change of clocks for what they are', async () => {
    const { rows } = await project.ask<{ rows: unknown[] }>(
      'query',
      "SELECT line, started_at FROM viewing WHERE file = 'daylight-saving.csv' ORDER BY line",
    )
    expect(rows).toEqual([
      { line: 2, started_at: '2024-03-31T00:59:59Z' },
      { line: 4, started_at: '2024-03-31T01:00:00Z' },
      { line: 5, started_at: expect.stringMatching(/^2024-10-27T0[01]:30:00Z$/) },
    ])
  })
})

describe('sources that change after they were added', () => {
  let project: TestProject
  const plays = async () => (await project.ask<{ rows: unknown[] }>('query', 'SELECT count(*) AS n FROM viewing')).rows
  beforeAll(async () => {
    project = await makeProject()
    await project.ask('init', project.folder)
    await project.write('log.csv', header + row(1) + row(2))
    await project.ask('add', join(project.folder, 'log.csv'), '--time-zone', 'UTC')
    await project.ask('build')
  })
  afterAll(() => project.remove())

  const text = header + row(1) + row(2) + row(3)
  it.each<[what: string, content: string | Buffer | undefined, code: string, says: string]>([
    ['another delimiter', text.replaceAll(',', ';'), 'column-missing', 'separated by ";"'],
    ['a header misspelt', text.replace('title', 'titel'), 'column-missing', 'Did you mean titel?'],
    ['columns left out', 'title,device\nDawn,tv\n', 'column-missing', 'user_id, started_at, minutes_watched'],
    ['no header', row(1) + row(2), 'column-missing', 'Its columns are u1, Dawn, 30'],
    ['nothing in it', '', 'empty-file', 'log.csv is empty'],
    ['noise', noise(5000), 'malformed-header', 'Check the encoding'],
    ['another encoding', Buffer.from(text, 'utf16le'), 'malformed-header', 'It holds a NUL'],
    ['a truncated archive', packed.subarray(0, packed.length / 2), 'truncated-file', 'whole lines) were readable'],
    ['a corrupt archive', flipped, 'corrupt-file', 'Copy or download the file again'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1]), 'binary-file', 'is a picture'],
    ['no file', undefined, 'file-missing', 'Put the file back'],
  ])('%s', async (_, content, code, says) => {
    if (content === undefined) await rm(join(project.folder, 'log.csv'))
    else await project.write('log.csv', content)
    const { code: ended, err } = await project.run('build')
    expect(err).toContain(`[${code}]`)
    expect(err).toContain('log.csv')
    expect(err).toContain(says)
    expect(err).toContain('→')
    expect(err).not.toMatch(stackTrace)
    expect(err).not.toContain('SELECT')
    expect(ended).toBe(code === 'file-missing' ? 2 : 3)
    expect(await plays()).toEqual([{ n: 2 }])
  })

  it('takes a day without plays', async () => {
    await project.write('log.csv', header)
    expect(await project.ask<{ rows: Ledger[] }>('build')).toMatchObject({ rows: [{ read: 0, accepted: 0 }] })
    expect(await plays()).toEqual([{ n: 0 }])
  })

  it('takes JSON whose optional keys no record of a day has, and keeps out rows without the others', async () => {
    const columns = { viewer: { from: 'v' }, title: {}, watched_seconds: { from: 's', unit: 'seconds' as const } }
    const source = { kind: 'viewing' as const, format: { type: 'jsonl' as const } }
    await project.settings({
      sources: [{ ...source, name: 'day', files: ['day.jsonl'], columns: { ...columns, device: {}, region: {} } }],
    })
    await project.write('day.jsonl', '{"v":"u1","title":"Dawn","s":60,"device":"tv"}\n{"title":"Dawn","s":60}\n')
    expect(await project.ask('build')).toMatchObject({ rows: [{ read: 2, accepted: 1, quarantined: 1 }] })
    await project.write('day.jsonl', '{"other":"u1"}\n')
    expect((await project.run('build')).err).toContain('has no column title, v, s, device, region')
  })
})

it('takes the same compressed file twice', async () => {
  const project = await makeProject()
  try {
    const text = gzipSync(`${header}${row(1)}${'u2,Dawn\n'.repeat(3000)}`)
    await project.ask('init', project.folder)
    for (const name of ['a.csv.gz', 'b.csv.gz']) await project.write(name, text)
    const files = ['a.csv.gz', 'b.csv.gz'].map((name) => join(project.folder, name))
    await project.ask('add', ...files, '--time-zone', 'UTC')
    expect(await project.ask('build')).toMatchObject({
      rows: [
        { read: 3001, accepted: 1, duplicates: 0, quarantined: 3000 },
        { read: 3001, accepted: 0, duplicates: 1, quarantined: 3000 },
      ],
    })
  } finally {
    await project.remove()
  }
})

it('writes formulas and SQL in names as text', async () => {
  const project = await makeProject()
  try {
    const titles = [`=cmd|' /C calc'!A0`, '@SUM(1+1)', `x'); DROP TABLE viewing; --x`, '＝1+1']
    const quoted = (title: string) => `"${title.replaceAll('"', '""')}"`
    await project.ask('init', project.folder)
    const minutes = ['30', '30', '30', '-1']
    await project.write(
      'log.csv',
      header + titles.map((title, n) => row(n, { title: quoted(title), minutes: minutes[n] ?? '' })).join(''),
    )
    await project.ask('add', join(project.folder, 'log.csv'), '--time-zone', 'UTC')
    await project.ask('build')
    const exported = async (...words: string[]) => {
      const file = join(project.folder, 'out.csv')
      await project.ask(...words.map((word) => (word === 'FILE' ? file : word)))
      return readFile(file, 'utf8')
    }
    const cells = (await exported('export', 'title', '--out', 'FILE')).split(/[\r\n,]+/)
    expect(cells).toContain(`'=cmd|' /C calc'!A0`)
    expect(cells).toContain(`'@SUM(1+1)`)
    expect(cells).toContain(titles[2])
    expect(cells.filter((cell) => /^"?[=@＝]/.test(cell))).toEqual([])
    expect(await exported('quarantine', 'export', 'FILE')).toContain('u3,""＝1+1"",-1')
  } finally {
    await project.remove()
  }
})

it('keeps out a line of 150 MB in bounded memory', async () => {
  const project = await makeProject()
  try {
    await project.ask('init', project.folder)
    await project.write('log.csv', header + row(1))
    await project.ask('add', join(project.folder, 'log.csv'), '--time-zone', 'UTC')
    const file = await open(join(project.folder, 'log.csv'), 'a')
    await file.write('u2,')
    const megabyte = Buffer.alloc(1_000_000, 'x')
    for (let written = 0; written < 150; written++) await file.write(megabyte)
    await file.write(`,30,2024-01-05 10:00:00,tv\n${row(3)}`)
    await file.close()
    const told = 'process.on("exit", () => console.error("peak " + process.resourceUsage().maxRSS))'
    const child = spawn(
      process.execPath,
      ['--import', `data:text/javascript,${told}`, main, 'build', '--json', '--project', project.folder],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let out = ''
    let err = ''
    child.stdout.on('data', (piece) => (out += piece))
    child.stderr.on('data', (piece) => (err += piece))
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ rows: [{ read: 3, accepted: 2, quarantined: 1 }] })
    expect(Number(/peak (\d+)/.exec(err)?.[1]) / 1024).toBeLessThan(400)
    const { entries } = await project.ask<{ entries: Entry[] }>('quarantine', 'list')
    expect(entries).toMatchObject([{ line: 3, reasons: [{ message: expect.stringContaining('is 150000029 char') }] }])
    expect(entries[0]?.raw.length).toBeLessThan(100_000)
  } finally {
    await project.remove()
  }
})
