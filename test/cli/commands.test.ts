import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Shape, shapeOf } from '../../src/cli/answer-shape.ts'
import { catalogue } from '../../src/cli/catalogue.ts'
import { parametersOf } from '../../src/cli/parameters.ts'
import { registry } from '../../src/cli/registry.ts'
import { renderAnswer } from '../../src/cli/render-answer.ts'
import { renderHelp } from '../../src/cli/render-help.ts'
import { run } from '../../src/cli/run.ts'
import type { Question } from '../../src/question.ts'
import { locales } from '../../src/text.ts'
import { makeProject, type TestProject } from '../support/project.ts'
import { inventReviews } from '../support/reviews.ts'

const root = join(import.meta.dirname, '../..')
const names = Object.keys(registry)
const questions = await Promise.all(Object.values(registry).map((load) => load()))
const chinese = /\p{Script=Han}/u

/** What a command of an example gets besides, so that it stays small. */
const smaller: Readonly<Record<string, readonly string[]>> = { demo: ['--viewers', '40', '--days', '15'] }

/** Commands that go on until they are stopped; test/commands/spark-up.spark.test.ts runs their examples. */
const unending = ['spark up']

let project: TestProject
const home = process.cwd()
beforeAll(async () => {
  project = await makeProject()
  await layOut(project)
  process.chdir(project.folder)
  await project.ask('build')
  await project.ask('quarantine', 'export', 'mended.csv')
}, 60_000)
afterAll(async () => {
  process.chdir(home)
  await project.remove()
})

/** A project that holds what the examples of the commands name. */
async function layOut({ write, settings }: TestProject): Promise<void> {
  await write(
    'catalogue.csv',
    'title,year,type,minutes,genre,cast\nHigh Crimes,2002,film,115,Drama,A\nDusk,2020,film,90,Comedy,B\n',
  )
  await write(
    'charts.csv',
    'title,day,measure,value\nHigh Crimes,2025-01-01,views,90\nHigh Crimes,2025-01-01,rank,1\nDusk,2025-01-01,views,80\nDusk,2025-01-01,rank,2\n',
  )
  const day = (row: number) => `2025-01-${String(1 + (row % 20)).padStart(2, '0')}`
  const play = (row: number) =>
    `v${row},${row === 10 ? '' : row % 3 ? 'High Crimes' : 'Dusk'},${20 + row},${day(row)} 20:00:00,tv,here`
  const plays = `user_id,title,watched_minutes,start_time,device,region\n${Array.from({ length: 60 }, (_, row) => play(row)).join('\n')}\n`
  await write('raw/aurora/watch_records.csv', plays)
  await write('watch_records.csv', plays)
  await write('logs/plays.csv', plays)
  await write('plays.csv', plays.replace('watched_minutes', 'watch_time'))
  await write(
    'episodes.json',
    JSON.stringify([
      { title: 'Dusk', scenes: [{ 'time in': '00:00:05', 'time out': '00:01:00', description: 'A door.' }] },
    ]),
  )
  const watched = (users: readonly number[], items: readonly number[]) =>
    `user_id,item_id\n${users.flatMap((user) => items.map((item) => `u${user},t${(user + item) % 9}`)).join('\n')}\n`
  const rating = (row: number) => `fan${row % 10},Film ${(row + Math.floor(row / 10)) % 8},${1 + (row % 5)},${day(row)}`
  await write(
    'ratings.csv',
    `user,title,stars,day\n${Array.from({ length: 60 }, (_, row) => rating(row)).join('\n')}\n`,
  )
  await write('train.csv', watched([...Array(30).keys()], [0, 1, 2, 3, 4, 5]))
  await write('fold_in.csv', watched([31, 32, 33], [0, 1, 2]))
  await write('target.csv', watched([31, 32, 33], [3, 4]))
  const reviews = inventReviews(600, 3).map(
    ({ text, label }, i) => `${text.replaceAll(',', ';')},${label ? 5 : 1},s${i % 2}`,
  )
  await write('reviews.csv', `text,stars,site\n${reviews.join('\n')}\n`)
  await write('labelled.csv', 'text,opinions\nA dull plot but Ada Quill is superb.,story:-1; acting@Ada Quill:1\n')
  const from = (name: string) => ({ from: name })
  await settings({
    sources: [
      {
        name: 'catalogue',
        kind: 'title',
        files: ['catalogue.csv'],
        columns: {
          title: from('title'),
          year: from('year'),
          title_type: from('type'),
          runtime_seconds: { from: 'minutes', unit: 'minutes' },
          genres: from('genre'),
          actors: from('cast'),
          directors: from('cast'),
        },
      },
      {
        name: 'charts',
        kind: 'panel_rating',
        files: ['charts.csv'],
        columns: {
          title: from('title'),
          period_start: { from: 'day', format: 'ISO 8601' },
          measure: from('measure'),
          value: from('value'),
        },
      },
      {
        name: 'aurora',
        kind: 'viewing',
        files: ['raw/aurora/watch_records.csv'],
        timeZone: 'UTC',
        columns: {
          viewer: from('user_id'),
          title: from('title'),
          watched_seconds: { from: 'watched_minutes', unit: 'minutes' },
          started_at: from('start_time'),
          device: from('device'),
          region: from('region'),
        },
      },
      {
        name: 'fans',
        kind: 'rating',
        files: ['ratings.csv'],
        timeZone: 'UTC',
        columns: {
          viewer: from('user'),
          title: from('title'),
          rating: from('stars'),
          rated_at: { from: 'day', format: 'ISO 8601' },
        },
      },
    ],
  })
}

