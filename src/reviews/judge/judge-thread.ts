import { type CarriedError, carryError } from '../../carried-error.ts'
import { judgeAspects } from '../aspects/judge-aspects.ts'
import { judgeSentiment } from '../sentiment/judge-sentiment.ts'
import type { Judge, JudgedReview, JudgeReviews, ReviewRows } from './judge.ts'

/** Reviews for a thread, and by what to judge them. */
export interface JudgeTask {
  readonly judges: readonly Judge[]
  readonly reviews: readonly JudgedReview[]
}

/** What each of the judges found in each of the reviews. */
export type JudgeAnswer = { readonly found: readonly (readonly ReviewRows[])[] } | { readonly failure: CarriedError }

const make = (judge: Judge): Promise<JudgeReviews> =>
  judge.table === 'review_sentiment' ? judgeSentiment(judge.model) : judgeAspects(judge.words, judge.model)

/** By key, kept for the next task. */
const made = new Map<string, Promise<JudgeReviews>>()

function judgeOf(judge: Judge): Promise<JudgeReviews> {
  const known = made.get(judge.key) ?? make(judge)
  made.set(judge.key, known)
  return known
}

export default async function judgeReviews({ judges, reviews }: JudgeTask): Promise<JudgeAnswer> {
  try {
    const found: (readonly ReviewRows[])[] = []
    for (const judge of judges) found.push(await (await judgeOf(judge))(reviews))
    return { found }
  } catch (error) {
    return { failure: carryError(error) }
  }
}
