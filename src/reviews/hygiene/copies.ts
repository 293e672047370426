import { groupBy } from '../../group-by.ts'
import type { ReadReviews } from './read-reviews.ts'
import { compareTime, type Review, viewersOf } from './review.ts'

/** Shared pairs of words over those of either, from which two texts are near-duplicates. */
export const leastSimilarity = 0.8

/** Reviews with nearly one text. */
export interface CopiedText {
  /** The earliest first. */
  readonly reviews: readonly Review[]
  /** Known ones. */
  readonly viewers: number
  readonly titles: number
  /** Similarity of each text to that of the first review, by its number. */
  readonly similarity: ReadonlyMap<number, number>
}

/** The texts that several reviews have, those of most reviews first. */
export function findCopies({ reviews, near }: ReadReviews): CopiedText[] {
  const roots = near.clusters(leastSimilarity)
  const groups = groupBy(reviews, ({ near: number }) => (number === null ? null : (roots[number] ?? null)))
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const sorted = group.sort(compareTime)
      const first = sorted[0]?.near ?? 0
      const numbers = new Set(sorted.flatMap(({ near: number }) => number ?? []))
      return {
        reviews: sorted,
        viewers: viewersOf(sorted),
        titles: new Set(sorted.map(({ titleId }) => titleId)).size,
        similarity: new Map([...numbers].map((number) => [number, near.similarity(first, number)])),
      }
    })
    .sort((a, b) => b.reviews.length - a.reviews.length)
}
