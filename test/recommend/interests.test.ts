import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rowOf } from '../../src/kernels/matrices/sparse.ts'
import { readCatalogue } from '../../src/recommend/catalogue.ts'
import { readInterests, readViewer } from '../../src/recommend/interests.ts'
import type { Warehouse } from '../../src/warehouse/warehouse.ts'
import { openWarehouse } from '../support/warehouse.ts'

const { signal } = new AbortController()
const [film, series, first, second, unknownLength] = [1, 2, 3, 4, 5]
const play = (viewer: number, title: number, minutes: number, day: number) => ({
  ...{ viewer_id: viewer, title_id: title, watched_seconds: 60 * minutes, source: 'tv' },
  started_at: `2025-01-${String(day).padStart(2, '0')} 20:00:00`,
})

let warehouse: Warehouse
let numbers: Map<string, number>
beforeAll(async () => {
  warehouse = await openWarehouse({
    title: [
      { title_id: film, name: 'Dusk', title_type: 'film', runtime_seconds: 6000, countries: 'China|France' },
      { title_id: series, name: 'Harbour', title_type: 'series' },
      { title_id: first, name: 'Harbour 1', title_type: 'episode', series_id: series, runtime_seconds: 3000 },
      { title_id: second, name: 'Harbour 2', title_type: 'episode', series_id: series, runtime_seconds: 3000 },
      { title_id: unknownLength, name: 'Dawn', title_type: 'film' },
    ],
    title_genre: [{ title_id: film, genre: 'Drama' }],
    credit: [
      { title_id: film, person: 'B', role: 'actor', billing: 2 },
      { title_id: film, person: 'A', role: 'actress', billing: 1 },
      { title_id: film, person: 'D', role: 'director' },
      { title_id: film, person: 'W', role: 'writer' },
    ],
    alias: [{ source: 'tv', name: 'Harbour s1e1', title_id: first }],
    viewing: [
      play(7, film, 25, 10),
      play(7, film, 25, 20),
      play(7, first, 50, 5),
      play(7, second, 60, 6),
      play(8, unknownLength, 30, 30),
      play(8, first, 50, 30),
    ],
    rating: [
      { viewer_id: 8, title_id: film, rating: 8, rated_at: '2025-01-30 20:00:00', source: 'web' },
      { viewer_id: 9, title_id: film, rating: 10, source: 'web' },
      { viewer_id: 9, title_id: unknownLength, rating: 1, source: 'web' },
      { viewer_id: 7, title_id: film, rating: 2, rated_at: '2025-01-20 20:00:00', source: 'web' },
    ],
  })
  numbers = new Map((await readCatalogue(warehouse.engine)).map(({ titleId }, number) => [titleId, number]))
})
afterAll(() => warehouse.engine.close())

describe('interests', () => {
  test('works are films and whole series, with people by billing', async () => {
    const works = await readCatalogue(warehouse.engine)
    expect(works.map(({ name }) => name)).toEqual(['Dusk', 'Harbour', 'Dawn'])
    expect(works[0]).toMatchObject({
      ...{ titleId: '1', kind: 'film', genres: ['Drama'], directors: ['D'], actors: ['A', 'B'] },
      countries: ['China', 'France'],
    })
    expect(works[1]?.sources).toEqual(['tv'])
  })

  test('a play counts by its share of the runtime, a rating by its share of the highest, both multiply', async () => {
    const { interactions, ageDays, isTimed } = await readInterests(
      ...([warehouse.engine, numbers, { halfLifeDays: null }, signal] as const),
    )
    const rows = [0, 1, 2].map((viewer) =>
      Object.fromEntries(
        [...rowOf(interactions, viewer).index].map((work, e) => [work, rowOf(interactions, viewer).value[e]]),
      ),
    )
    expect(rows[0]?.[0]).toBeCloseTo(((2 * 0.5) / 1.5) * 0.05, 6)
    expect(rows[0]?.[1]).toBeCloseTo(4 / 3, 6)
    expect(rows[1]).toEqual({ 0: 1, 1: 1, 2: expect.closeTo((2 * 0.5) / 1.5, 6) })
    expect(rows[2]?.[0]).toBeCloseTo(1.5, 6)
    expect(rows[2]?.[2]).toBeCloseTo(0.05, 6)
    expect([...(ageDays ?? [])]).toEqual([10, 24, 0, 0, 0, 0, 0])
    expect([...isTimed]).toEqual([1, 1, 1, 1, 1, 0, 0])
  })

  test('older ones count less, by a half-life', async () => {
    const { interactions } = await readInterests(warehouse.engine, numbers, { halfLifeDays: 12 }, signal)
    expect(rowOf(interactions, 0).value[1]).toBeCloseTo((4 / 3) * 0.25, 6)
    const { interactions: tiny } = await readInterests(warehouse.engine, numbers, { halfLifeDays: 0.001 }, signal)
    expect(tiny.value.every((weight) => weight > 0)).toBe(true)
  })

  test('those of one viewer are the same as within all', async () => {
    const weighing = { halfLifeDays: 30 }
    const { interactions } = await readInterests(warehouse.engine, numbers, weighing, signal)
    const { history, finished, newestAgeDays } = await readViewer(warehouse.engine, '7', numbers, weighing)
    expect(history).toEqual(rowOf(interactions, 0))
    expect([...finished]).toEqual([1])
    expect(newestAgeDays).toBe(10)
  })

  test('a viewer of nothing has none', async () => {
    const { history, newestAgeDays } = await readViewer(warehouse.engine, '1000', numbers, { halfLifeDays: 30 })
    expect(history.index).toHaveLength(0)
    expect(newestAgeDays).toBeNull()
  })
})
