import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dimensions } from '../../src/audience/dimensions.ts'
import { audience, audienceMetrics, audienceRetention } from '../../src/audience/index.ts'
import { metrics } from '../../src/audience/metrics.ts'
import type { Warehouse } from '../../src/warehouse/warehouse.ts'
import { contextOf, openWarehouse } from '../support/warehouse.ts'

const play = (viewer: number, title: number, start: string, minutes: number, more = {}) => ({
  viewer_id: viewer,
  title_id: title,
  started_at: `2026-03-0${start}:00`,
  watched_seconds: minutes * 60,
  source: 'north',
  is_valid_play: minutes > 0.05,
  ...more,
})

/** The audience of the worked example in docs/methods/audience.md. */
const rows = {
  title: [
    { title_id: 1, name: 'Harbour', title_type: 'film', runtime_seconds: 6000 },
    { title_id: 2, name: 'Nightline', title_type: 'series' },
    {
      title_id: 3,
      name: 'Nightline E1',
      title_type: 'episode',
      series_id: 2,
      runtime_seconds: 2400,
      release_date: '2026-01-01',
    },
    { title_id: 4, name: 'Nightline E2', title_type: 'episode', series_id: 2, runtime_seconds: 2400 },
    { title_id: 5, name: 'Clip', title_type: 'unknown' },
  ],
  title_genre: [
    { title_id: 1, genre: 'Drama' },
    { title_id: 2, genre: 'Drama' },
    { title_id: 2, genre: 'Crime' },
  ],
  credit: [
    { title_id: 1, person: 'Ana Lin', role: 'actor' },
    { title_id: 1, person: 'Ana Lin', role: 'director' },
    { title_id: 2, person: 'Bo Chen', role: 'actor' },
  ],
  airing: [{ title_id: 4, channel: 'One', started_at: '2026-03-02 20:00:00', duration_seconds: 2400, source: 'guide' }],
  viewing: [
    play(1, 1, '1 20:00', 100, { region: 'East', device: 'tv' }),
    play(2, 1, '1 21:00', 50, { region: 'West', device: 'phone' }),
    play(2, 1, '1 22:00', 42, { region: 'West', device: 'phone', source: 'south' }),
    play(3, 1, '2 08:00', 2, { region: 'East' }),
    play(3, 1, '2 08:02', 1.5, { region: 'East' }),
    play(4, 1, '2 09:00', 2),
    play(4, 1, '2 09:10', 2, { is_valid_play: false }),
    play(1, 3, '2 19:00', 40, { region: 'East', device: 'tv' }),
    play(1, 4, '2 20:00', 40, { region: 'East', device: 'tv' }),
    play(2, 4, '2 22:00', 20, { region: 'West' }),
    play(3, 4, '5 10:00', 10),
    play(4, 4, '2 19:00', 5),
    play(5, 5, '2 20:10', 10),
    play(5, 3, '1 10:00', 8),
  ],
}

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse(rows)
})
afterAll(() => warehouse.engine.close())

const all = metrics.map((metric) => metric.id)
const ask = async (parameters: Record<string, unknown>) => {
  const answer = await audience.ask(contextOf(warehouse), audience.parameters.parse(parameters))
  return audience.result.parse(answer) as { rows: Record<string, number | string | null>[]; notes: { en: string }[] }
}
const rowOf = async (name: string, parameters: Record<string, unknown>) =>
  (await ask({ measure: all, ...parameters })).rows.find((row) => row.name === name)

