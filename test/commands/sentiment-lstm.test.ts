import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { start } from '../support/command.ts'
import { makeProject, type TestProject } from '../support/project.ts'
import { inventReviews } from '../support/reviews.ts'

const csvOf = (reviews: readonly { text: string; label: 0 | 1 }[]) =>
  `text,label\n${reviews.map(({ text, label }) => `"${text}",${label}`).join('\n')}\n`

let project: TestProject
let at: (file: string) => string
beforeAll(async () => {
  project = await makeProject()
  at = (file) => join(project.folder, file)
  await project.write('learn.csv', `${csvOf(inventReviews(3000, 1))}"",1\n`)
  await project.write('fewer.csv', csvOf(inventReviews(1000, 3)))
  await project.write('judge.csv', csvOf(inventReviews(300, 2)))
})
afterAll(() => project.remove())

const columns = ['--text', 'text', '--label', 'label']
const training = (file: string, out: string, ...more: string[]) => [
  ...['sentiment', 'train', at(file), ...columns, '--out', at(out), '--model', 'lstm'],
  ...['--embedding', '32', '--width', '32', ...more],
]

describe('an LSTM', () => {
  test('is trained, with what each pass came to', async () => {
    const answer = await project.ask<{ passes: { loss: number; logLoss: number }[] }>(
      ...training('learn.csv', 'reviews.model'),
    )
    expect(answer).toMatchObject({ reviews: 3000, file: at('reviews.model'), cost: null })
    expect(JSON.stringify(answer)).toContain('1 row without words left out')
    expect(answer.passes.length).toBeGreaterThan(3)
    expect(answer.passes.at(-1)?.loss).toBeLessThan(answer.passes[0]?.loss as number)
    expect(existsSync(at('reviews.model.training'))).toBe(false)
  })

  test('judges a file, is measured, and says that it is no sum', async () => {
    const model = at('reviews.model')
    const out = at('judged.jsonl')
    const answer = await project.ask(
      ...['sentiment', 'predict', model, at('judge.csv'), '--text', 'text', '--keep', 'label', '--out', out],
    )
    expect(answer.reviews).toBe(300)
    const rows = (await readFile(out, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows.every(({ words, probability }) => words === null && probability > 0)).toBe(true)
    const measured = await project.ask<{ accuracy: number }>(
      'sentiment',
      'evaluate',
      model,
      at('judge.csv'),
      ...columns,
    )
    expect(measured.accuracy).toBeGreaterThan(0.8)
    const right = rows.filter(({ probability, label }) => probability > 0.5 === (label === '1'))
    expect(right.length / 300).toBeCloseTo(measured.accuracy)
    const explained = await project.ask(
      'sentiment',
      'explain',
      model,
      'the plot is dull. the music is a mess. the pace bored me',
    )
    expect(explained).toMatchObject({ verdict: 'negative', rows: [] })
    expect(JSON.stringify(explained.notes)).toContain('no sum over words')
  })

  test.each(['SIGKILL', 'SIGINT'] as const)('ended by %s in the middle goes on to the same model', async (end) => {
    const out = `${end}.model`
    const words = training('fewer.csv', out, '--epochs', '4')
    const ended = await start(words, (said, child) => said.includes('pass 3') && child.kill(end))
    expect(ended.code).not.toBe(0)
    expect(existsSync(at(out))).toBe(false)
    expect(existsSync(at(`${out}.training`))).toBe(true)
    const again = await start(words)
    expect(again.err).toMatch(/Going on with a training that was cut off in pass \d/)
    expect(again.code).toBe(0)
    expect(existsSync(at(`${out}.training`))).toBe(false)
    await project.ask(...training('fewer.csv', 'whole.model', '--epochs', '4'))
    expect(await readFile(at(out))).toEqual(await readFile(at('whole.model')))
  })
})

describe('bad input', () => {
  const refusal = async (...words: string[]) => {
    const { code, err } = await project.run(...words, '--json')
    expect(code).not.toBe(0)
    return JSON.parse(err.trim().split('\n').at(-1) ?? '').error
  }

  test.each([
    ['text,label\ngood,1\nfine,1\n', { code: 'one-outcome' }],
    ['text,label\n,1\n,0\n', { code: 'one-outcome' }],
    ['text,label\ngood,books\nbad,hotels\n', { code: 'labels-unknown' }],
    ['text,lable\ngood,1\n', { code: 'column-missing', value: 'label' }],
    ['', { code: 'empty-file' }],
  ])('refuses %# as a linear model does', async (content, error) => {
    await project.write('bad.csv', content)
    expect(await refusal(...training('bad.csv', 'bad.model'))).toMatchObject(error)
    const linear = ['sentiment', 'train', at('bad.csv'), ...columns, '--out', at('bad.model')]
    expect(await refusal(...linear)).toMatchObject(error)
    expect(existsSync(at('bad.model'))).toBe(false)
  })

  test.each([['--width', '64'], ['--pooling', 'max'], ['--bidirectional'], ['--threads', '1']])(
    'refuses %s of a linear model',
    async (flag, ...value) => {
      const words = ['sentiment', 'train', at('learn.csv'), ...columns, '--out', at('bad.model'), flag, ...value]
      expect(await refusal(...words)).toMatchObject({ code: 'setting-of-lstm', value: flag.slice(2) })
    },
  )

  test.each([
    ['--width', '20'],
    ['--pooling', 'median'],
    ['--epochs', '0'],
  ])('refuses %s %s', async (...setting) => {
    expect((await project.run(...training('learn.csv', 'bad.model', ...setting))).code).not.toBe(0)
  })
})
