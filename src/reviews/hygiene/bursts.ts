import { logBinomialTail } from '../../kernels/statistics/binomial.ts'
import { estimateDispersion } from '../../kernels/statistics/dispersion.ts'
import { logUpperTail } from '../../kernels/statistics/negative-binomial.ts'
import { shareInterval } from '../../kernels/statistics/share-interval.ts'

/** Reviews of one title, by hours since 1970, ascending. */
export interface MarkedTimes {
  /** Those with the extreme mark that is looked at, one a viewer. */
  readonly marked: Float64Array
  /** Those with another mark. */
  readonly others: Float64Array
}

/** Hours in which a title has more reviews of a mark than its own baseline lets expect. */
export interface Burst {
  /** Times of its first and last review, in hours since 1970. */
  readonly start: number
  readonly end: number
  /** Hours of the window that it was found in. */
  readonly width: number
  /** Reviews of the mark, and what the days around let expect. */
  readonly count: number
  readonly expected: number
  /** Share of the mark among the reviews of the window, and in the rest of the title. */
  readonly share: number
  readonly usualShare: number
  /** Natural logarithm of the probability by chance of its window. */
  readonly logP: number
}

interface Candidate extends Burst {
  /** The less, the more it stands out by time and share together. */
  readonly rank: number
}

/** Lengths of windows in hours. */
export const burstWidths = [6, 24, 72] as const
/** A burst has at least so many reviews of the mark, and so many times what is expected. */
export const leastReviews = 8
export const leastRatio = 3
/** The days around a window that tell what is usual: 15 on each side. */
const surroundings = 30 * 24
/** They must be so many times as long as the window. */
const leastSurroundings = 3
/** Half a review is added to the surroundings, so that their error stays finite. */
const continuity = 0.5
/** The share of the mark in the days around counts too, where those have so many reviews: early ones are by fans. The days next to a window may be of its burst. */
const leastAround = 30
const nextDays = 3 * 24
/** Windows that expect so many tell how much counts vary, if there are so many of them; else counts are taken to vary by their own mean. */
const tellingReviews = 4
const tellingWindows = 12
const usualDispersion = 1
/** One-sided 95 %. */
const normal95 = 1.6448536269514722

/** How many of ascending `times` lie before `hour`. */
function before(times: Float64Array, hour: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) < hour) low = middle + 1
    else high = middle
  }
  return low
}

const between = (times: Float64Array, start: number, end: number) => before(times, end) - before(times, start)

/** What is around a window. */
interface Surroundings {
  /** Reviews of the mark. */
  readonly marked: number
  readonly hours: number
  /** Reviews of the mark and all reviews, without those of the days next to the window. */
  readonly apart: { readonly marked: number; readonly all: number }
}

/** Reviews that the days around let expect in a window, and how many that rests on. */
function expect({ marked, hours }: Surroundings, width: number): { expected: number; basis: number } {
  const basis = marked + continuity
  return { expected: (basis * width) / hours, basis }
}

/** What the share of the mark is at most. */
const highShare = ({ marked, all }: { readonly marked: number; readonly all: number }) =>
  all === 0 ? 1 : shareInterval(marked, all, normal95).high

class Search {
  private readonly times: MarkedTimes
  private readonly first: number
  private readonly last: number

  constructor(times: MarkedTimes) {
    this.times = times
    const { marked, others } = times
    this.first = Math.min(marked[0] ?? Number.POSITIVE_INFINITY, others[0] ?? Number.POSITIVE_INFINITY)
    this.last = Math.max(marked.at(-1) ?? Number.NEGATIVE_INFINITY, others.at(-1) ?? Number.NEGATIVE_INFINITY)
  }

  /** Windows of `width` a quarter of it apart, from the first review to the last, where the surroundings tell what is usual. */
  windows(width: number): number {
    const length = Math.min(this.last - this.first, surroundings)
    return length < leastSurroundings * width ? 0 : Math.floor((this.last - this.first) / (width / 4)) + 1
  }