describe('the worked example', () => {
  test('a film by its runtime', async () => {
    expect(await rowOf('Harbour', { by: 'title', universe: 1024 })).toEqual({
      key: '1',
      name: 'Harbour',
      programmeMinutesFrom: 'runtime',
      viewerMinutes: 199.5,
      plays: 7,
      viewers: 4,
      averageMinuteAudience: 1.995,
      rating: 1.995 / 1024,
      share: 199.5 / 332.5,
      slotShare: null,
      reach: 3,
      grossReach: 4,
      loyalty: 195.5 / 300,
      minutesPerViewer: 49.875,
      sessions: 6,
      completionRate: 0.5,
      validPlays: 6,
      effectiveReach: 4,
      validPlaysPerEpisode30Days: null,
      views: 1.995,
      liveMinutes: null,
      sameDayMinutes: null,
      shift7Minutes: null,
      shift28Minutes: null,
      otherShiftMinutes: null,
    })
  })

  test('an aired episode by its time on air', async () => {
    expect(await rowOf('Nightline E2', { by: 'title' })).toMatchObject({
      programmeMinutesFrom: 'airings',
      averageMinuteAudience: 75 / 40,
      liveMinutes: 40,
      sameDayMinutes: 20,
      shift7Minutes: 10,
      shift28Minutes: 0,
      otherShiftMinutes: 5,
      slotShare: 40 / 50,
    })
  })

  test('nobody reached is a reach of 0 in every source', async () => {
    expect(await rowOf('Harbour', { reachMinutes: 1000 })).toMatchObject({ reach: 0, grossReach: 0, loyalty: null })
  })

  test('who watches a film twice is as loyal as who watches all of it', async () => {
    const own = await openWarehouse({
      title: rows.title,
      viewing: [
        play(1, 1, '1 10:00', 100),
        play(1, 1, '2 10:00', 100),
        play(2, 1, '1 10:00', 50),
        play(3, 5, '1 10:00', 9),
      ],
    })
    const loyalty = async (by: string) => {
      const parameters = audience.parameters.parse({ by, measure: ['loyalty', 'average-minute-audience'] })
      return (await audience.ask(contextOf(own), parameters)).rows[0]
    }
    expect(await loyalty('title')).toMatchObject({ loyalty: 0.75, averageMinuteAudience: 2.5 })
    expect(await loyalty('all')).toMatchObject({ loyalty: 0.75, averageMinuteAudience: 2.5 })
    own.engine.close()
  })

  test('a series: views by the runtime of all episodes', async () => {
    expect(await rowOf('Nightline', { by: 'series' })).toMatchObject({
      viewerMinutes: 123,
      views: 123 / 80,
      viewers: 5,
      reach: 5,
      programmeMinutesFrom: 'mixed',
    })
  })

  test('a title without airings and runtime has no average', async () => {
    expect(await rowOf('Clip', { by: 'title' })).toMatchObject({
      averageMinuteAudience: null,
      programmeMinutesFrom: null,
    })
  })

  test('reach is deduplicated, and its threshold a parameter', async () => {
    expect((await ask({ by: 'all', measure: ['reach', 'viewers'] })).rows).toMatchObject([{ reach: 5, viewers: 5 }])
    expect(await rowOf('Harbour', { reachMinutes: 2 })).toMatchObject({ reach: 4 })
    expect(await rowOf('Harbour', { reachMinutes: 51 })).toMatchObject({ reach: 1 })
  })

  test('the completion threshold is a parameter', async () => {
    expect(await rowOf('Harbour', { completionShare: 0.95 })).toMatchObject({ completionRate: 0.25 })
  })
})

