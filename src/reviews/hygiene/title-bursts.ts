import { groupBy } from '../../group-by.ts'
import { adjustForDiscoveries } from '../../kernels/statistics/benjamini-hochberg.ts'
import { type Burst, burstWidths, scanBursts } from './bursts.ts'
import { compareTime, type Review } from './review.ts'

/** Sources that tell the day alone have so many times of day at most: two where clocks change. */
const mostTimesOfDay = 2
const dayHours = 24

/** A burst of reviews with an extreme mark. */
export interface TitleBurst extends Burst {
  readonly titleId: string
  readonly mark: 1 | -1
  /** False discovery rate among all bursts of all titles. */
  readonly qValue: number
  /** All of the mark from its start to its end, the earliest first. */
  readonly reviews: readonly Review[]
}

/** The sources that do not tell when on a day a review was written. */
export function dailySources(reviews: readonly Review[]): ReadonlySet<string> {
  const times = new Map<string, Set<number>>()
  for (const { source, hour } of reviews) {
    if (hour === null) continue
    const own = times.get(source) ?? new Set()
    times.set(source, own)
    if (own.size <= mostTimesOfDay) own.add(Math.round((hour % dayHours) * 3600))
  }
  return new Set([...times].filter(([, own]) => own.size <= mostTimesOfDay).map(([source]) => source))
}

/** Hours of reviews, one a known viewer. */
function hoursOf(reviews: readonly Review[]): Float64Array {
  const seen = new Set<string>()
  const hours = reviews.flatMap(({ hour, viewerId }) => {
    if (hour === null || (viewerId !== null && seen.has(viewerId))) return []
    if (viewerId !== null) seen.add(viewerId)
    return hour
  })
  return Float64Array.from(hours)
}

/** The bursts of all titles at a false discovery rate, the least probable first. */
export function findBursts(
  reviews: readonly Review[],
  daily: ReadonlySet<string>,
  falseDiscoveries: number,
): TitleBurst[] {
  const found: Omit<TitleBurst, 'qValue'>[] = []
  let tests = 0
  const timed = reviews.filter(({ hour, extreme }) => hour !== null && extreme !== null)
  for (const [titleId, own] of groupBy(timed, (review) => review.titleId)) {
    own.sort(compareTime)
    const widths = burstWidths.filter((width) => width >= dayHours || !own.some(({ source }) => daily.has(source)))
    for (const mark of [1, -1] as const) {
      const marked = own.filter(({ extreme }) => extreme === mark)
      const others = own.filter(({ extreme }) => extreme !== mark)
      const { bursts, windows } = scanBursts({ marked: hoursOf(marked), others: hoursOf(others) }, widths)
      tests += windows
      for (const burst of bursts) {
        const within = marked.filter(({ hour }) => hour !== null && hour >= burst.start && hour <= burst.end)
        found.push({ ...burst, titleId, mark, reviews: within })
      }
    }
  }
  found.sort((a, b) => a.logP - b.logP)
  const qValues = adjustForDiscoveries(
    found.map(({ logP }) => Math.exp(logP)),
    tests,
  )
  return found
    .map((burst, i) => ({ ...burst, qValue: qValues[i] ?? 1 }))
    .filter(({ qValue }) => qValue <= falseDiscoveries)
}
