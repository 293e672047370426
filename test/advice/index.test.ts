import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { suggest } from '../../src/advice/index.ts'
import { Random } from '../../src/kernels/random.ts'
import type { Warehouse } from '../../src/warehouse/warehouse.ts'
import { inventJudged, type PlannedReviews } from '../support/judged-reviews.ts'
import { contextOf, openWarehouse, type TableRows } from '../support/warehouse.ts'

const runtime = 2400
const [series, first, second, third] = [1, 11, 12, 13]
const left = { start: 1500, end: 1515 }

const usual = {
  acting: { mentioned: 0.6, mean: 0.3, effect: 1.2 },
  pace: { mentioned: 0.5, mean: 0.3, effect: 1.5 },
  music: { mentioned: 0.4, mean: 0.3, effect: 0.2 },
}
const complaints = [
  'the pace drags badly, call 13800138000',
  'Pace like wading through mud',
  'so slow that I lost the thread @nightowl',
  '节奏拖沓，全是注水',
]
const say: PlannedReviews['say'] = (aspect, opinion, random) =>
  aspect === 'pace' && opinion < 0 ? (complaints[random.integer(4)] ?? '') : `${aspect} ${opinion.toFixed(1)}`
const weakPace = { ...usual, pace: { ...usual.pace, mentioned: 0.8, mean: -0.6 } }
/** Bad music matters less than the pace of one episode. */
const dullMusic = { ...usual, music: { ...usual.music, mean: -0.2 } }

const judged = inventJudged(
  [
    { titleId: first, count: 160, aspects: dullMusic, say },
    { titleId: second, count: 160, aspects: weakPace, say },
    { titleId: third, count: 160, aspects: dullMusic, say },
    ...[2, 3, 4, 5].map((titleId) => ({ titleId, count: 160, aspects: usual, say })),
  ],
  11,
)

const episode = (title_id: number, number: number) => ({
  ...{ title_id, name: `Night Ferry S1E${number}`, title_type: 'episode', series_id: series, season: 1 },
  ...{ episode: number, runtime_seconds: runtime },
})
const film = (title_id: number, name: string, year: number) => ({ title_id, name, title_type: 'film', year })
const title = [
  { title_id: series, name: 'Night Ferry', title_type: 'series', year: 2022 },
  ...[first, second, third].map((id, index) => episode(id, index + 1)),
  ...[film(2, 'Quiet', 2021), film(3, 'Harbour', 2022), film(4, 'Salt', 2023), film(5, 'Old Salt', 1961)],
]
const title_genre = [series, 2, 3, 4, 5].map((title_id) => ({ title_id, genre: 'Drama' }))

/** Viewers of the second episode, of whom a fifth leave at one place, and others anywhere. */
function viewing(): NonNullable<TableRows['viewing']> {
  const random = new Random(5)
  return [first, second, third].flatMap((title_id) =>
    Array.from({ length: 1500 }, (_, viewer) => {
      const leaves = title_id === second && viewer < 300
      const anywhere = viewer < 700 ? random.uniform() * runtime : runtime
      const end = leaves ? left.start + random.uniform() * (left.end - left.start) : anywhere
      return {
        ...{ title_id, viewer_id: viewer, source: 'app', watched_seconds: end },
        ...{ position_start_seconds: 0, position_end_seconds: end },
      }
    }),
  )
}

function timed_comment(): NonNullable<TableRows['timed_comment']> {
  const random = new Random(6)
  const comment = (position_seconds: number, text: string) => ({
    ...{ title_id: second, viewer_id: random.integer(1500), position_seconds, text, source: 'chat' },
  })
  const talk = ['love the harbour', 'great acting', 'hello from Ningbo', 'who is that']
  return [
    ...Array.from({ length: 600 }, () => comment(random.uniform() * runtime, talk[random.integer(4)] ?? '')),
    ...Array.from({ length: 40 }, (_, i) =>
      comment(
        left.start - 40 + random.uniform() * 40,
        i % 2 ? 'endless flashback again' : 'flashback, skipping, ask me@example.org',
      ),
    ),
  ]
}

