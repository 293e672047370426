import { Random } from '../../src/kernels/random.ts'

type Cells = Readonly<Record<string, string | number | null>>

/** How reviews of a title judge an aspect. */
export interface PlannedOpinion {
  /** Share of the reviews that judge it. */
  readonly mentioned: number
  /** Mean opinion of these. */
  readonly mean: number
  /** What the rating, on a scale to 10, gains by an opinion that is better by 1. */
  readonly effect: number
}

/** Reviews of one title that are to be invented. */
export interface PlannedReviews {
  readonly titleId: number
  readonly count: number
  readonly aspects: Readonly<Record<string, PlannedOpinion>>
  /** The mean rating of a review without opinions. */
  readonly rating?: number
  readonly source?: string
  readonly language?: string
  /** Text of a clause on an aspect with an opinion. */
  say?(aspect: string, opinion: number, random: Random): string
  /** Person or character whom a clause on an aspect is about. */
  target?(aspect: string, random: Random): string | null
  /** Viewers are numbered from here on. */
  readonly firstViewer?: number
}

const best = 10

/**
 * Rows of `review`, `review_aspect` and `review_sentiment` as planned: opinions vary around their mean, and the rating is the sum of their effects and noise with
 * a standard deviation of 1.
 */
export function inventJudged(plans: readonly PlannedReviews[], seed: number) {
  const random = new Random(seed)
  const [review, aspects, sentiment]: [Cells[], Cells[], Cells[]] = [[], [], []]
  for (const {
    titleId,
    count,
    aspects: plan,
    rating: base = 6,
    source = 'site',
    language = 'en',
    say,
    target,
    firstViewer,
  } of plans) {
    for (let index = 0; index < count; index++) {
      const place = { title_id: titleId, source, file: 'reviews.csv', line: review.length + 2 }
      let rating = base + random.normal()
      let text = ''
      for (const [clause, [aspect, { mentioned, mean, effect }]] of Object.entries(plan).entries()) {
        if (random.uniform() >= mentioned) continue
        const opinion = Math.min(1, Math.max(-1, random.normal(mean, 0.45)))
        rating += effect * opinion
        const said = say?.(aspect, opinion, random) ?? `${aspect} ${opinion.toFixed(2)}`
        aspects.push({
          ...{ ...place, clause, aspect, target: target?.(aspect, random) ?? null, opinion },
          ...{ text_start: text.length, text_length: said.length },
        })
        text += `${said}. `
      }
      const held = Math.min(best, Math.max(1, rating))
      review.push({
        ...{ ...place, text, rating: held, likes: random.integer(20) },
        viewer_id: firstViewer === undefined ? null : firstViewer + index,
        reviewed_at: `2025-0${1 + random.integer(9)}-10 12:00:00`,
      })
      sentiment.push({ ...place, language, probability: held / best, verdict: held > 6 ? 'positive' : 'negative' })
    }
  }
  // The scale to 10 is seen by its best mark.
  if (review[0]) review[0] = { ...review[0], rating: best }
  return { review, review_aspect: aspects, review_sentiment: sentiment }
}
