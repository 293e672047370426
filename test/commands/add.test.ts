import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeProject, type TestProject } from '../support/project.ts'

let project: TestProject
beforeEach(async () => {
  project = await makeProject()
  await project.ask('init', project.folder)
  await project.settings({})
})
afterEach(() => project.remove())

interface Added {
  readonly rows: { file: string; column: string; field: string | null }[]
  readonly sources: { name: string; kind: string; files: string[] }[]
  readonly refused: { file: string; code: string; advice: { en: string } | null }[]
}

const at = (file: string) => join(project.folder, file)
const query = async (text: string) => (await project.ask<{ rows: Record<string, unknown>[] }>('query', text)).rows

const weeks = (cells: readonly string[]) =>
  `Show,Week 1,Week 2,Week 3\n${cells.map((cell, index) => `Show ${'ABCD'[index]},${cell}`).join('\n')}\n`

describe('add', () => {
  it('adds the files that are clear, and says what to type for the others', async () => {
    await project.write('clear.csv', 'user_id,title,minutes_watched,start_time\nu1,Dawn,30,2024-01-01T10:00:00Z\n')
    await project.write('open.csv', 'user_id,title,duration,start_time\nu1,Dawn,30,2024-01-01T10:00:00Z\n')
    await project.write('empty.csv', 'user_id,title,duration\n')
    const { code, out } = await project.run('add', at('clear.csv'), at('open.csv'), at('empty.csv'), '--json')
    const added = JSON.parse(out) as Added
    expect(code).toBe(2)
    expect(added.sources).toMatchObject([{ name: 'clear', files: ['clear.csv'] }])
    expect(added.refused).toMatchObject([
      { file: 'open.csv', code: 'ambiguous' },
      { file: 'empty.csv', code: 'no-rows' },
    ])
    expect(added.refused[0]?.advice?.en).toContain('--answer watched_seconds.unit=minutes')
    const answer = ['--answer', 'watched_seconds.unit=minutes']
    expect(await project.ask<Added>('add', at('open.csv'), ...answer)).toMatchObject({ refused: [] })
  })

  it('says when a file is read twice as the same kind', async () => {
    await project.write('plays.csv', 'user_id,title,duration,start_time\nu1,Dawn,30,2024-01-01T10:00:00Z\n')
    const addAs = async (unit: string) =>
      (await project.run('add', at('plays.csv'), '--answer', `watched_seconds.unit=${unit}`, '--json')).out
    expect(await addAs('seconds')).not.toContain('count twice')
    expect(await addAs('seconds')).not.toContain('count twice')
    expect(await addAs('minutes')).toContain('plays.csv is read by the source plays as well')
  })

  it('changes nothing when no file can be added', async () => {
    await project.write('one.csv', 'user_id,title,duration,start_time\nu1,Dawn,30,2024-01-01 10:00:00\n')
    await project.write('two.csv', 'user_id,title,duration,start_time\nu1,Dusk,30,2024-01-01 10:00:00\n')
    const before = await readFile(at('marquee.yaml'), 'utf8')
    const { code, err } = await project.run('add', at('one.csv'), at('two.csv'))
    expect(code).toBe(2)
    expect(err).toContain('--time-zone Asia/Shanghai')
    expect(await readFile(at('marquee.yaml'), 'utf8')).toBe(before)
  })

  it('takes the measure of a table of weeks from the name of its file, and checks ranks against values', async () => {
    await project.write('tv_trp.csv', weeks(['6.1,6.6,6.7', '1.1,,0.6', '2.5,2.5,7']))
    await project.write('tv_rank.csv', weeks(['1.0,1.0,1.0', '3.0,,3.0', '2.0,2.0,2.0']))
    const added = await project.ask<Added>('add', at('tv_trp.csv'), at('tv_rank.csv'))
    expect(added.sources.map(({ name }) => name)).toEqual(['tv_trp', 'tv_rank'])
    expect(added.rows.map(({ column }) => column)).toContain('Week 1 … Week 3 (3)')
    await project.ask('build')
    expect(
      await query('SELECT measure, category, count(*) AS n FROM panel_rating GROUP BY ALL ORDER BY measure'),
    ).toEqual([
      { measure: 'rank', category: 'tv', n: 8 },
      { measure: 'rating', category: 'tv', n: 8 },
    ])
    const charts = await project.ask<{ rows: object[] }>('hot', 'charts')
    expect(charts.rows).toMatchObject([
      { source: 'tv_trp', measure: 'rating', periods: 3, agreeing: 2, disagreeing: ['Week 3'] },
    ])
  })

  it('reads rating, share and viewers of one file as measures of their own, files that are alike as one source', async () => {
    const header = 'No.,Title,Air date,Rating/share(18-49),Viewers(millions)'
    await project.write(
      's1.csv',
      `${header}\n1,One,"June 1, 2005",4.3/12,13.48\n2,Two,"June 8, 2005",15.09,\n3,More,"June 15, 2005",4.8/14,15.2\n`,
    )
    await project.write(
      's2.csv',
      `${header},Ref.\n1,Three,"April 1, 2006",5.0/14,TBD,x\n2,Four,"April 8, 2006",4/9,12.5,\n`,
    )
    const added = await project.ask<Added>('add', at('s1.csv'), at('s2.csv'))
    expect(added.sources.map(({ name, files }) => [name, files.length])).toEqual([
      ['s1', 2],
      ['s1_viewers', 2],
      ['s1_share', 2],
    ])
    await project.ask('build')
    expect(
      await query(
        "SELECT measure, value, CAST(period_start AS VARCHAR) AS day FROM panel_rating WHERE file = 's1.csv' AND line = 2 ORDER BY measure",
      ),
    ).toEqual([
      { measure: 'rating', value: 4.3, day: '2005-06-01' },
      { measure: 'share', value: 12, day: '2005-06-01' },
      { measure: 'viewers', value: 13480000, day: '2005-06-01' },
    ])
  })

  it('says in the list of columns what is read as two fields', async () => {
    await project.write('movies.csv', 'movieId,title,genres\n1,Dawn (1995),Drama|War\n2,Dusk (1996),Comedy\n')
    const added = await project.ask<Added>('add', at('movies.csv'))
    expect(added.rows.find(({ column }) => column === 'title')?.field).toBe('title, year')
  })

  it('reads cells that slipped under the names that are given', async () => {
    await project.write(
      'slip.csv',
      'Episode,Air date,Rating,Viewers\n1,Opening,2015-09-14,2.1\n2,Second,2015-09-21,1.1\n',
    )
    expect((await project.run('add', at('slip.csv'))).err).toContain("--answer 'names=")
    await project.ask('add', at('slip.csv'), '--answer', 'names=No.,Title,Air date,Rating')
    const built = await project.ask<{ rows: object[] }>('build')
    expect(built.rows).toMatchObject([{ read: 2, accepted: 2 }])
    expect(await query('SELECT value FROM panel_rating ORDER BY line')).toEqual([{ value: 2.1 }, { value: 1.1 }])
  })

  it('reads a weekly top 10 and finds the published ranks to follow from the views', async () => {
    const lines = ['2024-01-07', '2024-01-14'].flatMap((week, index) =>
      Array.from({ length: 10 }, (_, rank) => {
        const views = (10 - rank) * 1_000_000 + index * 1000
        const season = rank % 2 ? `Work ${rank}: Season 2` : 'N/A'
        return `${week}\tTV (English)\t${rank + 1}\tWork ${rank}\t${season}\t${views * 2}\t2.0\t${views}\t1`
      }),
    )
    const header =
      'week\tcategory\tweekly_rank\tshow_title\tseason_title\tweekly_hours_viewed\truntime\tweekly_views\tcumulative_weeks_in_top_10'
    await project.write('top.tsv', `${[header, ...lines].join('\n')}\n`)
    await project.ask('add', at('top.tsv'))
    expect(await project.ask('build')).toMatchObject({ rows: [{ read: 60, accepted: 60 }] })
    const { rows, charts } = await project.ask<{
      rows: object[]
      charts: { measure: string; rows: { rank: number; publishedRank: number }[] }[]
    }>('hot', 'charts')
    expect(rows).toMatchObject([
      { measure: 'hours_viewed', periods: 2, agreeing: 2 },
      { measure: 'views', periods: 2, agreeing: 2 },
    ])
    const views = charts.find(({ measure }) => measure === 'views')
    expect(views?.rows.map(({ rank }) => rank)).toEqual(views?.rows.map(({ publishedRank }) => publishedRank))
  })

  it('reads the scenes inside episodes where it is told to', async () => {
    const scene = (sceneStart: string, sceneEnd: string) => ({ sceneStart, sceneEnd, location: 'Hall' })
    const episode = { episodeTitle: 'One', seasonNum: 1, episodeNum: 1 }
    const scenes = [scene('0:00:10', '0:01:00'), scene('0:01:00', '0:02:30')]
    await project.write('episodes.json', JSON.stringify({ episodes: [{ ...episode, scenes }] }))
    const answers = ['--answer', 'explode=scenes']
    await project.ask('add', at('episodes.json'), '--kind', 'scene', ...answers)
    await project.ask('build')
    expect(await query('SELECT start_seconds, end_seconds, location FROM scene ORDER BY start_seconds')).toEqual([
      { start_seconds: 10, end_seconds: 60, location: 'Hall' },
      { start_seconds: 60, end_seconds: 150, location: 'Hall' },
    ])
  })
})