/** The words of an example as a shell would give them to `marquee`. */
function wordsOf(example: string): string[] {
  const [command, ...words] = [...example.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
  expect(command).toBe('marquee')
  return words.flatMap((word) => (/\*\./.test(word) ? globSync(word) : [word]))
}

/** Parts of a shape that a person sees, with the way to each. */
function shownIn(shape: Shape, path: string): [string, Shape][] {
  const inner = [
    ...Object.entries(shape.properties).map(([name, part]): [string, Shape] => [`${path}.${name}`, part]),
    ...(shape.item ? [[`${path}[]`, shape.item] as [string, Shape]] : []),
  ]
  return inner
    .filter(([at, part]) => !part.isDetail && at !== '.notes' && part.kind !== 'text')
    .flatMap(([at, part]): [string, Shape][] => [[at, part], ...shownIn(part, at)])
}

const isLeaf = ([, { kind }]: [string, Shape]) => kind === 'value' || kind === 'map'

test('every declaration in the sources is a command, and every command is listed', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )
  const declared = sources.flatMap((file) =>
    [...readFileSync(join(root, 'src', file), 'utf8').matchAll(/question\(\{\s+name: '([^']+)'/g)].map(
      ([, name]) => name,
    ),
  )
  expect(names).toEqual(expect.arrayContaining(declared))
  expect(questions.map(({ name }) => name)).toEqual(names)
  expect(catalogue.map(({ name }) => name)).toEqual(names)
  for (const name of names) expect(renderHelp('en')).toMatch(new RegExp(`^  ${name} `, 'm'))
})

describe.each(questions.map((question): [string, Question] => [question.name, question]))('%s', (name, question) => {
  test('says what it is in both languages', () => {
    expect(question.summary.en).toMatch(/^[A-Z].*[^.]$/)
    expect(question.summary.zh).toMatch(chinese)
    for (const { description } of parametersOf(question)) {
      expect(description.en).toMatch(/^[A-Z]/)
      expect(description.zh).toMatch(chinese)
    }
    const bare = shownIn(shapeOf(question.result), '').filter((entry) => isLeaf(entry) && !entry[0].endsWith('[]'))
    expect(bare.filter(([, { label }]) => !label || !chinese.test(label.zh)).map(([at]) => at)).toEqual([])
    expect(question.examples.length).toBeGreaterThan(0)
  })

  test('has help that fits a terminal', async () => {
    for (const locale of locales) {
      let out = ''
      const terminal = {
        out: { columns: 80, write: (text: string) => (out += text) },
        err: { write: () => undefined },
        environment: {},
        folder: project.folder,
      }
      expect(await run([...name.split(' '), '--help', '--locale', locale], terminal)).toBe(0)
      for (const example of question.examples) expect(out).toContain(example)
      const lines = out.split('\n').filter((line) => !line.includes('marquee'))
      expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(80)
      expect(out).toContain(locale === 'en' ? 'Options:' : '选项：')
    }
  })

  test.skipIf(unending.includes(name)).each([...question.examples])('%s', { timeout: 60_000 }, async (example) => {
    const words = wordsOf(example)
    const { code, out, err } = await project.run(...words, ...(smaller[name] ?? []), '--json')
    expect(code, err).toBe(0)
    const answer: unknown = JSON.parse(out)
    expect(question.result.parse(answer)).toEqual(answer)
    for (const locale of locales) {
      const text = renderAnswer(question, answer, { locale, width: 100 })
      expect(text.trim()).not.toBe('')
      expect(text).not.toMatch(/\[object Object\]|\bundefined\b|\bNaN\b|[{}]|":| \n/)
    }
  })
})

test('a word that is nearly a command or option is told the nearest', async () => {
  const told = async (...words: string[]) => {
    const { code, err } = await project.run(...words)
    expect(code).toBe(2)
    return err
  }
  expect(await told('hot', 'titels')).toContain('marquee hot titles')
  expect(await told('quarantine')).toContain('quarantine show')
  expect(await told('biuld')).toContain('marquee build')
  expect(await told('quarantin', 'list')).toContain('marquee quarantine list')
  expect(await told('quality', '--sorce', 'aurora')).toContain('--source')
  expect(await told('audience', '--by', 'wek')).toContain('week')
})