describe('minutes reconcile', () => {
  const raw = rows.viewing.reduce((sum, row) => sum + row.watched_seconds / 60, 0)
  const partitions = Object.entries(dimensions).flatMap(([id, { partitions }]) => (partitions ? [id] : []))

  test.each(partitions)('by %s they add up to the raw rows, and so do plays and sessions', async (by) => {
    const { rows: found } = await ask({ by, measure: ['viewer-minutes', 'plays', 'sessions'], limit: 1000 })
    const sum = (column: string) => found.reduce((total, row) => total + Number(row[column]), 0)
    expect(sum('viewerMinutes')).toBeCloseTo(raw, 9)
    expect(sum('plays')).toBe(rows.viewing.length)
    expect(sum('sessions')).toBe(13)
  })

  test('by genre a play counts once in each of its genres', async () => {
    const { rows: found, notes } = await ask({ by: 'genre', measure: ['viewer-minutes'] })
    expect(found).toMatchObject([
      { name: 'Drama', viewerMinutes: 322.5 },
      { name: 'Crime', viewerMinutes: 123 },
    ])
    expect(notes.map((item) => item.en).join()).toContain('do not add up')
  })

  test('a person with two roles in a film counts once', async () => {
    expect(await rowOf('Ana Lin', { by: 'person' })).toMatchObject({ viewerMinutes: 199.5, reach: 3 })
  })

  test('time shifts add up to the minutes of aired titles', async () => {
    const row = await rowOf('all', { by: 'all' })
    const parts = ['liveMinutes', 'sameDayMinutes', 'shift7Minutes', 'shift28Minutes', 'otherShiftMinutes']
    expect(parts.reduce((sum, column) => sum + Number(row?.[column]), 0)).toBe(75)
  })
})

describe('every measure by every dimension', () => {
  test.each(Object.keys(dimensions))('by %s it answers', async (by) => {
    const { rows: found } = await ask({ by, measure: all, universe: 10, title: 'nightline' })
    expect(found.length).toBeGreaterThan(0)
    for (const row of found) {
      expect(Number(row.share)).toBeLessThanOrEqual(1)
      expect(Number(row.loyalty)).toBeLessThanOrEqual(1)
    }
  })

  test('no viewer id is in an answer', async () => {
    const answer = await ask({ by: 'title', measure: all })
    expect(Object.keys(answer.rows[0] ?? {})).not.toContain('viewerId')
  })
})

describe('filters, order and notes', () => {
  test('by week, in ISO form and in order', async () => {
    const { rows: found } = await ask({ by: 'week', measure: ['plays'] })
    expect(found).toMatchObject([
      { name: '2026-W09', plays: 4 },
      { name: '2026-W10', plays: 10 },
    ])
  })

  test('a period, a source, a region, a device', async () => {
    const plays = async (filter: Record<string, unknown>) =>
      (await ask({ by: 'all', measure: ['plays'], ...filter })).rows[0]?.plays
    expect(await plays({ from: '2026-03-02', to: '2026-03-02' })).toBe(9)
    expect(await plays({ source: 'south' })).toBe(1)
    expect(await plays({ region: 'West' })).toBe(3)
    expect(await plays({ device: 'tv' })).toBe(3)
  })

  test('valid plays per episode count the first thirty days that are over', async () => {
    const v30 = async (...days: string[]) => {
      const early = days.map((day) => play(9, 3, '1 10:00', 40, { started_at: `2026-01-${day} 10:00:00` }))
      const own = await openWarehouse({ ...rows, viewing: [...rows.viewing, ...early] })
      const parameters = audience.parameters.parse({ by: 'series', measure: ['v30'], title: 'Nightline' })
      const answer = await audience.ask(contextOf(own), parameters)
      own.engine.close()
      return answer.rows
    }
    expect(await v30('01', '20')).toMatchObject([{ name: 'Nightline', validPlaysPerEpisode30Days: 2 }])
    expect(await v30('20')).toMatchObject([{ name: 'Nightline', validPlaysPerEpisode30Days: null }])
  })

  test('orders by a measure', async () => {
    const { rows: found } = await ask({ by: 'title', measure: ['plays'], order: 'reach', limit: 1 })
    expect(found).toMatchObject([{ name: 'Nightline E2' }])
  })

  test('says what a missing universe and runtime mean', async () => {
    const { rows: found, notes } = await ask({ by: 'title', measure: ['rating', 'completion-rate'] })
    expect(found[0]).toMatchObject({ rating: null })
    const said = notes.map((item) => item.en).join(' ')
    expect(said).toContain('needs --universe')
    expect(said).toContain('cover 97.0 %')
  })

  test('takes universe, reach and completion from the settings unless they are asked for', async () => {
    const settings = { audience: { universe: { all: 500, East: 100 }, reachMinutes: 1000, completionShare: 0.01 } }
    const asked = async (more: Record<string, unknown>) => {
      const measure = ['rating', 'average-minute-audience', 'reach', 'completion-rate']
      const parameters = audience.parameters.parse({ by: 'all', measure, ...more })
      const [row] = (await audience.ask(contextOf(warehouse, settings), parameters)).rows
      return row as unknown as Record<'rating' | 'averageMinuteAudience' | 'reach' | 'completionRate', number>
    }
    const set = await asked({})
    expect(set).toMatchObject({ reach: 0, completionRate: 1 })
    expect(set.rating).toBeCloseTo(set.averageMinuteAudience / 500, 12)
    const east = await asked({ region: 'East' })
    expect(east.rating).toBeCloseTo(east.averageMinuteAudience / 100, 12)
    const given = await asked({ universe: 50, reachMinutes: 1, completionShare: 1 })
    expect(given.rating).toBeCloseTo(given.averageMinuteAudience / 50, 12)
    expect(given.reach).toBeGreaterThan(0)
    expect(given.completionRate).toBeLessThan(1)
  })

  test('refuses an unknown title and a period that ends before it starts', async () => {
    await expect(ask({ title: 'Harbor' })).rejects.toMatchObject({
      code: 'unknown-title',
      advice: { en: 'Did you mean Harbour?' },
    })
    await expect(ask({ from: '2026-02-02', to: '2026-02-01' })).rejects.toMatchObject({ code: 'empty-period' })
  })

  test('says why V30 and the share of the slot are empty', async () => {
    const said = async (by: string) => (await ask({ by, measure: ['v30', 'slot-share'] })).notes[0]?.en
    expect(await said('device')).toContain('none by source')
    expect(await said('title')).toContain('do not cover the thirty days')
  })

  test('an empty selection is a note', async () => {
    expect((await ask({ source: 'nowhere' })).notes).toHaveLength(1)
  })
})

