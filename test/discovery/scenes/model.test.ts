import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scanPeaks } from '../../../src/discovery/scenes/model.ts'
import { type Plan, plain, plantReplays, plantTitle, type Range } from './planted-titles.ts'

const level = 0.05

const touch = (one: Range, other: Range) => one.start < other.end && other.start < one.end

/** Shared bins over the bins of either. */
function overlap(one: Range, other: Range): number {
  const shared = Math.min(one.end, other.end) - Math.max(one.start, other.start)
  return Math.max(0, shared) / (Math.max(one.end, other.end) - Math.min(one.start, other.start))
}

interface Verdict {
  recall: number
  precision: number
  overlap: number
}

function judge(titles: readonly { found: readonly Range[]; planted: readonly Range[] }[]): Verdict {
  const counts = { planted: 0, recalled: 0, found: 0, right: 0, overlap: 0 }
  for (const { found, planted } of titles) {
    counts.planted += planted.length
    counts.found += found.length
    counts.recalled += planted.filter((burst) => found.some((peak) => touch(peak, burst))).length
    counts.right += found.filter((peak) => planted.some((burst) => touch(peak, burst))).length
    for (const burst of planted) counts.overlap += Math.max(0, ...found.map((peak) => overlap(peak, burst)))
  }
  return {
    recall: counts.recalled / counts.planted,
    precision: counts.right / counts.found,
    overlap: counts.overlap / counts.planted,
  }
}

function judgePlan(plan: Plan, titles: number): Verdict {
  return judge(
    Array.from({ length: titles }, (_, seed) => {
      const { events, bursts } = plantTitle(plan, 7919 * seed + 13)
      return { found: scanPeaks(events, level).peaks, planted: bursts }
    }),
  )
}

describe('bursts of three times what is usual', () => {
  test.each<[string, Partial<Plan>]>([
    ['a dense title', { perMinute: 120, bursts: 5 }],
    ['a dense title whose audience is unknown', { perMinute: 120, bursts: 5, knowsAudience: false }],
    ['a usual title', {}],
    ['a title that most viewers leave', { perMinute: 60, decline: 1.4 }],
    ['a thin title', { perMinute: 12, decline: 0.3 }],
    ['a long title', { bins: 2700, bursts: 6 }],
    ['a title whose comments vary more than by chance', { dispersion: 0.1 }],
  ])('are found in %s', (_, change) => {
    const { recall, precision, overlap: shared } = judgePlan({ ...plain, ...change }, 40)
    expect(recall).toBeGreaterThanOrEqual(0.95)
    expect(precision).toBeGreaterThanOrEqual(0.9)
    expect(shared).toBeGreaterThan(0.75)
  })
})

describe('nothing is found', () => {
  test.each<[string, Partial<Plan>]>([
    ['by chance alone', {}],
    ['by chance in a thin title', { perMinute: 8 }],
    ['where the audience is unknown and declines', { perMinute: 60, decline: 2, knowsAudience: false }],
    ['where comments vary more than by chance', { dispersion: 0.5 }],
    ['where they vary more than by chance for half a minute at a time', { dispersion: 0.2, stretch: 6 }],
  ])('%s, but for the share that is allowed', (_, change) => {
    const plan = { ...plain, ...change, bursts: 0 }
    const titles = 100
    const wrong = Array.from({ length: titles }, (_, seed) => {
      const { events } = plantTitle(plan, 104_729 * seed + 7)
      return scanPeaks(events, level).peaks.length > 0
    }).filter(Boolean).length
    // Three standard errors above the level.
    expect(wrong).toBeLessThanOrEqual(level * titles + 3 * Math.sqrt(level * (1 - level) * titles))
  })
})

test('what many viewers watch again is found with its ends, and nothing where they do so everywhere', () => {
  const ranges = [
    { start: 200, end: 212 },
    { start: 500, end: 530 },
    { start: 801, end: 818 },
  ]
  const plan = { viewers: 5000, ratio: 3, bins: 1080 }
  const titles = Array.from({ length: 4 }, (_, seed) => ({
    planted: ranges,
    found: scanPeaks(plantReplays({ ...plan, ranges }, seed), level).peaks,
  }))
  expect(judge(titles)).toMatchObject({ recall: 1, precision: 1, overlap: expect.toSatisfy((share) => share > 0.7) })
  for (const seed of [1, 2, 3]) expect(scanPeaks(plantReplays({ ...plan, ranges: [] }, seed), level).peaks).toEqual([])
})

test('a peak has its place, its strength with an interval, and two apart are two', () => {
  const counts = new Float64Array(720).fill(4)
  counts.fill(16, 100, 112)
  counts.fill(12, 130, 150)
  const exposure = new Float64Array(720).fill(1)
  const { peaks } = scanPeaks({ counts, exposure, isExposureSampled: false, areRanges: false }, level)
  expect(peaks).toMatchObject([
    { start: 100, end: 112, count: 192 },
    { start: 130, end: 150, count: 240 },
  ])
  for (const [index, ratio] of [4, 3].entries()) {
    expect(peaks[index]?.ratio).toBeCloseTo(ratio, 1)
    expect(peaks[index]?.low).toBeLessThan(ratio)
    expect(peaks[index]?.high).toBeGreaterThan(ratio)
  }
})

test('comments that rise with the audience are no peak, and those that do not fall with it are', () => {
  const exposure = new Float64Array(720).fill(1000)
  exposure.fill(4000, 300, 330)
  const steady = new Float64Array(720).fill(5)
  const counts = exposure.map((viewers) => viewers / 200)
  const scan = (own: Float64Array) =>
    scanPeaks({ counts: own, exposure, isExposureSampled: true, areRanges: false }, level).peaks
  expect(scan(counts)).toEqual([])
  exposure.fill(1000, 300, 330)
  exposure.fill(200, 400, 430)
  expect(scan(steady)).toMatchObject([{ start: 400, end: 430 }])
})

test('peaks lie within the title, apart and in order, whatever the counts', () => {
  const any = fc.array(fc.oneof(fc.constant(0), fc.nat(3), fc.nat(400)), { maxLength: 400 })
  fc.assert(
    fc.property(any, fc.boolean(), fc.boolean(), (values, areRanges, isExposureSampled) => {
      const counts = Float64Array.from(values)
      const exposure = counts.map((count, bin) => (bin % 7 === 0 ? 0 : count + 5))
      const { peaks, windows } = scanPeaks({ counts, exposure, isExposureSampled, areRanges }, level)
      expect(windows).toBeGreaterThanOrEqual(0)
      let end = 0
      for (const peak of peaks) {
        expect(peak.start).toBeGreaterThanOrEqual(end)
        expect(peak.end).toBeGreaterThan(peak.start)
        expect(peak.ratio).toBeGreaterThan(peak.low)
        expect(peak.high).toBeGreaterThan(peak.ratio)
        expect(peak.logP).toBeLessThanOrEqual(0)
        end = peak.end
      }
      expect(end).toBeLessThanOrEqual(counts.length)
    }),
    { numRuns: 60 },
  )
})

test('an empty title and one of a few seconds have none', () => {
  const of = (counts: number[]) => ({
    counts: Float64Array.from(counts),
    exposure: new Float64Array(counts.length).fill(1),
    isExposureSampled: false,
    areRanges: false,
  })
  expect(scanPeaks(of([]), level)).toEqual({ peaks: [], windows: 0 })
  expect(scanPeaks(of([0, 0, 0]), level)).toEqual({ peaks: [], windows: 0 })
  expect(scanPeaks(of([900]), level).peaks).toEqual([])
})
