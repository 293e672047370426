import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { sentimentTitles } from '../../../src/reviews/index.ts'
import { demoSettings, simulate } from '../../../src/simulate/index.ts'
import { makeProject, type TestProject } from '../../support/project.ts'
import { contextOf, openWarehouse } from '../../support/warehouse.ts'

let project: TestProject
beforeAll(async () => {
  project = await makeProject()
  const out = join(project.folder, 'raw')
  const summary = await simulate({ viewers: 2000, days: 1, seed: 9, out, catalogue: 'invented' })
  const settings = demoSettings(summary, 'raw')
  const sources = settings.sources?.filter(({ kind }) => kind === 'title' || kind === 'review') ?? []
  await project.write('marquee.yaml', stringify({ ...settings, sources }))
  await project.ask('build')
})
afterAll(() => project.remove())

it('agrees with the planted truth of a simulated project', async () => {
  const lines = (await readFile(join(project.folder, 'raw/truth/reviews.csv'), 'utf8')).trim().split('\n').slice(1)
  const truth = new Map<number, boolean>()
  for (const [line, , isFavourable] of lines.map((one) => one.split(',')))
    truth.set(Number(line), isFavourable === 'true')
  const { rows: reviews } = await project.ask<{ rows: { line: number; name: string; verdict: string }[] }>(
    'query',
    'SELECT line, name, verdict FROM review_sentiment JOIN title USING (title_id)',
    ...['--limit', '10000'],
  )
  expect(reviews).toHaveLength(truth.size)
  const right = reviews.filter(({ line, verdict }) => verdict === (truth.get(line) ? 'positive' : 'negative'))
  expect(right.length / reviews.length).toBeGreaterThan(0.9)
  const { rows } = await project.ask<{ rows: { name: string; favourable: number; low: number; high: number }[] }>(
    ...['sentiment', 'titles', '--limit', '100'],
  )
  expect(rows.length).toBeGreaterThan(20)
  const judged = rows.map(({ name, favourable, low, high }) => {
    const own = reviews.filter((review) => review.name === name)
    const share = own.filter(({ line }) => truth.get(line)).length / own.length
    return { error: favourable - share, isWithin: low <= share && share <= high }
  })
  const mean = judged.reduce((sum, { error }) => sum + error, 0) / judged.length
  expect(Math.abs(mean)).toBeLessThan(0.02)
  expect(judged.filter(({ isWithin }) => isWithin).length / judged.length).toBeGreaterThan(0.95)
})

it('counts the reviews of episodes for their series, leaves out titles of too few, and says where none is left', async () => {
  const verdicts = { 1: ['positive', 'positive', 'negative', 'unsure'], 2: ['positive', 'not-judged'], 3: ['unsure'] }
  const reviews = Object.entries(verdicts).flatMap(([title, own]) =>
    own.map((verdict, line) => ({ title_id: Number(title), source: 's', file: 'f', line, verdict })),
  )
  const context = contextOf(
    await openWarehouse({
      title: [
        { title_id: 1, name: 'Night' },
        { title_id: 2, name: 'Night 1', series_id: 1 },
        { title_id: 3, name: 'Dawn' },
      ],
      review_sentiment: reviews,
    }),
  )
  const { rows } = await sentimentTitles.ask(context, { least: 1, limit: 5 })
  expect(rows).toMatchObject([
    { titleId: '1', name: 'Night', favourable: 0.75, positive: 3, negative: 1, unsure: 1, notJudged: 1 },
  ])
  expect(rows[0]?.low).toBeLessThan(0.75)
  expect(rows[0]?.high).toBeGreaterThan(0.75)
  expect(await sentimentTitles.ask(context, { least: 5, limit: 5 })).toMatchObject({ rows: [], notes: [{}] })
})
