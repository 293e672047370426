import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Random } from '../../src/kernels/random.ts'
import { rowOf, type SparseMatrix } from '../../src/kernels/sparse.ts'
import { type Split, splitByViewer } from '../../src/recommend/evaluation/held-out.ts'
import { makeProject, type TestProject } from '../support/project.ts'
import { tastes } from '../support/tastes.ts'

let project: TestProject
beforeEach(async () => {
  project = await makeProject()
})
afterEach(() => project.remove())

const { train, heldOut } = splitByViewer(tastes({ viewers: 200 }), 40, new Random(3)) as Split

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

interface Answer {
  readonly testViewers: number
  readonly rows: readonly Record<string, number | string | null>[]
  readonly comparisons: readonly { best: string; other: string; difference: number; pValue: number }[]
  readonly notes: readonly { en: string }[]
}
const evaluate = (...words: string[]) => project.ask<Answer>('recommend', 'evaluate', ...words)

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
  const { rows } = await evaluate(...words, '--model', 'popularity')
  expect(rows[0]).toMatchObject({ popularityLift: null })
  expect(rows[0]?.ndcg100).toBeGreaterThan(0)
})

test('says why the only model that was asked for cannot learn', async () => {
  const words = [...(await writeAll()), '--model', 'content-based']
  expect((await project.run('recommend', 'evaluate', ...words)).err).toContain('title-facts-missing')
})

describe('refuses', () => {
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
