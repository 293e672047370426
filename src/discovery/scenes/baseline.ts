/** What happened in each bin of a title, from its start on. */
export interface BinnedEvents {
  /** Events in each bin. */
  readonly counts: Float64Array
  /** How many viewers could have caused one, in each bin; all 1 where that is unknown. */
  readonly exposure: Float64Array
  /** Whether `exposure` is a sample of those viewers, so that it has an error of its own. */
  readonly isExposureSampled: boolean
  /** Whether an event is in every bin that it lasts, not just in one. */
  readonly areRanges: boolean
}

/** What the surroundings of a window let expect in it. */
export interface Expectation {
  readonly expected: number
  /** Events that the expectation rests on. */
  readonly basis: number
  /** Relative variance of `expected` by the error of the exposure. */
  readonly exposureVariance: number
}

/** What to expect from bin `start` up to `end`; undefined where the surroundings do not tell. */
export type Baseline = (start: number, end: number) => Expectation | undefined

/** Sums from the start: those from a up to b are sums[b] - sums[a]. */
export function runningSums(values: ArrayLike<number>, isLeftOut?: Uint8Array): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (let bin = 0; bin < values.length; bin++) {
    sums[bin + 1] = (sums[bin] ?? 0) + (isLeftOut?.[bin] === 1 ? 0 : (values[bin] ?? 0))
  }
  return sums
}

/** The sum from `start` up to `end`. */
export function sumBetween(sums: Float64Array, start: number, end: number): number {
  return end > start ? (sums[end] ?? 0) - (sums[start] ?? 0) : 0
}

/** Half an event is added to the surroundings, so that their error stays finite. */
const continuity = 0.5

/** The mean rate of the `length` bins around a window, without the window itself and what is left out. */
export function meanBaseline(events: BinnedEvents, length: number, isLeftOut: Uint8Array): Baseline {
  const bins = events.counts.length
  const exposures = runningSums(events.exposure)
  const rest = [runningSums(events.counts, isLeftOut), runningSums(events.exposure, isLeftOut)] as const
  return (start, end) => {
    const from = Math.max(0, Math.floor((start + end - length) / 2))
    const to = Math.min(bins, from + length)
    const [around, exposed] = rest.map((sums) => sumBetween(sums, from, start) + sumBetween(sums, end, to))
    const own = sumBetween(exposures, start, end)
    if (!around || !exposed || own <= 0) return undefined
    return {
      expected: ((around + continuity) * own) / exposed,
      basis: around + continuity,
      exposureVariance: events.isExposureSampled ? (end - start) / own : 0,
    }
  }
}

/** Bins of a piece whose rate is one value of a median. */
const leastPiece = 6
const eventsOfPiece = 5
const leastPieces = 5
/** The median of a Poisson count is a third below its mean; the variance of a median is that much larger than that of a mean. */
const medianShift = 1 / 3
const medianVariance = Math.PI / 2

/** The median rate of pieces of the `length` bins around a window: bursts hardly move it, so that none need be known. */
export function medianBaseline(events: BinnedEvents, length: number): Baseline {
  const bins = events.counts.length
  const counts = runningSums(events.counts)
  const exposures = runningSums(events.exposure)
  const perBin = sumBetween(counts, 0, bins) / bins
  const piece = Math.min(Math.max(leastPiece, Math.ceil(eventsOfPiece / perBin)), Math.floor(length / leastPieces))
  const rates = Array.from({ length: Math.floor(bins / piece) }, (_, index) => {
    const own = sumBetween(exposures, index * piece, (index + 1) * piece)
    return own > 0 ? (sumBetween(counts, index * piece, (index + 1) * piece) + medianShift) / own : Number.NaN
  })
  const medians = rates.map((_, index) => {
    const reach = Math.floor(length / piece / 2)
    return middleOf(rates.slice(Math.max(0, index - reach), index + reach + 1).filter((rate) => !Number.isNaN(rate)))
  })
  return (start, end) => {
    const rate = medians[Math.min(Math.floor((start + end) / 2 / piece), medians.length - 1)]
    const own = sumBetween(exposures, start, end)
    if (!rate || own <= 0) return undefined
    const middle = (start + end) >> 1
    const around = sumBetween(counts, Math.max(0, middle - (length >> 1)), Math.min(bins, middle + (length >> 1)))
    return { expected: rate * own, basis: (around + continuity) / medianVariance, exposureVariance: 0 }
  }
}

function middleOf(values: number[]): number {
  const sorted = values.sort((a, b) => a - b)
  const upper = sorted.length >> 1
  const high = sorted[upper] ?? Number.NaN
  return sorted.length % 2 === 1 ? high : ((sorted[upper - 1] ?? Number.NaN) + high) / 2
}
