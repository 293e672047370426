import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { adjustForDiscoveries } from '../../../src/kernels/statistics/benjamini-hochberg.ts'
import { burstWidths, type MarkedTimes, scanBursts } from '../../../src/reviews/hygiene/bursts.ts'

const day = 24
const release = 400_000

interface Title {
  readonly reviews: number
  /** Share of the mark. */
  readonly share: number
  readonly campaign?: { readonly at: number; readonly reviews: number; readonly hours: number }
}

/** Half of the reviews fall off within weeks of the release, the others come over a year; few come at night. */
function titleOf({ reviews, share, campaign }: Title, random: Random): MarkedTimes {
  const marked: number[] = []
  const others: number[] = []
  for (let i = 0; i < reviews; i++) {
    const age = random.uniform() < 0.5 ? random.gamma(1, 7) : random.uniform() * 365
    const hour = random.uniform() < 0.8 ? 9 + random.integer(14) : random.integer(24)
    const time = release + Math.floor(age) * day + hour + random.uniform()
    ;(random.uniform() < share ? marked : others).push(time)
  }
  const planted = campaign ?? { at: 0, reviews: 0, hours: 0 }
  for (let i = 0; i < planted.reviews; i++) marked.push(release + planted.at + random.uniform() * planted.hours)
  return { marked: Float64Array.from(marked).sort(), others: Float64Array.from(others).sort() }
}

/** The bursts of each title at a false discovery rate of 0.05 among all. */
function burstsOf(titles: readonly MarkedTimes[]) {
  const scans = titles.map((times) => scanBursts(times, burstWidths))
  const found = scans.flatMap(({ bursts }, title) => bursts.map((burst) => ({ ...burst, title })))
  const tests = scans.reduce((sum, { windows }) => sum + windows, 0)
  const qValues = adjustForDiscoveries(
    found.map(({ logP }) => Math.exp(logP)),
    tests,
  )
  return found.filter((_, i) => (qValues[i] ?? 1) <= 0.05)
}

describe('scanBursts', () => {
  test('finds planted campaigns with their ends, and of hundreds of titles without one none', () => {
    const random = new Random(11)
    const planted = Array.from({ length: 60 }, () => ({
      ...{ at: random.integer(300 * day), reviews: 25 + random.integer(30), hours: 4 + random.integer(3) },
    }))
    const shares = [0.15, 0.3, 0.45]
    const some = (i: number) => ({ reviews: 100 + random.integer(900), share: shares[i % 3] ?? 0.3 })
    const titles = [
      ...planted.map((campaign, i) => titleOf({ ...some(i), campaign }, random)),
      ...Array.from({ length: 300 }, (_, i) => titleOf(some(i), random)),
    ]
    const found = burstsOf(titles)
    const hits = planted.filter(({ at, hours }, title) =>
      found.some((burst) => burst.title === title && burst.start < release + at + hours && burst.end > release + at),
    )
    expect(hits.length / planted.length).toBeGreaterThan(0.95)
    const wrong = found.filter(({ title, start, end }) => {
      const own = planted[title]
      return !own || start > release + own.at + own.hours || end < release + own.at
    })
    expect(wrong).toEqual([])
    const first = found.find(({ title }) => title === 0)
    expect(first?.count).toBeGreaterThanOrEqual((planted[0]?.reviews ?? 99) * 0.6)
    expect(first?.share).toBeGreaterThan(first?.usualShare ?? 1)
  })

  test('a release, which raises all marks, is no burst', () => {
    const random = new Random(5)
    const times = titleOf({ reviews: 200, share: 0.5 }, random)
    const rush = (count: number) => Array.from({ length: count }, () => release + 40 * day + random.uniform() * 10)
    const with_ = (old: Float64Array, more: number[]) => Float64Array.from([...old, ...more]).sort()
    const surge = { marked: with_(times.marked, rush(150)), others: with_(times.others, rush(150)) }
    expect(burstsOf([surge])).toEqual([])
    const paid = { marked: with_(times.marked, rush(150)), others: times.others }
    expect(burstsOf([paid])).toHaveLength(1)
  })

  test('too few reviews, or too short a time, tell nothing', () => {
    const none = new Float64Array()
    expect(scanBursts({ marked: none, others: none }, burstWidths)).toEqual({ bursts: [], windows: 0 })
    const atOnce = { marked: new Float64Array(50).fill(7), others: none }
    expect(scanBursts(atOnce, burstWidths)).toEqual({ bursts: [], windows: 0 })
    const allExtreme = { marked: Float64Array.from({ length: 300 }, (_, i) => (i < 200 ? i * 12 : 2400)), others: none }
    expect(burstsOf([allExtreme])).toEqual([])
  })
})
