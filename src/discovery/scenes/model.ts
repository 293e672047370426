import { logUpperTail } from '../../kernels/statistics/negative-binomial.ts'
import {
  type Baseline,
  type BinnedEvents,
  type Expectation,
  meanBaseline,
  medianBaseline,
  runningSums,
  sumBetween,
} from './baseline.ts'
import { estimateDispersions, startsOf } from './dispersion.ts'

/** Length of a bin. */
export const binSeconds = 5
/** Lengths of windows in bins: 10 seconds to 3 minutes. */
const widths = [2, 3, 4, 6, 9, 12, 18, 24, 36] as const
/** Surroundings last 10 minutes, longer where those hold too few events, up to half an hour. */
const leastSurroundings = 120
const mostSurroundings = 360
const eventsAround = 250
/** Viewers that a peak has at least. */
const leastViewers = 5
/** A peak has at least so many times what is expected. */
const leastRatio = 1.5
/** Peaks that so short a stretch parts are one, if it is no quieter than a peak. */
const longestPause = 6
/** Less probable than this, a peak is left out of what is usual. */
const likelyLogP = Math.log(1e-4)
const mostRounds = 10
const normal90 = 1.6448536269514722

interface Range {
  /** First bin. */
  readonly start: number
  /** The bin after the last. */
  readonly end: number
}

/** A range of bins with more events than its surroundings let expect. */
export interface Peak extends Range {
  readonly count: number
  readonly expected: number
  /** `count` over `expected`, with its 90 % interval. */
  readonly ratio: number
  readonly low: number
  readonly high: number
  /** Relative variance of counts beyond Poisson. */
  readonly dispersion: number
  /** Natural logarithm of the probability of its best window by chance. */
  readonly logP: number
}

export interface Scan {
  /** By position. */
  readonly peaks: readonly Peak[]
  /** Windows that were compared with their surroundings. */
  readonly windows: number
}

/** A window with more events than expected. */
interface Window extends Range {
  readonly dispersion: number
  readonly logP: number
}

/** Looks for peaks where `baseline` and `dispersions` (by width) are what is usual. */
class Search {
  readonly counts: Float64Array
  readonly exposures: Float64Array
  private readonly events: BinnedEvents
  private readonly baseline: Baseline
  private readonly dispersions: readonly number[]

  constructor(events: BinnedEvents, baseline: Baseline, dispersions: readonly number[]) {
    this.events = events
    this.counts = runningSums(events.counts)
    this.exposures = runningSums(events.exposure)
    this.baseline = baseline
    this.dispersions = dispersions
  }

  /** The least probable windows that do not touch, cut to their best ends, least probable first; and how many windows there are. */
  candidates(): { windows: number; peaks: Peak[] } {
    const { windows, raised } = this.compare()
    const isTaken = new Uint8Array(this.events.counts.length)
    const peaks: Peak[] = []
    for (const window of raised) {
      if (isTaken.subarray(window.start, window.end).includes(1)) continue
      const peak = this.measure(this.trim(window, isTaken), window) ?? this.measure(window, window)
      if (!peak) continue
      cover(isTaken, peak)
      if (peak.ratio >= leastRatio) peaks.push(peak)
    }
    return { windows, peaks }
  }

  /** Peaks by position, those joined between which there is no pause. */
  join(peaks: readonly Peak[]): Peak[] {
    const joined: Peak[] = []
    for (const peak of [...peaks].sort((a, b) => a.start - b.start)) {
      const before = joined.at(-1)
      const both = before && this.joinTwo(before, peak)
      if (both) joined.pop()
      joined.push(both ?? peak)
    }
    return joined
  }

  private joinTwo(before: Peak, after: Peak): Peak | undefined {
    const pause = { start: before.end, end: after.start }
    const about = this.baseline(pause.start, pause.end)
    const isQuiet = about !== undefined && sumBetween(this.counts, pause.start, pause.end) < leastRatio * about.expected
    if (isQuiet || pause.end - pause.start > longestPause) return undefined
    return this.measure({ start: before.start, end: after.end }, before.logP < after.logP ? before : after)
  }

  private compare(): { windows: number; raised: Window[] } {
    const raised: Window[] = []
    let windows = 0
    for (const [index, width] of widths.entries()) {
      const dispersion = this.dispersions[index] ?? 0
      const least = this.events.areRanges ? leastViewers * width : leastViewers
      for (const start of startsOf(width, this.events.counts.length)) {
        const end = start + width
        const about = this.baseline(start, end)
        if (!about) continue
        windows++
        const count = sumBetween(this.counts, start, end)
        if (count < least || count < leastRatio * about.expected) continue
        const logP = logUpperTail(count, about.expected, dispersion + this.variance(about, width))
        raised.push({ start, end, dispersion, logP })
      }
    }
    return { windows, raised: raised.sort((a, b) => a.logP - b.logP || a.start - b.start) }
  }

