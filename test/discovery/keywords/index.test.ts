import { afterAll, beforeAll, expect, test } from 'vitest'
import { keywords } from '../../../src/discovery/keywords/index.ts'
import type { Warehouse } from '../../../src/warehouse/warehouse.ts'
import { contextOf, openWarehouse, type TableRows } from '../../support/warehouse.ts'

const usual = ['good story', 'lovely music', 'I fell asleep', 'would see again', 'nice cast']

/** Reviews of `title` by viewers of its own, `days` from 2025-03-01 on. */
function reviewsOf(title: number, texts: readonly string[], { rating = 4, day = 0, source = 'site' } = {}) {
  return texts.map((text, index) => ({
    title_id: title,
    viewer_id: title * 10_000 + day * 500 + index,
    text,
    rating,
    source,
    reviewed_at: new Date(Date.UTC(2025, 2, 1 + day)).toISOString().slice(0, 19).replace('T', ' '),
  }))
}
const times = (count: number, text: string) => Array.from({ length: count }, () => text)
const usually = (count: number) => Array.from({ length: count }, (_, index) => usual[index % usual.length] ?? '')

const rows: TableRows = {
  title: [
    { title_id: 1, name: 'Night Ferry', title_type: 'film' },
    { title_id: 2, name: 'The Harbour', title_type: 'film' },
    { title_id: 3, name: 'Quiet', title_type: 'film' },
    { title_id: 4, name: 'Unread', title_type: 'film' },
  ],
  title_genre: [{ title_id: 1, genre: 'Drama' }],
  credit: [{ title_id: 1, person: 'Ada Ashgrove', role: 'actor', character: 'Captain Rue' }],
  review: [
    ...reviewsOf(1, [
      ...times(12, 'The plot twist is great'),
      ...times(9, 'Ada Ashgrove, on this night ferry'),
      ...usually(60),
    ]),
    ...reviewsOf(1, [...times(12, 'Dull dialogue'), ...usually(30)], { rating: 1, day: 1 }),
    ...reviewsOf(1, [...times(20, 'sequel confirmed!'), ...usually(40)], { day: 40 }),
    // One who says it fifty times is one.
    ...times(50, 'umbrella umbrella').map((text) => ({ title_id: 1, viewer_id: 1, text, source: 'site', rating: 5 })),
    ...reviewsOf(2, usually(400)),
    ...reviewsOf(2, usually(100), { rating: 1, day: 1 }),
    ...reviewsOf(3, times(4, '好看')),
  ],
  timed_comment: [
    ...Array.from({ length: 8 }, (_, viewer) => ({
      title_id: 1,
      viewer_id: 90_000 + viewer,
      text: 'foghorn',
      position_seconds: 5,
      source: 'chat',
    })),
  ],
}

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse(rows)
})
afterAll(() => warehouse.engine.close())
const ask = async (parameters: Record<string, unknown>) =>
  keywords.result.parse(await keywords.ask(contextOf(warehouse), keywords.parameters.parse(parameters)))
const words = (list: readonly { word: string }[]) => list.map(({ word }) => word)

test('what is said of a title more than of others, by viewers, with an example', async () => {
  const answer = await ask({ title: 'Night Ferry' })
  expect(answer).toMatchObject({ title: 'Night Ferry', against: 'titles', texts: 241, viewers: 192, others: 504 })
  expect(words(answer.rows)).toEqual(
    expect.arrayContaining(['plot twist', 'Ada Ashgrove', 'Dull dialogue', 'sequel confirmed', 'foghorn']),
  )
  expect(words(answer.rows)).not.toContain('umbrella')
  expect(words(answer.rows)).not.toContain('story')
  expect(words(answer.rows)).not.toContain('night ferry')
  expect(answer.rows.find(({ word }) => word === 'plot twist')).toMatchObject({
    kind: 'phrase',
    viewers: 12,
    shareElsewhere: 0,
    quote: 'The plot twist is great',
  })
  expect(answer.rows.find(({ word }) => word === 'Ada Ashgrove')?.kind).toBe('name')
  expect(words((await ask({ title: 'Night Ferry', kind: ['title'] })).rows)).toEqual(['night ferry'])
})

test('what is rising against as many days before', async () => {
  const answer = await ask({ title: 'Night Ferry', periodDays: 30, texts: ['reviews'] })
  expect(answer).toMatchObject({ now: '2025-03-12–2025-04-10', before: '2025-02-10–2025-03-11' })
  expect(words(answer.rising)).toEqual(['sequel confirmed'])
  expect(answer.rising[0]).toMatchObject({ viewersNow: 20, viewersBefore: 0 })
  expect(answer.notes.map(({ en }) => en)).toEqual([expect.stringContaining('50 texts without a day')])
  const within = await ask({ title: 'Night Ferry', from: '2025-04-10', to: '2025-04-10' })
  expect(within).toMatchObject({ texts: 60, now: '2025-04-10–2025-04-10', before: null })
  expect(words(within.rows)).toEqual(['sequel confirmed'])
})

test('what the pleased say and the displeased do not', async () => {
  const bad = await ask({ title: 'Night Ferry', sentiment: 'unfavourable', against: 'sentiment' })
  expect(bad).toMatchObject({ against: 'sentiment', texts: 42, viewers: 42 })
  expect(words(bad.rows)).toEqual(['Dull dialogue'])
  const all = await ask({ sentiment: 'favourable', texts: ['reviews'] })
  expect(all.against).toBe('sentiment')
  expect(words(all.rows)).not.toContain('Dull dialogue')
  expect((await ask({ sentiment: 'favourable' })).notes[0]?.zh).toContain('弹幕没有评分')
})

test('sources, kinds of text and genres are chosen', async () => {
  expect(words((await ask({ title: 'Night Ferry', texts: ['comments'] })).rows)).toEqual(['foghorn'])
  expect((await ask({ title: 'Night Ferry', source: 'chat' })).texts).toBe(8)
  expect(words((await ask({ genre: 'Drama' })).rows)).toEqual(
    words((await ask({ title: 'Night Ferry', kind: ['word', 'phrase', 'name', 'title'] })).rows).map((word) => word),
  )
  expect((await ask({ title: 'Night Ferry', leastViewers: 13 })).rows.map(({ viewers }) => viewers)).toEqual([20])
})

test('what cannot be told is said', async () => {
  const unread = await ask({ title: 'Unread' })
  expect(unread).toMatchObject({ texts: 0, viewers: 0, rows: [], rising: [], now: null })
  expect(unread.notes.map(({ en }) => en)).toEqual(['There are no such reviews or comments.'])
  const chinese = await ask({ title: 'Quiet' })
  expect(chinese.against).toBeNull()
  expect(chinese.rows).toMatchObject([{ word: '好看', viewers: 4, times: null, quote: '好看' }])
  expect(chinese.notes.map(({ en }) => en)).toContainEqual(expect.stringContaining('nothing in this language'))
  const everything = await ask({})
  expect(everything.notes[0]?.en).toContain('Nothing to compare with')
  const viewers = everything.rows.map((row) => row.viewers)
  expect(viewers).toEqual([...viewers].sort((a, b) => b - a))
  await expect(ask({ title: 'Nihgt Ferry' })).rejects.toMatchObject({ code: 'unknown-title' })
})
