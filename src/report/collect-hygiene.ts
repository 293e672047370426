import type { Context } from '../question.ts'
import { reviewsCheck } from '../reviews/hygiene/index.ts'
import { flagWords } from '../reviews/hygiene/reasons.ts'
import type { HygieneData } from './report-data.ts'

/** Titles that are shown: those with most reviews left out. */
const shown = 10

/** Which reviews are flagged and why, and what leaving them out changes; null without reviews. */
export async function collectHygiene(context: Context): Promise<HygieneData | null> {
  const found = await reviewsCheck.ask(context, reviewsCheck.parameters.parse({ limit: shown }))
  if (found.reviews === 0) return null
  const { reviews, flagged, leftOut } = found
  return {
    ...{ reviews, flagged, leftOut },
    reasons: found.reasons.map(({ flag, reviews: count }) => ({
      ...{ name: flagWords[flag], reviews: count, isLeftOut: found.leaveOut.includes(flag) },
    })),
    effects: found.favourable.map(({ title, ...share }) => {
      const rating = found.ratings.find((row) => row.title === title && row.source === share.source)
      return {
        ...{ name: title, source: share.source, leftOut: share.reviews - share.kept },
        ...{ before: share.before, after: share.after },
        ...{ change: share.change, low: share.changeLow ?? share.change, high: share.changeHigh ?? share.change },
        marks: rating ? { before: rating.before, after: rating.after } : null,
      }
    }),
  }
}