const rows: TableRows = {
  ...judged,
  ...{ title, title_genre, viewing: viewing(), timed_comment: timed_comment() },
  scene: [
    ...[{ title_id: second, start_seconds: 1400, end_seconds: 1600, location: 'Engine room', characters: 'Mara|Bo' }],
  ],
}

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse(rows)
}, 120_000)
afterAll(() => warehouse.engine.close())

async function askOf(own: Warehouse, parameters: Record<string, unknown>) {
  return suggest.result.parse(await suggest.ask(contextOf(own), suggest.parameters.parse(parameters)))
}
const ask = (parameters: Record<string, unknown> = {}) => askOf(warehouse, { title: 'Night Ferry', ...parameters })

describe('suggestions for a series', () => {
  test('name the planted weak aspect of one episode first, with what it would gain', async () => {
    const { rows: found, reviews, comparable, notes } = await ask()
    expect([reviews, comparable]).toEqual([480, 3])
    // What is planted comes before all else: the drop-off costs more plays than the pace costs marks.
    expect(found.slice(0, 2).map(({ kind, title: name }) => [kind, name])).toEqual([
      ['drop-off', 'Night Ferry S1E2'],
      ['aspect', 'Night Ferry S1E2'],
    ])
    const aspects = found.filter(({ kind }) => kind === 'aspect')
    const [worst, next] = aspects
    expect(worst).toMatchObject({ aspect: 'pace', title: 'Night Ferry S1E2', outcome: 'rating' })
    expect(worst?.satisfaction).toBeLessThan(-0.4)
    expect(worst?.usual).toBeCloseTo(0.3, 1)
    // An effect of 1.5 of 10, on 0.8 of a third of the reviews, that are 0.9 below what is usual.
    expect(Math.abs((worst?.gain ?? 0) - 0.034)).toBeLessThan(0.008)
    expect(worst?.gainLow).toBeGreaterThan(0)
    expect(worst?.gainHigh).toBeGreaterThan(worst?.gain ?? 1)
    expect(worst?.advice.en).toContain('Pace in “Night Ferry S1E2”: judged −0.')
    expect(worst?.advice.zh).toContain('《Night Ferry S1E2》节奏：评价为 −0.')
    expect(worst?.verdict.en).toContain('above zero')
    expect(next).toMatchObject({ aspect: 'music' })
    expect(next?.title).not.toBe('Night Ferry S1E2')
    expect(notes[0]?.en).toContain('titles of its genres and period')
    expect(notes.at(-1)?.en).toContain('not what a change is proven to cause')
  })

  test('quote reviews that differ, without personal data', async () => {
    const { rows: found } = await ask({ quotes: 6 })
    const quotes = found.find(({ aspect }) => aspect === 'pace')?.quotes ?? []
    expect(quotes.length).toBe(4)
    expect(quotes).toContain('“the pace drags badly, call ***”')
    expect(quotes).toContain('“so slow that I lost the thread ***”')
    expect(quotes.join()).not.toMatch(/13800138000|nightowl/)
  })

  test('name the planted drop-off with its scene, what is said there and what reviews of the episode fault', async () => {
    const { rows: found } = await ask()
    const [dropOff, ...others] = found.filter(({ kind }) => kind === 'drop-off')
    expect(others).toEqual([])
    expect(dropOff).toMatchObject({
      title: 'Night Ferry S1E2',
      outcome: 'completion',
      scene: { location: 'Engine room' },
    })
    expect(dropOff?.place).toMatch(/^0:2[45]:\d\d–0:25:[12]\d$/)
    expect(dropOff?.words).toContain('flashback')
    expect(dropOff?.words).not.toContain('harbour')
    expect(dropOff?.quotes.join()).toContain('flashback')
    expect(dropOff?.quotes.join()).not.toContain('example.org')
    expect(dropOff?.viewers).toBeGreaterThan(290)
    // 300 of 4,500 plays end there, of which nine in ten would have gone on to the end.
    expect(dropOff?.gain).toBeGreaterThan(0.05)
    expect(dropOff?.gain).toBeLessThan(300 / 4500)
    expect(dropOff?.gainLow).toBeLessThan(dropOff?.gain ?? 0)
    expect(dropOff?.advice.en).toContain('Its reviews fault the pace.')
    expect(dropOff?.advice.zh).toContain('其评论多批评节奏')
  })

  test('are ordered by gain and as many as asked for', async () => {
    const { rows: found } = await ask()
    expect(found.map(({ gain }) => gain)).toEqual(found.map(({ gain }) => gain).sort((a, b) => b - a))
    expect(found.map(({ rank }) => rank)).toEqual(found.map((_, index) => index + 1))
    expect((await ask({ limit: 1 })).rows).toEqual(found.slice(0, 1))
  })

  test('of one episode are about it alone', async () => {
    const { rows: found } = await ask({ title: 'Night Ferry S1E1' })
    expect(found.map(({ title: name }) => name)).toEqual(found.map(() => 'Night Ferry S1E1'))
    expect(found.map(({ aspect }) => aspect)).toContain('music')
    expect(found.map(({ aspect }) => aspect)).not.toContain('pace')
  })
})