  candidates(width: number): Candidate[] {
    if (this.windows(width) === 0) return []
    const { marked } = this.times
    const stride = width / 4
    const starts = new Set<number>()
    for (const time of marked) {
      const latest = Math.floor((time - this.first) / stride)
      for (let step = Math.max(0, latest - 3); step <= latest; step++) starts.add(step)
    }
    const dispersion = this.dispersion(width)
    return [...starts].flatMap((step) => this.measure(this.first + step * stride, width, dispersion) ?? [])
  }

  private measure(start: number, width: number, dispersion: number): Candidate | undefined {
    const { marked, others } = this.times
    const [from, to] = [before(marked, start), before(marked, start + width)]
    const count = to - from
    if (count < leastReviews) return undefined
    const around = this.around(start, width)
    const { expected, basis } = expect(around, width)
    if (count < leastRatio * expected) return undefined
    const other = between(others, start, start + width)
    const rest = { marked: marked.length - count, all: marked.length + others.length - count - other }
    const byTime = logUpperTail(count, expected, dispersion + 1 / basis)
    const byShare = logBinomialTail(
      count,
      count + other,
      Math.max(highShare(rest), around.apart.all < leastAround ? 0 : highShare(around.apart)),
    )
    return {
      start: marked[from] as number,
      end: marked[to - 1] as number,
      width,
      count,
      expected,
      share: count / (count + other),
      usualShare: rest.all === 0 ? 0 : rest.marked / rest.all,
      // Both must be out of the ordinary: an intersection-union test (Berger 1982).
      logP: Math.max(byTime, byShare),
      rank: byTime + byShare,
    }
  }

  /** The days around a window, without the window itself. */
  private around(start: number, width: number): Surroundings {
    const { marked, others } = this.times
    const end = start + width
    const from = Math.max(this.first, Math.min((start + end - surroundings) / 2, this.last - surroundings))
    const to = Math.min(this.last, from + surroundings)
    const without = (times: Float64Array, gap: number) =>
      between(times, from, Math.max(from, start - gap)) + between(times, Math.min(to, end + gap), to)
    const apart = without(marked, nextDays)
    return {
      marked: without(marked, 0),
      hours: Math.max(0, start - from) + Math.max(0, to - end),
      apart: { marked: apart, all: apart + without(others, nextDays) },
    }
  }

  private dispersion(width: number): number {
    const { marked } = this.times
    const errors = []
    for (let start = this.first; start + width <= this.last; start += width) {
      const { expected, basis } = expect(this.around(start, width), width)
      if (expected < tellingReviews) continue
      const square = (between(marked, start, start + width) - expected) ** 2
      errors.push({ square, expected, variance: 1 / basis })
    }
    return errors.length < tellingWindows ? usualDispersion : estimateDispersion(errors)
  }
}

/**
 * The windows of a title that stand out most and do not overlap, and how many windows there are to choose from: reviews of the
 * mark are both more than the days around let expect (a negative binomial whose dispersion is the title's own) and a larger share of all reviews
 * than in the rest of the title and in the days around, so that a release, which raises all marks, is none. `widths` in hours. O(reviews log reviews).
 * @see Fei et al., "Exploiting burstiness in reviews for review spammer detection", ICWSM 2013; docs/methods/review-hygiene.md
 */
export function scanBursts(times: MarkedTimes, widths: readonly number[]): { bursts: Burst[]; windows: number } {
  if (times.marked.length < leastReviews) return { bursts: [], windows: 0 }
  const search = new Search(times)
  const candidates = widths.flatMap((width) => search.candidates(width))
  const bursts: Burst[] = []
  for (const { rank, ...one } of candidates.sort((a, b) => a.rank - b.rank || a.start - b.start)) {
    if (bursts.every(({ start, end }) => one.end < start || one.start > end)) bursts.push(one)
  }
  return { bursts, windows: widths.reduce((sum, width) => sum + search.windows(width), 0) }
}
