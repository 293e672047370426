import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entryRows } from '../../src/kernels/matrices/sparse.ts'
import { start } from '../support/command.ts'
import { makeProject, type TestProject } from '../support/project.ts'
import { tastes } from '../support/tastes.ts'

interface Listed {
  readonly isPersonal: boolean
  readonly rows: readonly {
    readonly titleId: string
    readonly name: string
    readonly score: number
    readonly kind: string
    readonly placedBy: string
    readonly why: { readonly en: string; readonly zh: string } | null
    readonly contributions: readonly { readonly what: { readonly en: string }; readonly amount: number }[]
  }[]
  readonly notes: readonly { readonly en: string }[]
}

/** Films that most viewers watched, and one that nobody did. */
const titles = 40
const unwatched = 'Quiet Comedy'
const genreOf = (name: string) => Number(name.replace('Film ', '')) % 4

let project: TestProject
beforeAll(async () => {
  project = await makeProject()
  const { interactions, facts = [] } = tastes({ viewers: 80, titles })
  const rows = entryRows(interactions)
  const day = (entry: number) => `2025-03-${String(1 + (entry % 28)).padStart(2, '0')}`
  const plays = Array.from(
    interactions.index,
    (title, entry) => `v${rows[entry]},Film ${title},${60 + (entry % 40)},${day(entry)} 20:00:00`,
  )
  await project.write('plays.csv', `viewer,title,minutes,start\n${plays.join('\n')}\n`)
  const films = facts.map(
    ({ genres, directors }, title) =>
      `Film ${title},film,100,${genres[0]},${directors[0]},${title < 20 ? 'China' : 'France'}`,
  )
  await project.write(
    'films.csv',
    `title,type,minutes,genre,director,country\n${films.join('\n')}\n${unwatched},film,90,comedy,Director 0,China\n`,
  )
  await project.write(
    'web.csv',
    'user,title,stars\nv1,Film 3,5\nonly-web,Film 2,4\nonly-web,Film 6,5\nonly-web,Film 10,5\n',
  )
  const from = (name: string) => ({ from: name })
  await project.settings({
    sources: [
      {
        ...{ name: 'films', kind: 'title', files: ['films.csv'] },
        columns: {
          ...{ title: from('title'), title_type: from('type'), genres: from('genre'), directors: from('director') },
          ...{ countries: from('country'), runtime_seconds: { from: 'minutes', unit: 'minutes' } },
        },
      },
      {
        ...{ name: 'app', kind: 'viewing', files: ['plays.csv'], timeZone: 'UTC' },
        columns: {
          ...{ viewer: from('viewer'), title: from('title'), started_at: from('start') },
          watched_seconds: { from: 'minutes', unit: 'minutes' },
        },
      },
      {
        ...{ name: 'web', kind: 'rating', files: ['web.csv'] },
        columns: { viewer: from('user'), title: from('title'), rating: from('stars') },
      },
    ],
  })
  await project.ask('build')
}, 60_000)
afterAll(() => project.remove())

const listFor = (viewer: string, ...words: string[]) => project.ask<Listed>('recommend', 'for', viewer, ...words)
const failure = async (...words: string[]) => {
  const { code, err } = await project.run(...words, '--json')
  expect(code).not.toBe(0)
  return (JSON.parse(err) as { error: { code: string } }).error.code
}

describe('before anything is trained', () => {
  test('a question says what to run', async () => {
    expect(await failure('recommend', 'for', 'v1', '--source', 'app')).toBe('not-trained')
    expect((await project.ask<{ notes: { en: string }[] }>('recommend', 'models')).notes[0]?.en).toContain(
      'recommend train',
    )
  })

  test('an algorithm that there is not is refused', async () => {
    expect(await failure('recommend', 'train', '--model', 'magic')).toBe('unknown-algorithm')
  })

  test('no cluster is used where there is none', async () => {
    expect(await failure('recommend', 'train', '--on', 'cluster')).toBe('no-cluster')
  })
})

