import { shareInterval } from '../../kernels/statistics/share-interval.ts'
import type { Review } from './review.ts'

/** Two-sided 95 %. */
const normal = 1.959963984540054
/** No interval is told of fewer. */
const leastForInterval = 10

/** A mean or share with its 95 % interval; null ends where there are too few for one. */
interface Measured {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}

/** One measure of all reviews, of those kept, and the change. */
export interface Effect {
  /** Reviews that it is measured on. */
  readonly reviews: number
  readonly kept: number
  readonly before: Measured
  readonly after: Measured
  readonly change: Measured
}

/** The mean of values, with an interval by the normal approximation, of a share Wilson's, which is never wider than 0 to 1. */
function measure(values: readonly number[], isShare: boolean): Measured {
  const sum = values.reduce((total, value) => total + value, 0)
  const mean = sum / values.length
  if (isShare) return { value: mean, ...shareInterval(sum, values.length, normal) }
  if (values.length < leastForInterval) return { value: mean, low: null, high: null }
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0)
  const half = normal * Math.sqrt(squares / (values.length - 1) / values.length)
  return { value: mean, low: mean - half, high: mean + half }
}

/**
 * The mean of `kept` less that of all, which is the share left out times the difference of the means kept and left out. These rest on different reviews: the
 * interval joins theirs as that of two independent shares does (Newcombe 1998, method 10).
 */
function changeOf(kept: Measured, out: Measured, shareOut: number): Measured {
  const difference = kept.value - out.value
  const value = shareOut * difference
  if (kept.low === null || kept.high === null || out.low === null || out.high === null) {
    return { value, low: null, high: null }
  }
  const below = Math.hypot(kept.value - kept.low, out.high - out.value)
  const above = Math.hypot(kept.high - kept.value, out.value - out.low)
  return { value, low: shareOut * (difference - below), high: shareOut * (difference + above) }
}

/** What leaving reviews out does to the mean of what `read` says of each; undefined where none or all of those that say something are left out. */
function effectOf(
  reviews: readonly Review[],
  isLeftOut: (review: Review) => boolean,
  read: (review: Review) => number | null,
  isShare: boolean,
): Effect | undefined {
  const values = (some: readonly Review[]) => some.flatMap((review) => read(review) ?? [])
  const kept = values(reviews.filter((review) => !isLeftOut(review)))
  const out = values(reviews.filter(isLeftOut))
  const all = [...kept, ...out]
  if (kept.length === 0 || out.length === 0) return undefined
  const after = measure(kept, isShare)
  return {
    reviews: all.length,
    kept: kept.length,
    before: measure(all, isShare),
    after,
    change: changeOf(after, measure(out, isShare), out.length / all.length),
  }
}

/** On the average rating. */
export const ratingEffect = (reviews: readonly Review[], isLeftOut: (review: Review) => boolean): Effect | undefined =>
  effectOf(reviews, isLeftOut, ({ rating }) => rating, false)

/** On the share of reviews that are favourable, of those that are favourable or not. */
export const favourableEffect = (
  reviews: readonly Review[],
  isLeftOut: (review: Review) => boolean,
): Effect | undefined =>
  effectOf(reviews, isLeftOut, ({ isFavourable }) => (isFavourable === null ? null : Number(isFavourable)), true)
