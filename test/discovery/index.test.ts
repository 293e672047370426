import { afterAll, beforeAll, expect, test } from 'vitest'
import { hotActors, hotCharts, hotDirectors, hotGenres, hotTitles } from '../../src/discovery/index.ts'
import type { Warehouse } from '../../src/warehouse/warehouse.ts'
import { contextOf, openWarehouse, type TableRows } from '../support/warehouse.ts'

/** `counts[d]` plays of ten minutes on each of fourteen days. */
const daily = (title: number, counts: readonly number[], more = {}) =>
  counts.flatMap((count, day) =>
    Array.from({ length: count }, (_, index) => ({
      title_id: title,
      viewer_id: index,
      started_at: `2026-03-${String(day + 1).padStart(2, '0')} 12:00:00`,
      watched_seconds: 600,
      source: 'north',
      ...more,
    })),
  )

const week = (count: number) => new Array<number>(7).fill(count)
const title = [
  { title_id: 1, name: 'Steady', title_type: 'film' },
  { title_id: 2, name: 'Riser', title_type: 'series' },
  { title_id: 3, name: 'Riser E1', title_type: 'episode', series_id: 2 },
  { title_id: 4, name: 'Riser E2', title_type: 'episode', series_id: 2 },
  { title_id: 5, name: 'Tiny', title_type: 'film' },
]
const rows: TableRows = {
  title,
  title_genre: [{ title_id: 2, genre: 'Crime' }],
  credit: [
    { title_id: 2, person: 'Bo Chen', role: 'actor' },
    { title_id: 1, person: 'Ana Lin', role: 'director' },
  ],
  viewing: [
    ...daily(1, [...week(40), ...week(40)], { region: 'East' }),
    ...daily(3, [...week(10), ...week(10)], { region: 'East' }),
    ...daily(4, [...week(0), ...week(30)], { region: 'East' }),
    ...daily(4, [...week(0), ...week(10)], { region: 'West', source: 'south' }),
    ...daily(5, [1, 0, 0, 0, 0, 0, 0, 4]),
  ],
}

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse(rows)
})
afterAll(() => warehouse.engine.close())
const ask = async (asked: typeof hotTitles, parameters = {}, own = warehouse) =>
  asked.result.parse(await asked.ask(contextOf(own), asked.parameters.parse(parameters)))

test('episodes count for their series, and old minutes count less', async () => {
  const { rows: found } = await ask(hotTitles, { halfLifeDays: 1 })
  expect(found.map((row) => row.name)).toEqual(['Riser', 'Steady', 'Tiny'])
  const steady = Array.from({ length: 14 }, (_, age) => 400 * 0.5 ** age).reduce((sum, value) => sum + value)
  expect(found[1]?.decayedMinutes).toBeCloseTo(steady, 9)
  expect(found[0]).toMatchObject({ volumeRankBefore: 2, rankChange: 1, playsNow: 350, playsBefore: 70 })
})

test('growth is significant where counts are large, and shrunk where they are small', async () => {
  const { rows: found } = await ask(hotTitles, { by: 'growth' })
  const byName = new Map(found.map((row) => [row.name, row]))
  expect(found[0]?.name).toBe('Riser')
  expect(byName.get('Riser')?.growth).toBeGreaterThan(4)
  expect(byName.get('Riser')?.qValue).toBeLessThan(0.001)
  expect(byName.get('Steady')?.qValue).toBeGreaterThan(0.9)
  expect(byName.get('Tiny')?.growth).toBeLessThan(3)
  expect(byName.get('Tiny')?.growthLow).toBeLessThan(1)
  expect(byName.get('Tiny')?.qValue).toBeGreaterThan(0.05)
})

test('says which episodes, regions and sources made the change', async () => {
  const { rows: found } = await ask(hotTitles)
  const riser = found.find((row) => row.name === 'Riser')
  expect(riser?.why).toEqual([
    { dimension: 'episode', value: 'Riser E2', shareOfChange: 1 },
    { dimension: 'source', value: 'north', shareOfChange: 0.75 },
    { dimension: 'region', value: 'East', shareOfChange: 0.75 },
    { dimension: 'source', value: 'south', shareOfChange: 0.25 },
    { dimension: 'region', value: 'West', shareOfChange: 0.25 },
  ])
})

test('people and genres of a series get the plays of its episodes', async () => {
  expect((await ask(hotActors)).rows).toMatchObject([{ name: 'Bo Chen', playsNow: 350 }])
  expect((await ask(hotDirectors)).rows).toMatchObject([{ name: 'Ana Lin', playsNow: 280 }])
  expect((await ask(hotGenres)).rows).toMatchObject([{ name: 'Crime', playsNow: 350 }])
})

test('too short a history has volume but no growth', async () => {
  const { rows: found, notes } = await ask(hotTitles, { to: '2026-03-05' })
  expect(found[0]).toMatchObject({ name: 'Steady', growth: null, playsBefore: null })
  expect(notes[0]?.en).toContain('there are 5')
})

const figure = (name: number, measure: string, period: string, value: number) => ({
  title_id: name,
  measure,
  period,
  value,
  source: 'chart',
  category: 'Films',
})