describe('retention', () => {
  const retention = (title: string, own = warehouse) =>
    audienceRetention.ask(contextOf(own), audienceRetention.parameters.parse({ title }))

  test('counts a viewer once in each minute, from the start where there is no position', async () => {
    const answer = await retention('ＨＡＲＢＯＵＲ')
    expect(answer).toMatchObject({ viewers: 4, basis: 'watched' })
    expect(answer.rows).toHaveLength(100)
    expect(answer.rows.slice(0, 3).map((row) => row.viewers)).toEqual([4, 4, 2])
    expect(answer.rows[99]).toEqual({ minute: 99, viewers: 1, share: 0.25 })
  })

  test('uses positions, and merges what a viewer saw twice', async () => {
    const at = (viewer: number, start: number, end: number) =>
      play(viewer, 1, '1 10:00', end - start, { position_start_seconds: start * 60, position_end_seconds: end * 60 })
    const own = await openWarehouse({
      title: rows.title,
      viewing: [at(1, 0, 3), at(1, 2, 4), at(1, 6, 7), at(2, 3, 5)],
    })
    const answer = await retention('Harbour', own)
    own.engine.close()
    expect(answer.basis).toBe('position')
    expect(answer.rows.map((row) => row.viewers)).toEqual([1, 1, 1, 2, 1, 0, 1])
  })

  test('a series has no minutes of its own', async () => {
    await expect(retention('Nightline')).rejects.toMatchObject({ code: 'title-has-episodes' })
  })
})

test('every definition is listed, with unique names', async () => {
  const { rows: listed } = await audienceMetrics.ask(contextOf(warehouse), {})
  expect(listed.map((row) => row.id)).toEqual(all)
  expect(new Set(metrics.map((metric) => metric.column)).size).toBe(metrics.length)
})
