import { type CountError, estimateDispersion } from '../../kernels/statistics/dispersion.ts'
import { type Baseline, runningSums, sumBetween } from './baseline.ts'

/** Windows are laid a quarter of their width apart. */
export function startsOf(width: number, bins: number): number[] {
  const stride = Math.max(1, width >> 2)
  return Array.from({ length: Math.max(0, Math.floor((bins - width) / stride) + 1) }, (_, index) => index * stride)
}

/** A window tells of dispersion where so many events are expected in it, and a width where so many windows do. */
const tellingEvents = 4
const tellingWindows = 12
/** Longer windows, of which a title has few, are taken to vary as much as windows of so many bins. */
const longestTelling = 18

/**
 * By how much more than Poisson the counts of windows of each width vary: the a of variance = mean + a mean². It is `estimateDispersion`
 * of them, raised by about its standard error. Sums of bins vary no less than if bins were independent: a(w) w does not fall with w;
 * that also bounds it for windows too narrow to tell.
 */
export function estimateDispersions(
  counts: Float64Array,
  baseline: Baseline,
  isLeftOut: Uint8Array,
  widths: readonly number[],
): number[] {
  const sums = runningSums(counts)
  const leftOut = runningSums(isLeftOut)
  const found: (number | undefined)[] = []
  let floor = 0
  for (const width of widths) {
    const last = found.at(-1)
    const isTold = width <= longestTelling || last === undefined
    const spreads = isTold ? spreadsOf(width, sums, leftOut, baseline) : []
    if (spreads.length < tellingWindows) {
      found.push(last)
      continue
    }
    const standardError = Math.sqrt(width / counts.length)
    const value = Math.max((1 + standardError) * estimateDispersion(spreads), floor / width)
    floor = Math.max(floor, value * width)
    found.push(value)
  }
  const first = found.findIndex((value) => value !== undefined)
  const bound = first < 0 ? 0 : (found[first] ?? 0) * (widths[first] ?? 0)
  return widths.map((width, index) => found[index] ?? bound / width)
}

function spreadsOf(width: number, sums: Float64Array, leftOut: Float64Array, baseline: Baseline): CountError[] {
  return startsOf(width, sums.length - 1).flatMap((start) => {
    if (sumBetween(leftOut, start, start + width) > 0) return []
    const about = baseline(start, start + width)
    if (!about || about.expected < tellingEvents) return []
    const { expected, basis, exposureVariance } = about
    const square = (sumBetween(sums, start, start + width) - expected) ** 2
    return [{ square, expected, variance: 1 / basis + exposureVariance }]
  })
}
