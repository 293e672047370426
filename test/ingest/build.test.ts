import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeProject, type TestProject } from '../support/project.ts'

let project: TestProject
beforeEach(async () => {
  project = await makeProject()
})
afterEach(() => project.remove())

const watch = {
  name: 'watch',
  kind: 'viewing' as const,
  files: ['watch_*.csv'],
  timeZone: 'Asia/Shanghai',
  columns: {
    viewer: { from: 'user_id' },
    title: { from: 'title' },
    watched_seconds: { from: 'watch_time', unit: 'hours' as const },
    started_at: { from: 'started_at' },
    device: { from: 'device' },
  },
}

const header = 'user_id,title,watch_time,started_at,device\n'

interface Ledger {
  readonly file: string
  readonly read: number
  readonly accepted: number
  readonly duplicates: number
  readonly quarantined: number
  readonly reasons: Record<string, number>
  readonly warnings: Record<string, number>
}

interface Built {
  readonly version: number
  readonly isNew: boolean
  readonly filesRead: number
  readonly identityHolds: boolean
  readonly rows: Ledger[]
}

const query = async (text: string) => (await project.ask<{ rows: Record<string, unknown>[] }>('query', text)).rows

describe('build', () => {
  it('joins a time of day with the day of its row; an end before its start is on the next day', async () => {
    const times = { day: 'date', format: '%d.%m.%Y %H:%M' }
    await project.settings({
      sources: [
        {
          name: 'schedule',
          kind: 'airing',
          files: ['schedule.csv'],
          timeZone: 'Europe/Berlin',
          columns: {
            title: { from: 'title' },
            channel: { value: 'One' },
            started_at: { from: 'start', ...times },
            ended_at: { from: 'end', ...times },
          },
        },
      ],
    })
    await project.write('schedule.csv', 'title,date,start,end\nDawn,15.01.2024,23:30,00:15\nNoon,15.01.2024,,12:00\n')
    const { rows } = await project.ask<Built>('build')
    expect(rows[0]).toMatchObject({ read: 2, accepted: 1, quarantined: 1 })
    expect(await query('SELECT started_at, ended_at FROM airing')).toEqual([
      { started_at: '2024-01-15T22:30:00Z', ended_at: '2024-01-15T23:15:00Z' },
    ])
    await project.write('schedule.csv', 'title,start,end\nDawn,23:30,00:15\n')
    const { err } = await project.run('build')
    expect(err).toContain('date')
  })

  it('accounts for every row of every file', async () => {
    await project.settings({ sources: [watch] })
    await project.write(
      'watch_a.csv',
      `${header}u1,"Night, Season 2",1.5,2024-01-01 08:00:00,tv
u1,"Night, Season 2",1.5,2024-01-01 08:00:00,tv
u2,,1.0,2024-01-01 09:00:00,tv
u2,,1.0,2024-01-01 09:00:00,tv
u3,Dawn,-1,2024-01-01 09:00:00,tv
u3,Dawn,0,2024-01-01 10:00:00,tv
u4,Dawn,abc,2024-01-01 09:00:00,tv
u4,Dawn,30,2024-02-01 09:00:00,tv
u5,Dawn,NaN,2024-02-30 09:00:00,tv
u6,Dawn,1e308,2024-03-01 09:00:00,tv
u7,Dawn,1,2199-03-01 09:00:00,tv
u8,Dawn,1
u9,Dawn,1,2024-03-01 09:00:00,phone
`,
    )
    await project.write(
      'watch_b.csv',
      `${header}u1,"Night, Season 2",1.5,2024-01-01 08:00:00,tv\nu9,Dusk,0.5,2024-03-02 09:00:00,\n`,
    )
    const built = await project.ask<Built>('build')
    expect(built.identityHolds).toBe(true)
    const [a, b] = built.rows
    expect(a).toMatchObject({ file: 'watch_a.csv', read: 13, accepted: 2, duplicates: 2, quarantined: 9 })
    expect(a?.reasons).toEqual({
      'exact-duplicate': 2,
      'excessive-duration': 1,
      'malformed-row': 1,
      'non-positive-duration': 2,
      'required-missing': 1,
      'start-in-future': 1,
      unparseable: 3,
    })
    expect(b).toMatchObject({ file: 'watch_b.csv', read: 2, accepted: 1, duplicates: 1, quarantined: 0 })
    expect(
      await query('SELECT file, line, watched_seconds, started_at, device FROM viewing ORDER BY file, line'),
    ).toEqual([
      { file: 'watch_a.csv', line: 2, watched_seconds: 5400, started_at: '2024-01-01T00:00:00Z', device: 'tv' },
      { file: 'watch_a.csv', line: 14, watched_seconds: 3600, started_at: '2024-03-01T01:00:00Z', device: 'phone' },
      { file: 'watch_b.csv', line: 3, watched_seconds: 1800, started_at: '2024-03-02T01:00:00Z', device: null },
    ])
  })

  it('changes nothing when nothing has changed, reads only what is new, and replaces what a changed file held', async () => {
    await project.settings({ sources: [watch] })
    await project.write('watch_a.csv', `${header}u1,Dawn,1,2024-01-01 08:00:00,tv\nu2,Dawn,1,2024-01-01 08:00:00,tv\n`)
    expect(await project.ask<Built>('build')).toMatchObject({ version: 1, isNew: true, filesRead: 1 })
    expect(await project.ask<Built>('build')).toMatchObject({ version: 1, isNew: false, filesRead: 0 })
    await project.write('watch_b.csv', `${header}u2,Dawn,1,2024-01-01 08:00:00,tv\nu3,Dusk,1,2024-01-01 08:00:00,tv\n`)
    const second = await project.ask<Built>('build')
    expect(second).toMatchObject({ version: 2, isNew: true, filesRead: 1 })
    expect(second.rows[1]).toMatchObject({ accepted: 1, duplicates: 1 })
    await project.write('watch_a.csv', `${header}u1,Dawn,2,2024-01-01 08:00:00,tv\n`)
    const third = await project.ask<Built>('build')
    expect(third).toMatchObject({ version: 3, filesRead: 1 })
    expect(third.rows[1]).toMatchObject({ accepted: 2, duplicates: 0 })
    expect(await query('SELECT sum(watched_seconds) AS seconds, count(*) AS plays FROM viewing')).toEqual([
      { seconds: 14400, plays: 3 },
    ])
  })

  it('gives the same tables whether files arrive at once or one by one', async () => {
    const files: Record<string, string> = {}
    for (let file = 0; file < 4; file++) {
      const rows = Array.from({ length: 60 }, (_, row) => {
        const viewer = (row * 7 + file) % 9
        const minute = String((row * 13 + file * 5) % 60).padStart(2, '0')
        return `u${viewer},Title ${row % 5},${((row % 6) + 1) / 4},2024-01-0${(row % 3) + 1} 1${file}:${minute}:00,${row % 2 ? 'tv' : 'phone'}`
      })
      files[`watch_${file}.csv`] = `${header}${[...rows, rows[3], rows[5]].join('\n')}\n`
    }
    await project.settings({ sources: [watch] })
    const finding = 'SELECT * FROM finding ORDER BY ALL'
    for (const [name, text] of Object.entries(files)) {
      await project.write(name, text)
      await project.ask('build')
    }
    const stepwise = [await query(finding), await query('SELECT * FROM viewing ORDER BY ALL')]
    const whole = await makeProject()
    try {
      await whole.settings({ sources: [watch] })
      await whole.write('marquee.key', await readFile(join(project.folder, 'marquee.key'), 'utf8'))
      const { chmod } = await import('node:fs/promises')
      await chmod(join(whole.folder, 'marquee.key'), 0o600)
      for (const [name, text] of Object.entries(files)) await whole.write(name, text)
      await whole.ask('build')
      const ask = async (text: string) => (await whole.ask<{ rows: unknown[] }>('query', text)).rows
      expect([await ask(finding), await ask('SELECT * FROM viewing ORDER BY ALL')]).toEqual(stepwise)
    } finally {
      await whole.remove()
    }
  })

  it('counts the rows of a file that was added twice once', async () => {
    await project.settings({ sources: [watch] })
    const text = `${header}u1,Dawn,1,2024-01-01 08:00:00,tv\nu2,Dawn,1,2024-01-01 08:00:00,tv\n`
    await project.write('watch_a.csv', text)
    await project.write('watch_copy.csv', text)
    const { rows } = await project.ask<Built>('build')
    expect(rows.map(({ accepted, duplicates }) => [accepted, duplicates])).toEqual([
      [2, 0],
      [0, 2],
    ])
  })

  it('takes a log without times, and still tells copies apart', async () => {
    const { started_at: _started, ...columns } = watch.columns
    await project.settings({ sources: [{ ...watch, columns }] })
    await project.write('watch_a.csv', `${header}u1,Dawn,1,,tv\nu1,Dawn,1,,tv\nu1,Dawn,2,,tv\n`)
    expect((await project.ask<Built>('build')).rows[0]).toMatchObject({ accepted: 2, duplicates: 1, quarantined: 0 })
  })

  it.each([
    ['a minute', { maximumPerMinute: 3 }, 10],
    ['a day', { maximumPerDay: 3 }, 3600],
  ])('keeps out viewers with too many plays in %s, and nobody else', async (_, parameters, seconds) => {
    await project.settings({ sources: [watch], rules: { 'invalid-viewer': { parameters } } })
    const plays = (viewer: string, count: number) =>
      Array.from({ length: count }, (_row, index) => {
        const time = new Date(Date.UTC(2024, 0, 1, 8) + index * seconds * 1000).toISOString().slice(0, 19)
        return `${viewer},Dawn,0.001,${time.replace('T', ' ')},tv\n`
      }).join('')
    await project.write('watch_a.csv', `${header}${plays('robot', 4)}${plays('person', 3)}`)
    expect((await project.ask<Built>('build')).rows[0]).toMatchObject({
      accepted: 3,
      quarantined: 4,
      reasons: { 'invalid-viewer': 4 },
    })
  })

  it('leaves no raw viewer id anywhere in .marquee', async () => {
    await project.settings({ sources: [watch] })
    const ids = ['alice@example.org', '王小明']
    await project.write(
      'watch_a.csv',
      `${header}${ids.map((id) => `${id},Dawn,1,2024-01-01 08:00:00,tv\n${id},Dawn,-1,2024-01-01 08:00:00,tv\n${id},Dawn,1\n`).join('')}`,
    )
    await project.ask('build')
    const files = (await readdir(join(project.folder, '.marquee'), { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile(),
    )
    expect(files.length).toBeGreaterThan(5)
    for (const file of files) {
      const bytes = await readFile(join(file.parentPath, file.name))
      for (const id of ids) expect(bytes.includes(id), `${file.name} holds ${id}`).toBe(false)
    }
  })

  it('keeps a play that two sources report once, when an id map says that the viewers are one', async () => {
    const other = { ...watch, name: 'other', files: ['other.csv'], viewerIds: 'watch', priority: -1 }
    await project.settings({ sources: [watch, other] })
    await project.write('watch_a.csv', `${header}u1,Dawn,1,2024-01-01 08:00:00,tv\n`)
    await project.write(
      'other.csv',
      `${header}u1,DAWN,0.9,2024-01-01 08:00:30,box\nu2,Dawn,1,2024-01-01 08:00:00,box\n`,
    )
    const built = await project.ask<Built>('build')
    expect(built.rows[1]).toMatchObject({ accepted: 1, duplicates: 1, reasons: { 'cross-source-duplicate': 1 } })
  })

  it('joins viewers of two sources only through the id map', async () => {
    const other = { ...watch, name: 'other', files: ['other.csv'] }
    await project.settings({ sources: [watch, other] })
    await project.write('watch_a.csv', `${header}u1,Dawn,1,2024-01-01 08:00:00,tv\nu2,Dawn,1,2024-01-02 08:00:00,tv\n`)
    await project.write('other.csv', `${header}u1,Dawn,1,2024-01-03 08:00:00,box\nx7,Dawn,1,2024-01-04 08:00:00,box\n`)
    await project.ask('build')
    const viewers = 'SELECT count(DISTINCT viewer_id) AS viewers FROM viewing'
    expect(await query(viewers)).toEqual([{ viewers: 4 }])
    await project.write('people.csv', 'source,viewer,person\nwatch,u2,p1\nother,x7,p1\n')
    await project.settings({ sources: [watch, other], identities: 'people.csv' })
    await project.ask('build')
    expect(await query(viewers)).toEqual([{ viewers: 3 }])
    await project.write('people.csv', 'source,viewer,person\nwatch,u2,p1\nwatch,u2,p2\n')
    expect((await project.run('build')).err).toContain('identities-torn')
  })

  it('refuses what it cannot read, naming file and remedy, and publishes nothing', async () => {
    await project.settings({ sources: [watch] })
    const missing = await project.run('build')
    expect(missing.code).toBe(2)
    expect(missing.err).toContain('file-missing')
    await project.write('watch_a.csv', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1, 2]))
    const binary = await project.run('build')
    expect(binary.code).toBe(3)
    expect(binary.err).toContain('watch_a.csv')
    expect((await project.run('status')).out).toContain('Not built yet')
  })

  it('takes SQL in names and values as data', async () => {
    const name = `Robert'); DROP TABLE "viewing"; SELECT 'x`
    await project.settings({ sources: [{ ...watch, columns: { ...watch.columns, title: { from: 'ti"tle\'' } } }] })
    await project.write(
      'watch_a.csv',
      `user_id,"ti""tle'",watch_time,started_at,device\nu1,"${name.replaceAll('"', '""')}",1,2024-01-01 08:00:00,tv\n`,
    )
    await project.ask('build')
    expect(await query('SELECT t.name FROM viewing JOIN title t USING (title_id)')).toEqual([{ name }])
  })

  it('keeps totals and notes of a table out, but no title that only begins like one', async () => {
    const columns = { title: { from: '片名' }, gross: { from: '票房' }, tickets: { from: '人次' } }
    await project.settings({ sources: [{ name: 'cinema', kind: 'box_office', files: ['cinema.csv'], columns }] })
    await project.write(
      'cinema.csv',
      '片名,票房,人次\n夜航,100,4\n总计划,50,2\nTotal Eclipse,25,1\n来源：海边,5,1\n合  计,180,8\nGrand Total:,180,8\n注：含服务费,,\n',
    )
    const { rows } = await project.ask<Built>('build')
    expect(rows).toMatchObject([{ read: 7, accepted: 4, quarantined: 3 }])
    expect(rows[0]?.reasons['summary-row']).toBe(3)
    expect(await query('SELECT sum(gross) AS gross, sum(tickets) AS tickets FROM box_office')).toEqual([
      { gross: 180, tickets: 8 },
    ])
    const names = await query("SELECT count(*) AS found FROM title WHERE name LIKE '%计' OR name LIKE '%Total:'")
    expect(names).toEqual([{ found: 0 }])
  })

  it('seals the value that each reason is about, and says what is malformed in the language of the reader', async () => {
    await project.settings({ sources: [watch] })
    await project.write(
      'watch_a.csv',
      `${header}u1,Dawn,1.5,刚刚,tv\nu2,Dusk,"一小时",2024-01-01 09:00:00,tv\nu3,Dusk,1,2024-01-01 09:00:00,tv\n`,
    )
    await project.write('watch_b.csv', `${header}u1,Dawn,1.5\n\nu2,Dusk,soon,2024-01-01 09:00:00,tv\n`)
    await project.ask('build')
    const listed = (locale: string) =>
      project.ask<{ entries: { line: number; reasons: { field?: string; value?: string; message: string }[] }[] }>(
        'quarantine',
        'list',
        '--locale',
        locale,
      )
    const reasons = (await listed('zh-CN')).entries.flatMap((entry) => entry.reasons)
    expect(reasons.map(({ field, value }) => [field, value])).toEqual([
      ['started_at', '刚刚'],
      ['watched_seconds', '一小时'],
      [undefined, undefined],
      ['watched_seconds', 'soon'],
    ])
    expect(reasons[2]?.message).toBe('有 3 个字段，应为 5 个。')
    expect((await listed('en')).entries[2]?.reasons[0]?.message).toBe('It has 3 fields where 5 are expected.')
  })

  it('takes spaces of every kind off values, and a genre of drama for no series', async () => {
    const columns = { title: { from: '片名' }, year: { from: '年份' }, title_type: { from: '类型' } }
    await project.settings({ sources: [{ name: 'films', kind: 'title', files: ['films.csv'], columns }] })
    const rows = ['夜航,1994\u00a0,喜剧', '\u3000海边,\t2001,电视剧', '长冬,2003,剧场版']
    await project.write('films.csv', `片名,年份,类型\n${rows.join('\n')}\n`)
    expect((await project.ask<Built>('build')).rows).toMatchObject([{ read: 3, accepted: 3 }])
    expect(await query('SELECT name, year, title_type AS type FROM title ORDER BY year')).toEqual([
      { name: '夜航', year: 1994, type: 'unknown' },
      { name: '海边', year: 2001, type: 'series' },
      { name: '长冬', year: 2003, type: 'unknown' },
    ])
  })
})