test('a person whose acting is judged worse is named, and quoted from', async () => {
  const names = ['Ada Lin', 'Bo Chen', 'Cy Wu']
  const praise = ['is wonderful here', 'was brilliant', 'is superb']
  const talk: PlannedReviews['say'] = (aspect, _, random) => {
    const name = names[random.integer(3)] ?? ''
    return aspect === 'acting' ? `${name} ${name === 'Cy Wu' ? 'is awful' : praise[random.integer(3)]}` : aspect
  }
  const acting = { ...usual, acting: { ...usual.acting, mentioned: 0.9 } }
  const own = inventJudged(
    [
      { titleId: 2, count: 400, aspects: acting, say: talk },
      ...[3, 4, 5].map((titleId) => ({ titleId, count: 200, aspects: usual })),
    ],
    4,
  )
  const textOf = new Map(own.review.map(({ line, text }) => [line, String(text)]))
  const review_aspect = own.review_aspect.map((row) => {
    if (row.aspect !== 'acting') return row
    const target = names.find((name) => textOf.get(row.line)?.includes(name)) ?? null
    return { ...row, target, opinion: target === 'Cy Wu' ? -0.7 : (row.opinion ?? null) }
  })
  const other = await openWarehouse({ ...own, review_aspect, title, title_genre })
  const { rows: found } = await askOf(other, { title: 'Quiet' })
  other.engine.close()
  expect(found[0]).toMatchObject({ aspect: 'acting', target: 'Cy Wu', title: 'Quiet', quotes: ['“Cy Wu is awful”'] })
  expect(found[0]?.advice.en).toContain('Acting of Cy Wu: judged −0.')
  expect(found[0]?.advice.zh).toContain('Cy Wu演技')
})

describe('what is not known is said', () => {
  test('too few reviews', async () => {
    const { rows: found, notes } = await ask({ leastReviews: 100_000 })
    expect(found.map(({ kind }) => kind)).toEqual(['drop-off'])
    expect(notes[0]?.en).toContain('100,000 are needed')
  })

  test('too few that judge an aspect', async () => {
    const { rows: found } = await ask({ leastMentions: 5000 })
    expect(found.map(({ kind }) => kind)).toEqual(['drop-off'])
  })

  test('a title without reviews, beside others with', async () => {
    const other = await openWarehouse({ ...rows, title: [...title, film(9, 'Unseen', 2022)] })
    const { rows: found, notes, reviews } = await askOf(other, { title: 'Unseen' })
    other.engine.close()
    expect([found, reviews]).toEqual([[], 0])
    expect(notes.map(({ en }) => en)).toEqual([
      'The title has 0 reviews; aspects are judged from 15 reviews on.',
      'Nothing stands out for the worse.',
    ])
  })

  test('reviews without marks are weighed by their sentiment, a title alone is compared with itself', async () => {
    const own = inventJudged([{ titleId: 2, count: 400, aspects: weakPace }], 9)
    const review = own.review.map((row) => ({ ...row, rating: null }))
    const other = await openWarehouse({ ...own, review, title })
    const { rows: found, comparable } = await askOf(other, { title: 'Quiet' })
    other.engine.close()
    expect(comparable).toBe(0)
    expect(found[0]).toMatchObject({ aspect: 'pace', outcome: 'sentiment' })
    expect(found[0]?.advice.en).toContain('its own other aspects')
  })
})
