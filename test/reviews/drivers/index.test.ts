import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { drivers } from '../../../src/reviews/drivers/index.ts'
import type { Warehouse } from '../../../src/warehouse/warehouse.ts'
import { inventJudged } from '../../support/judged-reviews.ts'
import { contextOf, openWarehouse, type TableRows } from '../../support/warehouse.ts'

const plan = {
  acting: { mentioned: 0.6, mean: 0.3, effect: 2 },
  pace: { mentioned: 0.5, mean: -0.1, effect: 1 },
  music: { mentioned: 0.5, mean: 0.2, effect: 0 },
  subtitles: { mentioned: 0.01, mean: 0, effect: 0 },
}
/** A second site marks lower, in another language and about another genre: what differs between sites is no driver. */
const plans = [
  { titleId: 1, count: 500, aspects: plan, firstViewer: 1000 },
  {
    ...{ titleId: 2, count: 500, aspects: { ...plan, music: { ...plan.music, mean: -0.6 } }, rating: 4 },
    ...{ source: 'other', language: 'zh' },
  },
]
const judged = inventJudged(plans, 7)

/** The viewers of title 1 see more of it the better they find its pace. */
function viewings(): TableRows['viewing'] {
  const opinions = new Map(
    judged.review_aspect.flatMap((row) => (row.aspect === 'pace' ? [[`${row.line}`, Number(row.opinion)]] : [])),
  )
  return judged.review.flatMap(({ viewer_id, line }) =>
    viewer_id == null
      ? []
      : [
          {
            ...{ title_id: 1, viewer_id, source: 'app', watched_seconds: 3000 + 1500 * (opinions.get(`${line}`) ?? 0) },
            is_advertising: false,
          },
          { title_id: 1, viewer_id, source: 'app', watched_seconds: 5000, is_advertising: true },
        ],
  )
}

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse({
    ...judged,
    title: [
      { title_id: 1, name: 'Night Ferry', title_type: 'film', year: 2020, runtime_seconds: 6000 },
      { title_id: 2, name: 'Quiet', title_type: 'film', year: 2021 },
    ],
    title_genre: [
      { title_id: 1, genre: 'Drama' },
      { title_id: 2, genre: 'Comedy' },
    ],
    viewing: viewings() ?? [],
  })
}, 60_000)
afterAll(() => warehouse.engine.close())
const ask = async (parameters: Record<string, unknown> = {}) =>
  drivers.result.parse(await drivers.ask(contextOf(warehouse), drivers.parameters.parse(parameters)))

describe('drivers of the rating', () => {
  test('are the planted ones in their order, with intervals that hold the planted effects', async () => {
    const { rows, models, reviews } = await ask({ outcome: ['rating'] })
    expect(reviews).toBe(1000)
    expect(rows.map(({ aspect }) => aspect)).toEqual(['acting', 'pace', 'music'])
    const [acting, pace, music] = rows
    for (const [row, effect] of [
      [acting, 0.2],
      [pace, 0.1],
      [music, 0],
    ] as const) {
      expect(row?.effectLow, row?.aspect).toBeLessThan(effect)
      expect(row?.effectHigh, row?.aspect).toBeGreaterThan(effect)
    }
    expect(pace?.effectLow).toBeGreaterThan(0)
    expect(acting?.importance).toBeGreaterThan(2 * (pace?.importance ?? 1))
    expect(acting?.mentions).toBeGreaterThan(500)
    const [model] = models
    expect(rows.reduce((sum, { importance }) => sum + importance, 0)).toBeCloseTo(model?.explained ?? 0, 9)
    expect(model?.crossValidated).toBeGreaterThan(0.3)
    expect(model?.crossValidated).toBeLessThan((model?.explained ?? 0) + (model?.controlled ?? 0))
  })

  test('say what is held constant and that causes are not shown', async () => {
    const { notes } = await ask({ outcome: ['rating'] })
    const [held, cause] = notes.slice(-2)
    expect(held?.en).toContain('source, language, genre, year of release')
    expect(held?.zh).toContain('来源、语言、题材')
    expect(cause?.en).toContain('causes')
  })

  test('of one title leave out what does not differ within it', async () => {
    const { title, rows, notes } = await ask({ title: 'quiet', outcome: ['rating'] })
    expect(title).toBe('Quiet')
    expect(rows[0]).toMatchObject({ aspect: 'acting', outcome: 'rating' })
    expect(rows.find(({ aspect }) => aspect === 'music')?.satisfaction).toBeLessThan(-0.4)
    expect(notes.at(-2)?.en).not.toContain('genre')
  })
})

