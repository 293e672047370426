import { groupBy } from '../../group-by.ts'
import { compareTime, type Review } from './review.ts'
import type { TitleBurst } from './title-bursts.ts'

/** Hours within which so many works are reviewed by somebody in a hurry. */
const hurryHours = 1 / 6
const hurriedWorks = 4
/** A viewer of bursts reviewed so many works, has all marks extreme, and half of them in bursts of at least two works. */
const burstViewerWorks = 3
const burstViewerBursts = 2
const burstViewerShare = 0.5

/** What a viewer does with several reviews. */
export interface ViewerHabit {
  readonly works: number
  /** Reviews of the viewer that show it. */
  readonly reviews: readonly Review[]
}

const worksOf = (reviews: readonly Review[]) => new Set(reviews.map(({ workId }) => workId)).size

/** Viewers who write texts of some length on four works or more within ten minutes, where the time of day is known. */
export function findHurried(reviews: readonly Review[], daily: ReadonlySet<string>): ViewerHabit[] {
  const timed = reviews.filter(({ hour, near, source }) => hour !== null && near !== null && !daily.has(source))
  return [...groupBy(timed, ({ viewerId }) => viewerId).values()].flatMap((own) => {
    if (own.length < hurriedWorks) return []
    own.sort(compareTime)
    const hurried = new Set<Review>()
    let first = 0
    own.forEach(({ hour }, last) => {
      while ((hour ?? 0) - (own[first]?.hour ?? 0) > hurryHours) first++
      const within = own.slice(first, last + 1)
      if (worksOf(within) >= hurriedWorks) for (const review of within) hurried.add(review)
    })
    const found = [...hurried]
    return found.length === 0 ? [] : [{ works: worksOf(found), reviews: found }]
  })
}

/** Viewers who give extreme marks alone, and mostly in bursts of several works. */
export function findBurstViewers(reviews: readonly Review[], bursts: readonly TitleBurst[]): ViewerHabit[] {
  const inBursts = new Set(bursts.flatMap((burst) => burst.reviews))
  return [...groupBy(reviews, ({ viewerId }) => viewerId).values()].flatMap((own) => {
    if (worksOf(own) < burstViewerWorks || own.some(({ extreme }) => extreme === 0)) return []
    const within = own.filter((review) => inBursts.has(review))
    const isOne = worksOf(within) >= burstViewerBursts && within.length >= burstViewerShare * own.length
    return isOne ? [{ works: worksOf(within), reviews: within }] : []
  })
}