describe('a trained recommender', () => {
  beforeAll(async () => {
    await project.ask('recommend', 'train', '--model', 'item-based')
  })

  test('lists titles of the genre that a viewer likes, none of them seen', async () => {
    const { rows, isPersonal } = await listFor('v2', '--source', 'app', '--limit', '4')
    expect(isPersonal).toBe(true)
    expect(rows.filter(({ name }) => genreOf(name) === 2).length).toBeGreaterThanOrEqual(3)
    const plays = await readFile(join(project.folder, 'plays.csv'), 'utf8')
    for (const { name } of rows) expect(plays).not.toContain(`v2,${name},`)
  })

  test('the parts of a score sum to it, boosts included', async () => {
    const { rows } = await listFor('v2', '--source', 'app', '--boost', 'Film 7=0.4', '--pin', 'Film 9')
    expect(rows[0]).toMatchObject({ name: 'Film 9', placedBy: 'pin' })
    expect(rows.some(({ contributions }) => contributions.some(({ what }) => what.en.includes('boost')))).toBe(true)
    for (const { score, contributions } of rows) {
      const sum = contributions.reduce((total, { amount }) => total + amount, 0)
      expect(Math.abs(sum - score)).toBeLessThanOrEqual(1e-6 * Math.max(Math.abs(score), 1e-3))
    }
  })

  test('says why in both languages', async () => {
    const [first] = (await listFor('v2', '--source', 'app')).rows
    expect(first?.why?.en).toMatch(/^watched “Film \d+” \(\d+ %\)/)
    expect(first?.why?.zh).toMatch(/^看过《Film \d+》（\d+%）/)
  })

  test('explains any title of any viewer', async () => {
    const because = await project.ask<{ score: number; rank: number; rows: { amount: number }[] }>(
      ...['recommend', 'because', 'v2', 'Film 6', '--source', 'app', '--limit', '2'],
    )
    const sum = because.rows.reduce((total, { amount }) => total + amount, 0)
    expect(sum).toBeCloseTo(because.score, 6)
    expect(because.rank).toBeGreaterThan(0)
  })

  test('a play that the data do not have counts at once, also of somebody never seen', async () => {
    const stranger = await listFor('nobody')
    expect(stranger.isPersonal).toBe(false)
    expect(stranger.notes.map(({ en }) => en).join()).toContain('Nothing is known of the viewer nobody')
    const after = await listFor('nobody', '--watched', 'Film 3', '--limit', '3')
    expect(after.isPersonal).toBe(true)
    expect(after.rows.map(({ name }) => name)).not.toContain('Film 3')
    expect(after.rows.filter(({ name }) => genreOf(name) === 3).length).toBeGreaterThanOrEqual(2)
  })

  test('a title that nobody watched can be listed, for what it is about', async () => {
    const { rows } = await listFor('v0', '--source', 'app', '--limit', '50')
    const quiet = rows.find(({ name }) => name === unwatched)
    expect(quiet?.score).toBeGreaterThan(0)
    expect(quiet?.why?.en).toContain('comedy')
  })

  test('an impersonal list is the same for everybody', async () => {
    const [one, other] = [
      await listFor('v1', '--source', 'app', '--impersonal'),
      await listFor('nobody', '--impersonal'),
    ]
    expect(one.rows).toEqual(other.rows)
    expect(one.isPersonal).toBe(false)
    expect(one.rows[0]?.why?.en).toContain('popularity')
  })

  test('an id that two sources use for two viewers must name its source', async () => {
    expect(await failure('recommend', 'for', 'v1')).toBe('ambiguous-viewer')
    expect((await listFor('only-web')).isPersonal).toBe(true)
    expect(await failure('recommend', 'for', 'v1', '--source', 'films')).toBe('no-viewers')
  })

  test('a viewer_id of the tables names a viewer too', async () => {
    const { rows } = await project.ask<{ rows: { viewer_id: string }[] }>(
      ...['query', 'SELECT viewer_id FROM viewing GROUP BY 1 ORDER BY 1 LIMIT 1'],
    )
    expect((await listFor(`#${rows[0]?.viewer_id}`)).isPersonal).toBe(true)
  })

  test('filters keep to what they name, and a value that nothing has is refused', async () => {
    const { rows } = await listFor('v2', '--source', 'app', '--region', 'france', '--genre', 'Comedy', 'thriller')
    expect(rows.length).toBeGreaterThan(0)
    for (const { name } of rows)
      expect([Number(name.replace('Film ', '')) >= 20, genreOf(name) < 2]).toEqual([true, true])
    expect(await failure('recommend', 'for', 'v2', '--source', 'app', '--region', 'Frnce')).toBe(
      'filter-matches-nothing',
    )
  })

  test('where nothing is left the answer says so', async () => {
    const all = Array.from({ length: titles }, (_, title) => `Film ${title}`)
    const { rows, notes } = await listFor('v2', '--genre', 'comedy', '--source', 'app', '--watched', ...all, unwatched)
    expect(rows).toEqual([])
    expect(notes.map(({ en }) => en).join()).toContain('No title is left')
  })

  test('similar titles are of one kind', async () => {
    const { rows } = await project.ask<Listed>('recommend', 'similar', 'Film 4', '--limit', '4')
    expect(rows.filter(({ name }) => genreOf(name) === 0).length).toBeGreaterThanOrEqual(3)
    expect(rows.map(({ name }) => name)).not.toContain('Film 4')
  })

  test('the lists of all viewers are those of each, on any number of threads', async () => {
    const batch = async (threads: string) => {
      const file = join(project.folder, `lists-${threads}.jsonl`)
      const words = ['--out', file, '--format', 'jsonl', '--limit', '3', '--threads', threads]
      const { viewers, rowCount } = await project.ask<{ viewers: number; rowCount: number }>(
        'recommend',
        'batch',
        ...words,
      )
      expect([viewers, rowCount]).toEqual([82, 3 * 82])
      const lines = (await readFile(file, 'utf8')).trim().split('\n')
      return lines.map((line) => JSON.parse(line) as { viewer_id: string; title_id: string; score: number })
    }
    const [one, two] = [await batch('1'), await batch('2')]
    expect(two).toEqual(one)
    const { viewer_id } = one[30] as { viewer_id: string }
    const { rows } = await listFor(`#${viewer_id}`, '--limit', '3')
    const own = one.filter((row) => row.viewer_id === viewer_id)
    expect(own.map(({ title_id }) => title_id)).toEqual(rows.map(({ titleId }) => titleId))
    for (const [i, { score }] of own.entries()) expect(score).toBeCloseTo(rows[i]?.score ?? Number.NaN, 4)
  })

  test('lists of all viewers keep to filters', async () => {
    const file = join(project.folder, 'lists.csv')
    await project.ask('recommend', 'batch', '--out', file, '--region', 'France', '--limit', '2')
    const [header, ...lines] = (await readFile(file, 'utf8')).trim().split('\r\n')
    expect(header).toBe('viewer_id,rank,title_id,title,score')
    expect(lines.length).toBe(2 * 82)
    for (const line of lines) expect(Number(/Film (\d+)/.exec(line)?.[1])).toBeGreaterThanOrEqual(20)
  })

  test('who objects gets the list for everybody, and is not learned from', async () => {
    const before = await readFile(join(project.folder, 'marquee.yaml'), 'utf8')
    await project.write('objections.csv', 'source,viewer\napp,v2\nweb,only-web\n')
    await project.write('marquee.yaml', `${before}objections: objections.csv\n`)
    const [own, everybody] = [
      await listFor('v2', '--source', 'app', '--watched', 'Film 3'),
      await listFor('v3', '--source', 'app', '--impersonal'),
    ]
    expect(own.rows).toEqual(everybody.rows)
    expect(own.notes.map(({ en }) => en).join()).toContain('objects to personal recommendation')
    const trained = await project.ask<{ viewers: number }>('recommend', 'train', '--model', 'popularity')
    expect(trained.viewers).toBe(80)
    await project.write('objections.csv', 'source,viewer\nnowhere,v2\n')
    expect(await failure('recommend', 'for', 'v2', '--source', 'app')).toBe('no-viewers')
    await project.write('marquee.yaml', before)
    await project.ask('recommend', 'models', '--use', '1')
  })

  test('training again makes a version, from which one can go back', async () => {
    const before = await listFor('v5', '--source', 'app')
    await project.ask('recommend', 'train', '--model', 'popularity')
    expect((await listFor('v5', '--source', 'app')).rows).not.toEqual(before.rows)
    const { rows } = await project.ask<{ rows: { version: number; isPublished: boolean }[] }>(
      'recommend',
      'models',
      '--use',
      '1',
    )
    expect(rows.map(({ version, isPublished }) => [version, isPublished])).toEqual([
      [1, true],
      [2, false],
      [3, false],
    ])
    expect((await listFor('v5', '--source', 'app')).rows).toEqual(before.rows)
  })

  test('the same seed trains the same model', async () => {
    const train = () =>
      project.ask<{ sha256: string }>('recommend', 'train', '--model', 'ials', '--seed', '5', '--threads', '1')
    expect((await train()).sha256).toBe((await train()).sha256)
  })

  test('a training that was killed goes on where it was, with the same result', async () => {
    const words = ['recommend', 'train', '--model', 'ials', '--seed', '9', '--threads', '1']
    const killed = await start([...words, '--project', project.folder], (said, child) => {
      if (said.includes('Training on all viewers')) child.kill('SIGKILL')
    })
    expect(killed.code).toBeNull()
    const { code, out, err } = await start([...words, '--project', project.folder, '--json'])
    expect([code, err.includes('Choosing settings')]).toEqual([0, false])
    const whole = await project.ask<{ sha256: string; version: number; rows: unknown }>(...words)
    const resumed = JSON.parse(out) as typeof whole
    expect(resumed).toMatchObject({ sha256: whole.sha256, version: whole.version - 1, rows: whole.rows })
  })

  test('a damaged model is named, with what to do', async () => {
    const { version } = await project.ask<{ version: number }>('recommend', 'train', '--model', 'popularity')
    await writeFile(join(project.folder, `.marquee/models/recommender/${version}.model`), 'broken')
    expect(await failure('recommend', 'for', 'v2', '--source', 'app')).toBe('model-file-corrupt')
    await project.ask('recommend', 'models', '--use', String(version - 1))
    expect((await listFor('v2', '--source', 'app')).rows.length).toBeGreaterThan(0)
  })
})
