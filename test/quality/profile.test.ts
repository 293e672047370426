import { afterEach, beforeEach, expect, test } from 'vitest'
import { DuckdbEngine } from '../../src/engine/duckdb.ts'
import { sql } from '../../src/engine/sql.ts'
import { buildProfile, sumIntake } from '../../src/quality/profile.ts'
import { qualityProfile } from '../../src/quality/profile-schema.ts'
import { createTable } from '../support/warehouse-tables.ts'

const now = new Date('2025-03-08T12:00:00Z')
let engine: DuckdbEngine
beforeEach(async () => {
  engine = await DuckdbEngine.open({ threads: 1 })
})
afterEach(() => engine.close())

const play = (line: number, more: Record<string, string | number | boolean | null> = {}) => ({
  title_id: 1,
  viewer_id: line,
  started_at: `2025-03-0${1 + (line % 3)} 10:00:00`,
  watched_seconds: line * 10,
  source: 'cloud',
  file: 'a.csv',
  line,
  ...more,
})

test('rows, null rates, different values, bounds and means by source and column', async () => {
  await createTable(engine, 'viewing', [
    play(1, { device: 'tv' }),
    play(2, { device: 'phone' }),
    play(3, { device: 'tv', ended_at: '2025-03-01 09:00:00' }),
    play(4, { ended_at: '2025-03-02 11:00:00' }),
    play(1, { source: 'station', title_id: 2 }),
  ])
  await createTable(engine, 'title', [
    { title_id: 1, name: 'A', is_catalogued: true },
    { title_id: 2, name: 'B' },
  ])
  const profile = await buildProfile(engine, ['title', 'viewing'], [], now)
  expect(qualityProfile.parse(JSON.parse(JSON.stringify(profile)))).toEqual(profile)
  expect(profile.tables.map(({ table, source, rows }) => [table, source, rows])).toEqual([
    ['title', null, 2],
    ['viewing', 'cloud', 4],
    ['viewing', 'station', 1],
  ])
  const cloud = profile.tables[1]
  const column = (name: string) => cloud?.columns.find((one) => one.column === name)
  expect(column('watched_seconds')).toMatchObject({ isRequired: true, nullRate: 0, minimum: 10, maximum: 40, mean: 25 })
  expect(column('watched_seconds')?.percentiles).toHaveLength(101)
  expect(column('watched_seconds')?.percentiles[50]).toBe(25)
  expect(column('device')).toMatchObject({
    isRequired: false,
    present: 3,
    nullRate: 0.25,
    distinct: 2,
    isDistinctExact: true,
  })
  expect(column('device')?.categories).toEqual([
    { value: 'tv', rows: 2 },
    { value: 'phone', rows: 1 },
  ])
  expect(column('viewer_id')).toMatchObject({ isRequired: true, minimum: null, categories: [] })
  expect(column('started_at')).toMatchObject({ minimum: '2025-03-01T10:00:00Z', maximum: '2025-03-03T10:00:00Z' })
  expect(column('play_id')).toMatchObject({ nullRate: 1, distinct: 0, isDistinctExact: true })
  expect(cloud?.consistency).toContainEqual({ check: 'ends-after-start', checked: 2, held: 1 })
  expect(cloud?.consistency).toContainEqual({ check: 'title-catalogued', checked: 4, held: 4 })
  expect(profile.tables[2]?.consistency).toContainEqual({ check: 'title-catalogued', checked: 1, held: 0 })
  expect(cloud?.volume).toMatchObject({
    first: '2025-03-01',
    last: '2025-03-03',
    ageDays: 5.5,
    longestGapDays: 0,
    period: 'day',
  })
})

test('no title counts as missing from a catalogue where there is none', async () => {
  await createTable(engine, 'viewing', [play(1, {})])
  await createTable(engine, 'title', [{ title_id: 1, name: 'A' }])
  const { tables } = await buildProfile(engine, ['title', 'viewing'], [], now)
  expect(tables.flatMap(({ consistency }) => consistency.map(({ check }) => check))).not.toContain('title-catalogued')
})

test('percentiles of a large table come from a sample and stay close', async () => {
  await createTable(engine, 'rating', [])
  await engine.execute(
    sql`INSERT INTO rating BY NAME SELECT 1 AS title_id, range AS viewer_id, CAST(range % 1000 AS DOUBLE) AS rating, 'large' AS source, 'f' AS file, range + 1 AS line FROM range(400000)`,
  )
  await engine.execute(
    sql`INSERT INTO rating BY NAME SELECT 1 AS title_id, range AS viewer_id, CAST(range AS DOUBLE) AS rating, 'small' AS source, 'f' AS file, range + 1 AS line FROM range(101)`,
  )
  const { tables } = await buildProfile(engine, ['rating'], [], now)
  const [large, small] = tables.map(({ columns }) => columns.find(({ column }) => column === 'rating'))
  expect(Math.abs((large?.percentiles[50] ?? 0) - 500)).toBeLessThan(10)
  expect(small?.percentiles[90]).toBe(90)
  expect(large?.isDistinctExact).toBe(false)
})

test('a hundred values are all listed, and no more, whatever the estimate of their number', async () => {
  await createTable(engine, 'rating', [])
  for (const [source, values] of Object.entries({ hundred: 100, more: 101 })) {
    await engine.execute(
      sql`INSERT INTO rating BY NAME SELECT 1 AS title_id, range AS viewer_id, CAST(range % ${values} AS DOUBLE) AS rating, ${source} AS source, 'f' AS file, range + 1 AS line FROM range(505)`,
    )
  }
  const { tables } = await buildProfile(engine, ['rating'], [], now)
  const ratings = tables.map(({ columns }) => columns.find(({ column }) => column === 'rating'))
  const told = ratings.map((one) => [one?.distinct, one?.isDistinctExact, one?.categories.length])
  expect(told).toEqual([
    [100, true, 100],
    [101, true, 0],
  ])
})

test('empty tables and values beyond numbers do not break a profile', async () => {
  await createTable(engine, 'review', [])
  await createTable(engine, 'spend', [
    {
      title_id: 1,
      media: '=cmd',
      spent_on: '2025-01-01',
      amount: 'Infinity',
      source: 's',
      file: 'f',
      line: 1,
    },
    { title_id: 1, media: 'tv', spent_on: '0001-01-01', amount: '-1e308', source: 's', file: 'f', line: 2 },
  ])
  const profile = await buildProfile(engine, ['review', 'spend'], [], now)
  expect(qualityProfile.parse(JSON.parse(JSON.stringify(profile)))).toEqual(profile)
  expect(profile.tables.map(({ table }) => table)).toEqual(['spend'])
  expect(profile.tables[0]?.consistency).toContainEqual({ check: 'not-negative', checked: 2, held: 1 })
})

test('ledgers add up by source and kind', () => {
  const file = {
    source: 's',
    kind: 'viewing',
    read: 10,
    accepted: 7,
    duplicates: 2,
    quarantined: 1,
    reasons: {},
    warnings: {},
  } as const
  expect(
    sumIntake([
      { ...file, file: 'a' },
      { ...file, file: 'b' },
      { ...file, file: 'c', source: 't' },
    ]),
  ).toEqual([
    { source: 's', kind: 'viewing', read: 20, accepted: 14, duplicates: 4, quarantined: 2 },
    { source: 't', kind: 'viewing', read: 10, accepted: 7, duplicates: 2, quarantined: 1 },
  ])
})