test('what is watched goes with the planted aspect, without advertising', async () => {
  const { rows, models } = await ask({ outcome: ['completion'] })
  expect(models[0]?.observations).toBe(500)
  expect(rows[0]?.aspect).toBe('pace')
  expect(rows[0]?.effect).toBeCloseTo(0.25, 1)
  expect(rows.find(({ aspect }) => aspect === 'acting')?.importance).toBeLessThan(0.03)
})

test('completion is compared between titles where reviewers are not known as viewers', async () => {
  const random = new Random(2)
  const titles = Array.from({ length: 60 }, (_, index) => ({ titleId: 100 + index, pace: random.normal(0, 0.4) }))
  const own = inventJudged(
    titles.map(({ titleId, pace }) => ({
      titleId,
      count: 20,
      aspects: { ...plan, pace: { ...plan.pace, mentioned: 0.8, mean: pace } },
    })),
    5,
  )
  const viewing = titles.flatMap(({ titleId, pace }) =>
    Array.from({ length: 25 }, (_, viewer_id) => ({
      ...{ title_id: titleId, viewer_id, source: 'app' },
      watched_seconds: 3000 + 2000 * pace + 300 * random.normal(),
    })),
  )
  const title = titles.map(({ titleId }) => ({
    title_id: titleId,
    name: `Film ${titleId}`,
    title_type: 'film',
    year: 2020,
    runtime_seconds: 6000,
  }))
  const other = await openWarehouse({ ...own, viewing, title })
  const { rows, models, notes } = await drivers.ask(
    contextOf(other),
    drivers.parameters.parse({ outcome: ['completion'] }),
  )
  other.engine.close()
  expect(models[0]?.observations).toBe(60)
  expect(rows[0]).toMatchObject({ outcome: 'completion', aspect: 'pace' })
  expect(rows[0]?.mentions).toBeGreaterThan(900)
  expect(rows[0]?.effectLow).toBeGreaterThan(0)
  expect(notes[0]?.en).toContain('between 60 titles')
})

test('fewer reviews than asked for tell nothing, and it is said how many there are', async () => {
  const { rows, models, notes } = await ask({ leastReviews: 1001 })
  expect([rows, models]).toEqual([[], []])
  expect(notes.map(({ en }) => en)).toEqual([
    'Not told of the rating: 1,000 of 1,000 reviews have it, 1,001 are needed.',
    'Not told of the share watched: 500 of 1,000 reviews have it, 1,001 are needed.',
  ])
})

test('a rating stands in where the review has none, on the scale of its own source', async () => {
  const bare = judged.review.filter((row) => row.title_id === 1).map((row) => ({ ...row, rating: null }))
  const rating = judged.review.flatMap(({ title_id, viewer_id, rating: mark }) =>
    title_id === 1 ? [{ title_id, viewer_id: viewer_id ?? null, rating: Number(mark) / 2, source: 'stars' }] : [],
  )
  const other = await openWarehouse({ ...judged, review: bare, rating, title: [{ title_id: 1, name: 'Night Ferry' }] })
  const answer = await drivers.ask(contextOf(other), drivers.parameters.parse({ outcome: ['rating'] }))
  other.engine.close()
  expect(answer.models[0]?.observations).toBe(500)
  expect(answer.rows[0]?.aspect).toBe('acting')
  expect(answer.rows[0]?.effect).toBeCloseTo(0.2, 1)
})

test('noise has no drivers that hold for reviews left out', async () => {
  const noise = { mentioned: 0.5, mean: 0, effect: 0 }
  const rows = inventJudged([{ titleId: 1, count: 150, aspects: { acting: noise, pace: noise, music: noise } }], 3)
  const other = await openWarehouse({ ...rows, title: [{ title_id: 1, name: 'Night Ferry' }] })
  const answer = await drivers.ask(contextOf(other), drivers.parameters.parse({ outcome: ['rating'] }))
  other.engine.close()
  expect(answer.rows.filter(({ effectLow }) => effectLow > 0)).toEqual([])
  expect(answer.notes.map(({ en }) => en).join()).toContain('not foretold better than by their mean')
})

test('no reviews at all', async () => {
  const other = await openWarehouse({ title: [{ title_id: 1, name: 'Night Ferry' }] })
  const answer = await drivers.ask(contextOf(other), drivers.parameters.parse({}))
  other.engine.close()
  expect(answer).toMatchObject({ reviews: 0, rows: [], models: [] })
  expect(answer.notes).toHaveLength(2)
})