test('charts are lists of their own, of the latest period, and ratings are shrunk', async () => {
  const own = await openWarehouse({
    title,
    panel_rating: [figure(1, 'views', 'Week 9', 9), figure(1, 'views', 'Week 10', 5), figure(5, 'views', 'Week 10', 7)],
    rating: [
      { title_id: 5, rating: 10, source: 'club' },
      ...Array.from({ length: 50 }, (_, index) => ({ title_id: 1, rating: 8 + (index % 2), source: 'club' })),
      ...Array.from({ length: 50 }, (_, index) => ({ title_id: 3, rating: 4 + (index % 2), source: 'club' })),
    ],
  })
  const answer = await ask(hotTitles, {}, own)
  own.engine.close()
  expect(answer.rows).toEqual([])
  expect(answer.charts).toMatchObject([
    {
      period: 'Week 10',
      rows: [
        { rank: 1, name: 'Tiny' },
        { rank: 2, name: 'Steady' },
      ],
    },
  ])
  expect(answer.ratings.map((row) => [row.name, row.ratings])).toEqual([
    ['Tiny', 1],
    ['Steady', 50],
    ['Riser', 50],
  ])
  expect(answer.ratings[0]?.shrunkRating).toBeLessThan(10)
  expect(answer.notes.map((item) => item.en).join(' ')).toMatch(/no viewing logs.*lists of their own/)
})

test('published ranks are recomputed; ties may take any of their places', async () => {
  const own = await openWarehouse({
    title,
    panel_rating: [
      ...[figure(1, 'views', '1', 9), figure(5, 'views', '1', 9), figure(1, 'rank', '1', 2), figure(5, 'rank', '1', 1)],
      ...[figure(1, 'views', '2', 9), figure(5, 'views', '2', 8), figure(1, 'rank', '2', 2), figure(5, 'rank', '2', 1)],
    ],
  })
  const answer = await hotCharts.ask(contextOf(own), hotCharts.parameters.parse({}))
  own.engine.close()
  expect(answer.rows).toEqual([
    { source: 'chart', measure: 'views', category: 'Films', region: null, periods: 2, agreeing: 1, disagreeing: ['2'] },
  ])
})

test('charts of several periods, the latest first, or of the period a day lies in', async () => {
  const own = await openWarehouse({
    title,
    panel_rating: [
      { ...figure(1, 'views', 'Week 9', 9), period_start: '2026-02-23', period_end: '2026-03-01' },
      { ...figure(1, 'views', 'Week 10', 10), period_start: '2026-03-02', period_end: '2026-03-08' },
      { ...figure(1, 'views', 'Week 11', 11), period_start: '2026-03-09', period_end: '2026-03-15' },
    ],
  })
  const charts = async (parameters: object) => {
    const answer = await hotCharts.ask(contextOf(own), hotCharts.parameters.parse(parameters))
    return { periods: answer.charts.map(({ period }) => period), note: answer.notes[0]?.en }
  }
  expect(await charts({})).toMatchObject({ periods: ['Week 11'], note: expect.stringContaining('--periods 3') })
  expect(await charts({ periods: 2 })).toMatchObject({ periods: ['Week 11', 'Week 10'] })
  expect(await charts({ periods: 9 })).toEqual({ periods: ['Week 11', 'Week 10', 'Week 9'], note: undefined })
  expect(await charts({ period: 'Week 9' })).toEqual({ periods: ['Week 9'], note: undefined })
  expect(await charts({ period: '2026-03-05' })).toMatchObject({ periods: ['Week 10'] })
  expect(await charts({ period: 'Week 1' })).toMatchObject({ periods: [] })
  own.engine.close()
})

test('equal volumes share a rank, in whatever order their minutes are added up', async () => {
  const plays = (name: number, seconds: readonly number[]) =>
    seconds.flatMap((watched_seconds) => daily(name, [1], { watched_seconds }))
  const own = await openWarehouse({ title, viewing: [...plays(1, [0.1, 0.2, 0.3]), ...plays(5, [0.3, 0.2, 0.1])] })
  const found = (await ask(hotTitles, {}, own)).rows
  own.engine.close()
  expect(found.map((row) => row.volumeRank)).toEqual([1, 1])
})

test('an empty project gets a note', async () => {
  const own = await openWarehouse()
  const answer = await ask(hotTitles, {}, own)
  own.engine.close()
  expect(answer).toMatchObject({ rows: [], charts: [], ratings: [] })
  expect(answer.notes).toHaveLength(1)
})

test('a last day that is not whole is passed over, and said', async () => {
  const own = await openWarehouse({ title, viewing: daily(1, [...week(40), ...week(40), 5]) })
  const cut = await ask(hotTitles, {}, own)
  const asked = await ask(hotTitles, { to: '2026-03-15' }, own)
  own.engine.close()
  expect(cut).toMatchObject({ to: '2026-03-14', rows: [{ playsNow: 280, playsBefore: 280 }] })
  expect(cut.notes[0]?.en).toContain('2026-03-15 are not whole')
  expect(asked).toMatchObject({ to: '2026-03-15', rows: [{ playsNow: 245 }] })
})

test('plays without a time are left out, and said so', async () => {
  const untimed = { title_id: 1, viewer_id: 1, started_at: null, watched_seconds: 600, source: 'north' }
  const own = await openWarehouse({ ...rows, viewing: [...daily(1, week(1)), untimed] })
  const answer = await ask(hotTitles, {}, own)
  own.engine.close()
  expect(answer.rows).toMatchObject([{ name: 'Steady', playsNow: 7 }])
  expect(answer.notes[0]?.en).toContain('1 play without a time left out')
})
