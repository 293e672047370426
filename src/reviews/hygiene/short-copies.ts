import { groupBy } from '../../group-by.ts'
import { adjustForDiscoveries } from '../../kernels/statistics/benjamini-hochberg.ts'
import { logBinomialTail } from '../../kernels/statistics/binomial.ts'
import { shareInterval } from '../../kernels/statistics/share-interval.ts'
import { type Review, viewersOf } from './review.ts'
import type { TitleBurst } from './title-bursts.ts'

const leastViewers = 5
/** One-sided 95 %. */
const normal95 = 1.6448536269514722

/** A text too short to be called a copy that is commoner in a burst than among other reviews with its mark. */
export interface ShortCopy {
  readonly burst: TitleBurst
  /** Known viewers who wrote it in the burst, and reviews of the burst. */
  readonly viewers: number
  readonly of: number
  /** Share of it among reviews of the mark outside bursts. */
  readonly usualShare: number
  readonly reviews: readonly Review[]
}

/** Short texts that are commoner in a burst than the texts of other reviews with its mark let expect, at a false discovery rate. */
export function findShortCopies(
  reviews: readonly Review[],
  bursts: readonly TitleBurst[],
  falseDiscoveries: number,
): ShortCopy[] {
  const inBursts = new Set(bursts.flatMap((burst) => burst.reviews))
  const outside = reviews.filter((review) => review.near === null && !inBursts.has(review))
  const usual = groupBy(outside, ({ text, extreme }) => (text === null ? null : `${extreme} ${text}`))
  const ofMark = groupBy(
    reviews.filter((review) => !inBursts.has(review)),
    ({ extreme }) => extreme,
  )
  const found: (ShortCopy & { readonly pValue: number })[] = []
  let tests = 0
  for (const burst of bursts) {
    const all = ofMark.get(burst.mark)?.length ?? 0
    const short = burst.reviews.filter(({ near }) => near === null)
    for (const [text, same] of groupBy(short, (review) => review.text)) {
      tests++
      const viewers = viewersOf(same)
      if (viewers < leastViewers) continue
      const others = usual.get(`${burst.mark} ${text}`)?.length ?? 0
      const high = all === 0 ? 1 : shareInterval(others, all, normal95).high
      const pValue = Math.exp(logBinomialTail(viewers, burst.reviews.length, high))
      found.push({
        ...{ burst, viewers, of: burst.reviews.length, usualShare: all === 0 ? 0 : others / all, reviews: same },
        pValue,
      })
    }
  }
  const qValues = adjustForDiscoveries(
    found.map(({ pValue }) => pValue),
    tests,
  )
  return found.filter((_, i) => (qValues[i] ?? 1) <= falseDiscoveries)
}
