import type { SentimentModel } from '../sentiment/sentiment-model.ts'
import type { ClauseJudge } from './find-opinions.ts'

/** A clause says less than a review: a model has to be surer of it, on a scale from -1 to 1. */
const leastSure = 0.3
/** What no word of opinion says counts less than what one does. */
const most = 0.6

/** Judges clauses by `model`: half of what makes its probability differ from one half, nothing where it is unsure. */
export function clauseJudge(model: SentimentModel): ClauseJudge {
  return (text) => {
    const judgement = model.judge(text)
    if (judgement.why !== undefined) return undefined
    const value = 2 * judgement.probability - 1
    return Math.abs(value) < leastSure ? undefined : most * value
  }
}
