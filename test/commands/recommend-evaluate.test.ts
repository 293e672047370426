import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { entryRows, rowOf, type SparseMatrix } from '../../src/kernels/matrices/sparse.ts'
import { Random } from '../../src/kernels/random.ts'
import { type Split, splitByViewer } from '../../src/recommend/evaluation/held-out.ts'
import { makeProject, type TestProject } from '../support/project.ts'
import { tastes } from '../support/tastes.ts'

let project: TestProject
beforeEach(async () => {
  project = await makeProject()
})
afterEach(() => project.remove())

const [{ train, heldOut }] = splitByViewer(tastes({ viewers: 200 }), 40, 1, new Random(3)) as [Split]

const csvOf = (matrix: SparseMatrix, prefix: string) =>
  [
    'user_id,item_id,weight',
    ...Array.from({ length: matrix.rows }, (_, row) => {
      const { index, value } = rowOf(matrix, row)
      return Array.from(index, (title, e) => `${prefix}${row},片${title},${value[e]}`)
    }).flat(),
  ].join('\n')

const pathOf = (file: string) => `${project.folder}/${file}`
async function writeAll(changed: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const files = {
    train: csvOf(train.interactions, 'u'),
    foldIn: csvOf(heldOut.foldIn, 'v'),
    target: csvOf(heldOut.target, 'v'),
    ...changed,
  }
  for (const [name, text] of Object.entries(files)) await project.write(`${name}.csv`, text)
  return ['--train', pathOf('train.csv'), '--fold-in', pathOf('foldIn.csv'), '--target', pathOf('target.csv')]
}

interface Told {
  readonly model: string
  readonly told: string
  readonly viewers: number
}

interface Answer {
  readonly viewers: number
  readonly testViewers: number
  readonly coldStart: readonly Told[]
  readonly byTitlesTold: readonly Told[]
  readonly exposure: readonly { model: string; attribute: string; value: string | null }[]
  readonly rows: readonly Record<string, number | string | null>[]
  readonly comparisons: readonly { best: string; other: string; difference: number; pValue: number }[]
  readonly notes: readonly { en: string }[]
}
const evaluate = (...words: string[]) => project.ask<Answer>('recommend', 'evaluate', ...words)
async function failure(...words: string[]): Promise<string> {
  const { code, err } = await project.run('recommend', 'evaluate', ...words, '--json')
  expect(code).not.toBe(0)
  return (JSON.parse(err.slice(err.indexOf('{'))) as { error: { code: string } }).error.code
}

test('judges every model on the files, the best first, each beside its interval', { timeout: 120_000 }, async () => {
  const answer = await evaluate(...(await writeAll()))
  expect(answer.testViewers).toBe(40)
  expect(answer.rows.map(({ model }) => model).sort()).toEqual([
    ...['auto', 'autoencoder', 'ease', 'ials', 'item-based', 'popularity', 'user-based'],
  ])
  expect(answer.rows.at(-1)?.model).toBe('popularity')
  for (const row of answer.rows) {
    expect(row.ndcg100Low).toBeLessThanOrEqual(row.ndcg100 as number)
    expect(row.ndcg100High).toBeGreaterThanOrEqual(row.ndcg100 as number)
    expect(() => JSON.parse(row.settings as string)).not.toThrow()
  }
  const last = answer.comparisons.find(({ other }) => other === 'popularity')
  expect(last?.pValue).toBeLessThan(0.05)
  expect(answer.notes.map(({ en }) => en)).toEqual([
    expect.stringMatching(/^auto: /),
    expect.stringMatching(/^content-based is left out: /),
  ])
})

test('gives the same for the same seed', { timeout: 60_000 }, async () => {
  const words = [...(await writeAll()), '--model', 'ials', '--seed', '4']
  const strip = ({ rows }: Answer) => rows.map(({ trainSeconds: _, listsPerSecond: __, ...row }) => row)
  expect(strip(await evaluate(...words))).toEqual(strip(await evaluate(...words)))
})

test('leaves out what cannot be guessed, and says how much', { timeout: 60_000 }, async () => {
  const words = await writeAll({
    target: `${csvOf(heldOut.target, 'v')}\nv0,never seen,1\nw,never seen,1`,
    foldIn: `${csvOf(heldOut.foldIn, 'v')}\nv0,unknown,1`,
  })
  const { testViewers, notes } = await evaluate(...words, '--model', 'item-based')
  expect(testViewers).toBe(40)
  expect(notes.map(({ en }) => en)).toEqual([
    expect.stringMatching(/^2 rows to be guessed/),
    expect.stringMatching(/^1 rows of what is told/),
  ])
})

test('judges a viewer of whom nothing is told', { timeout: 60_000 }, async () => {
  const words = await writeAll({ foldIn: 'user_id,item_id\nsomebody,片1' })
  const { rows } = await evaluate(...words, '--model', 'popularity', 'item-based')
  for (const row of rows) expect(row).toMatchObject({ popularityLift: null })
  expect(rows[0]?.ndcg100).toBeGreaterThan(0)
  expect(rows[1]?.ndcg100).toBe(rows[0]?.ndcg100)
})

test('says why the only model that was asked for cannot learn', async () => {
  const words = [...(await writeAll()), '--model', 'content-based']
  expect((await project.run('recommend', 'evaluate', ...words)).err).toContain('title-facts-missing')
})