  /** Relative variance of what is expected in `width` bins, if the bins of its surroundings vary together as those of the widest windows. */
  private variance({ expected, basis, exposureVariance }: Expectation, width: number): number {
    const together = (this.dispersions.at(-1) ?? 0) * expected * ((widths.at(-1) ?? width) / width)
    return (1 + together) / basis + exposureVariance
  }

  /** The range around a window with the largest likelihood ratio of a raised rate (Kulldorff 1997), beside what is taken. */
  private trim({ start, end }: Range, isTaken: Uint8Array): Range {
    const rate = (this.baseline(start, end)?.expected ?? 0) / sumBetween(this.exposures, start, end)
    const reach = end - start
    let [first, last] = [start, end]
    while (first > Math.max(0, start - reach) && isTaken[first - 1] === 0) first--
    while (last < Math.min(isTaken.length, end + reach) && isTaken[last] === 0) last++
    let best: Range = { start, end }
    let largest = Number.NEGATIVE_INFINITY
    for (let from = first; from <= last - widths[0]; from++) {
      for (let to = from + widths[0]; to <= last; to++) {
        const count = sumBetween(this.counts, from, to)
        const expected = rate * sumBetween(this.exposures, from, to)
        if (count <= expected) continue
        const likelihood = count * Math.log(count / expected) - (count - expected)
        if (likelihood <= largest) continue
        largest = likelihood
        best = { start: from, end: to }
      }
    }
    return best
  }

  /** What there is in a range, of the probability and dispersion of a window in it; undefined where nothing is left around it. */
  private measure({ start, end }: Range, { dispersion, logP }: Omit<Window, keyof Range>): Peak | undefined {
    const about = this.baseline(start, end)
    if (!about) return undefined
    const count = sumBetween(this.counts, start, end)
    const { expected } = about
    const ratio = count / expected
    const spread = Math.exp(normal90 * Math.sqrt(1 / count + dispersion + this.variance(about, end - start)))
    return { start, end, count, expected, ratio, low: ratio / spread, high: ratio * spread, dispersion, logP }
  }
}

/** Marks a peak and a quarter of its length on both sides. */
function cover(mask: Uint8Array, { start, end }: Peak): void {
  const margin = Math.ceil((end - start) / 4)
  mask.fill(1, Math.max(0, start - margin), end + margin)
}

/** The first of `peaks`, least probable first, as far as Benjamini and Hochberg (1995) let go with so many windows. */
function discover(peaks: readonly Peak[], windows: number, falseDiscoveries: number): readonly Peak[] {
  const limit = Math.log(falseDiscoveries / windows)
  return peaks.slice(0, peaks.findLastIndex((peak, index) => peak.logP <= limit + Math.log(index + 1)) + 1)
}

/**
 * Ranges of a title with more events than their surroundings let expect, at a false discovery rate of `falseDiscoveries` among peaks. Windows of
 * several widths are compared with the mean rate around them by a negative binomial whose dispersion is the title's own; peaks found are left out
 * of what is usual, until nothing changes. docs/methods/scenes.md has the formulas. O(bins widths) a round.
 */
export function scanPeaks(events: BinnedEvents, falseDiscoveries: number): Scan {
  const bins = events.counts.length
  const total = events.counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return { peaks: [], windows: 0 }
  const surroundings = Math.ceil(Math.min(Math.max(leastSurroundings, (eventsAround * bins) / total), mostSurroundings))
  const first = new Search(
    events,
    medianBaseline(events, surroundings),
    widths.map(() => 0),
  )
  let likely = first.candidates().peaks.filter(({ logP }) => logP < likelyLogP)
  let found: Scan = { peaks: [], windows: 0 }
  for (let round = 0; round < mostRounds; round++) {
    const isLeftOut = new Uint8Array(bins)
    for (const peak of likely) cover(isLeftOut, peak)
    const baseline = meanBaseline(events, surroundings, isLeftOut)
    const search = new Search(events, baseline, estimateDispersions(events.counts, baseline, isLeftOut, widths))
    const { peaks, windows } = search.candidates()
    const next = peaks.filter(({ logP }) => logP < likelyLogP)
    found = { peaks: search.join(discover(peaks, windows, falseDiscoveries)), windows }
    if (isSame(likely, next)) break
    likely = next
  }
  return found
}

const isSame = (left: readonly Peak[], right: readonly Peak[]) => {
  const places = (peaks: readonly Peak[]) =>
    peaks
      .map(({ start, end }) => `${start} ${end}`)
      .sort()
      .join()
  return places(left) === places(right)
}
