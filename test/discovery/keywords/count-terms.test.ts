import { expect, test } from 'vitest'
import { type Said, TermCounts } from '../../../src/discovery/keywords/count-terms.ts'

const own = (...texts: string[]): Said[] => texts.map((text) => ({ text, of: ['own'] }))
const others = (text: string): Said[] => [{ text, of: ['others'] }]
const viewersOf = (counts: TermCounts) => new Map(counts.terms.map((term) => [term.key, term.own]))

test('a viewer counts once for a word, however often and in however many texts', () => {
  const counts = new TermCounts(100)
  counts.add(own('dragon dragon', 'Dragons!', 'a dragon'))
  counts.add(own('dragon'))
  counts.close(() => true)
  expect(viewersOf(counts)).toEqual(
    new Map([
      ['dragon', 2],
      ['dragon dragon', 1],
    ]),
  )
  expect(counts.viewers.own).toBe(2)
  expect(counts.totals.own).toEqual({ han: 0, other: 2 })
})

test('words beside each other are phrases, but not over punctuation or other words', () => {
  const counts = new TermCounts(100)
  for (const text of [
    'plot twist ending',
    'plot twist ending',
    'plot, twist',
    'plot a twist',
    'house of the dragon',
    '精彩的反转',
  ]) {
    counts.add(own(text))
  }
  counts.close(() => true)
  const viewers = viewersOf(counts)
  expect(viewers.get('plot twist')).toBe(2)
  // Two words begin a phrase of three once somebody else has said them.
  expect(viewers.get('plot twist end')).toBe(1)
  expect(viewers.get('hous dragon')).toBe(1)
  expect(viewers.has('精彩 反转')).toBe(false)
  expect(counts.terms.find(({ key }) => key === 'hous dragon')?.form).toBe('house of the dragon')
})

test('the form is the one that most texts have', () => {
  const counts = new TermCounts(100)
  for (const text of ['edge', 'EDG', 'edg', 'EDG', '結局', '结局', '結局']) counts.add(own(text))
  counts.close(() => true)
  expect(counts.terms.map(({ form, own: viewers }) => [form, viewers])).toEqual([
    ['結局', 3],
    ['EDG', 4],
  ])
})

test('of what comes after, only words that are known are counted, but all are in the sums', () => {
  const counts = new TermCounts(100)
  counts.add(own('撒贝宁 dragon'))
  counts.add(own('dragon music'))
  counts.close(({ own: viewers, key }) => viewers > 1 || key === '撒 贝宁')
  counts.add(others('dragon music here'))
  counts.add(others('喜欢撒贝宁'))
  expect(counts.terms.map(({ key, others: viewers }) => [key, viewers])).toEqual([['撒 贝宁', 1]])
  expect(counts.totals.others).toEqual({ han: 2, other: 2 })
  expect(counts.canCompare).toBe(true)
})

test('room is bounded: the rarest are dropped, and that is said', () => {
  const counts = new TermCounts(40)
  for (let viewer = 0; viewer < 400; viewer++) counts.add(own(`dragon word${viewer}x`))
  expect(counts.dropped).toBeGreaterThan(300)
  counts.close(({ own: viewers }) => viewers >= 3)
  expect(viewersOf(counts)).toEqual(new Map([['dragon', 400]]))
  expect(counts.mostMissing).toBeGreaterThan(0)
})
