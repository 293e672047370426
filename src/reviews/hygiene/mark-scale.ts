import { type LabelRule, labelRule } from '../sentiment/labels.ts'
import type { Review } from './review.ts'

const scales = [5, 10]
const otherwise = 100
/** Shares of the best mark from which a mark is extreme, and up to which. */
const [highFrom, lowTo] = [0.9, 0.2]

/** How the marks of one source are read. */
export interface MarkScale {
  read(rating: number | null, label: string | null): Pick<Review, 'extreme' | 'isFavourable'>
}

const isFavourable = (label: ReturnType<LabelRule['read']>) => (label === 0 || label === 1 ? label === 1 : null)
const words = labelRule(new Map())

/** The scale of a source: marks up to 5, 10 or 100, the first that holds its `highest`; labels in words where a review has no mark. */
export function markScale(highest: number): MarkScale {
  const best = scales.find((scale) => highest <= scale) ?? otherwise
  const stars = labelRule(new Map(), best)
  return {
    read(rating, label) {
      if (rating !== null) {
        const isHigh = rating >= highFrom * best
        const extreme = isHigh ? 1 : rating <= lowTo * best ? -1 : 0
        return { extreme, isFavourable: isFavourable(stars.read(String(rating))) }
      }
      const favourable = label === null ? null : isFavourable(words.read(label))
      return { extreme: favourable === null ? null : favourable ? 1 : -1, isFavourable: favourable }
    },
  }
}