/** Films of four genres, and plays of them over four weeks: by 60 viewers, each of whom likes one genre. */
async function writeProject({ plays: most = Number.POSITIVE_INFINITY, timed = true } = {}): Promise<void> {
  const { interactions, facts = [] } = tastes({ viewers: 60, titles: 40 })
  const rows = entryRows(interactions)
  const day = (entry: number) => `2025-03-${String(1 + ((entry * 11) % 28)).padStart(2, '0')}`
  const lines = Array.from(interactions.index, (title, entry) => `v${rows[entry]},Film ${title},5,${day(entry)}`)
  await project.write('ratings.csv', `user,title,stars,day\n${lines.slice(0, most).join('\n')}\n`)
  const films = facts.map(({ genres }, title) => `Film ${title},film,${genres[0]},China,${1986 + title}`)
  await project.write('films.csv', `title,type,genre,country,year\n${films.join('\n')}\n`)
  const from = (name: string) => ({ from: name })
  await project.settings({
    sources: [
      {
        ...{ name: 'films', kind: 'title', files: ['films.csv'] },
        columns: {
          ...{ title: from('title'), title_type: from('type'), genres: from('genre'), countries: from('country') },
          year: from('year'),
        },
      },
      {
        ...{ name: 'web', kind: 'rating', files: ['ratings.csv'], timeZone: 'UTC' },
        columns: {
          ...{ viewer: from('user'), title: from('title'), rating: from('stars') },
          ...(timed ? { rated_at: { from: 'day', format: 'ISO 8601' } } : {}),
        },
      },
    ],
  })
  await project.ask('build')
}

describe('on a project', () => {
  const models = ['--model', 'popularity', 'content-based']

  test('judges viewers held out, and says what lists give room to', { timeout: 60_000 }, async () => {
    await writeProject()
    const answer = await evaluate(...models)
    expect([answer.viewers, answer.testViewers]).toEqual([45, 15])
    expect(answer.rows.map(({ model }) => model)).toEqual(['content-based', 'popularity'])
    type Settings = { members: readonly { algorithm: string }[] }
    const members = ({ settings }: Answer['rows'][number]) =>
      (JSON.parse(settings as string) as Settings).members.map(({ algorithm }) => algorithm)
    expect(answer.rows.map(members)).toEqual([
      ['content-based', 'popularity'],
      ['popularity', 'content-based'],
    ])
    expect(new Set(answer.exposure.map(({ model }) => model))).toEqual(new Set(['content-based']))
    expect(answer.exposure.filter(({ attribute }) => attribute === 'genre')).toHaveLength(4)
    expect(answer.exposure.filter(({ attribute }) => attribute === 'country')).toEqual([
      { model: 'content-based', attribute: 'country', value: 'China', listed: 1, watched: 1, catalogue: 1, ratio: 1 },
    ])
    expect(answer.exposure.filter(({ attribute }) => attribute === 'age').map(({ value }) => value)).toEqual([
      ...['0', '1-2', '3-5', '6-10', '11-20', '21+'],
    ])
    expect(answer.coldStart.map(({ model, told, viewers }) => [model, told, viewers])).toEqual([
      ...['1', '2', '5'].map((told) => ['content-based', told, 15]),
      ...['1', '2', '5'].map((told) => ['popularity', told, 15]),
    ])
    expect(answer.byTitlesTold.reduce((sum, { viewers }) => sum + viewers, 0)).toBe(2 * 15)
    expect(answer.notes).toEqual([])
  })

  test('lets models guess what was watched last', { timeout: 60_000 }, async () => {
    await writeProject()
    const { rows, viewers, testViewers, notes } = await evaluate(...models, '--split', 'time', '--half-life-days', '0')
    expect(testViewers).toBeGreaterThan(30)
    expect(rows).toHaveLength(2)
    expect(viewers).toBe(60)
    expect(notes.map(({ en }) => en)).toEqual([expect.stringMatching(/learned from the viewers judged too/)])
  })

  test('says what it takes', { timeout: 60_000 }, async () => {
    await writeProject({ timed: false })
    expect(await failure('--split', 'time')).toBe('times-unknown')
    await writeProject({ plays: 1 })
    expect(await failure()).toBe('nobody-held-out')
    expect(await failure('--split', 'time')).toBe('nobody-held-out')
  })

  test('has nothing to do with files, all three of which must be named', async () => {
    expect(await failure('--train', 'train.csv')).toBe('file-missing')
    const { err } = await project.run('recommend', 'evaluate', '--train', 'a.csv', '--target', 'b.csv')
    expect(err).toContain('--fold-in is missing')
  })
})

describe('refuses', () => {
  test('what says how to cut plays, of files that are cut', async () => {
    const files = await writeAll()
    expect(await failure(...files, '--split', 'viewers')).toBe('parameter-unused')
    const { err } = await project.run('recommend', 'evaluate', ...files, '--split', 'time', '--half-life-days', '0')
    expect(err).toContain('--split and --half-life-days cannot be used with files')
  })

  test.each([
    [
      'a weight that is none',
      { train: 'user_id,item_id,weight\nu,a,1\nu,b,NaN' },
      /weight-not-positive.*\n.*train\.csv:3|train\.csv.*3/,
    ],
    ['a negative weight', { train: 'user_id,item_id,weight\nu,a,-1\nu,b,1' }, /weight-not-positive/],
    ['a row without an id', { foldIn: 'user_id,item_id\nv0,片1\n,片2' }, /id-missing/],
    ['other columns', { target: 'user,item\nv0,片1\nv0,片2' }, /column-missing/],
    ['files whose titles have nothing in common', { target: 'user_id,item_id\nv0,a\nv0,b' }, /nothing-to-judge/],
  ])('%s, naming the file', async (_, changed, said) => {
    const { code, err } = await project.run('recommend', 'evaluate', ...(await writeAll(changed)))
    expect(code).not.toBe(0)
    expect(err).toMatch(said)
    expect(err).toContain(Object.keys(changed)[0])
  })
})
