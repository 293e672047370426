import type { ReviewFlag } from '../../warehouse/review-flags.ts'
import { type CopiedText, findCopies } from './copies.ts'
import type { ReadReviews } from './read-reviews.ts'
import type { Review } from './review.ts'
import { findShortCopies, type ShortCopy } from './short-copies.ts'
import { dailySources, findBursts, type TitleBurst } from './title-bursts.ts'
import { findBurstViewers, findHurried, type ViewerHabit } from './viewer-habits.ts'

/** A text that so many known viewers have is not one viewer's. */
const organisedViewers = 3

/** What was found about one review. */
export interface Evidence {
  copied?: CopiedText
  shortCopy?: ShortCopy
  burst?: TitleBurst
  burstViewer?: ViewerHabit
  hurried?: ViewerHabit
}

/** What was found in all reviews. */
export interface Findings {
  /** Of each review about which something was found. */
  readonly evidence: ReadonlyMap<Review, Evidence>
  readonly copies: readonly CopiedText[]
  readonly bursts: readonly TitleBurst[]
}

/** All evidence about reviews, at a false discovery rate of bursts and of short texts in them. */
export function findEvidence(read: ReadReviews, falseDiscoveries: number): Findings {
  const { reviews } = read
  const evidence = new Map<Review, Evidence>()
  const tell = (some: readonly Review[], found: Evidence) => {
    for (const review of some) evidence.set(review, { ...evidence.get(review), ...found })
  }
  const daily = dailySources(reviews)
  const copies = findCopies(read)
  const bursts = findBursts(reviews, daily, falseDiscoveries)
  for (const copied of copies) tell(copied.reviews, { copied })
  for (const burst of bursts) tell(burst.reviews, { burst })
  for (const shortCopy of findShortCopies(reviews, bursts, falseDiscoveries)) tell(shortCopy.reviews, { shortCopy })
  for (const hurried of findHurried(reviews, daily)) tell(hurried.reviews, { hurried })
  for (const burstViewer of findBurstViewers(reviews, bursts)) tell(burstViewer.reviews, { burstViewer })
  return { evidence, copies, bursts }
}

/**
 * The flags of a review. `organised` takes two kinds of evidence that do not follow from one another: a text of at least three known viewers, or a short
 * one that is too common in a burst; a burst; a viewer in a hurry. That a viewer is often in bursts counts only beside a text.
 */
export function flagsOf(review: Review, { copied, shortCopy, burst, burstViewer, hurried }: Evidence): ReviewFlag[] {
  const isSharedText = (copied?.viewers ?? 0) >= organisedViewers || shortCopy !== undefined
  const kinds = [isSharedText, burst !== undefined, hurried !== undefined].filter(Boolean).length
  const isOrganised = review.viewerId !== null && (kinds >= 2 || (isSharedText && burstViewer !== undefined))
  const flags: readonly (readonly [ReviewFlag, boolean])[] = [
    ['near-duplicate', copied !== undefined && copied.reviews[0] !== review],
    ['short-copy', shortCopy !== undefined],
    ['burst', burst !== undefined],
    ['burst-viewer', burstViewer !== undefined],
    ['hurried-viewer', hurried !== undefined],
    ['organised', isOrganised],
  ]
  return flags.filter(([, is]) => is).map(([flag]) => flag)
}
