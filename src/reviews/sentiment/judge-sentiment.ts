import type { JudgeReviews } from '../judge/judge.ts'
import { openSentiment } from './open-sentiment.ts'
import { probabilityPlaces, unsureWithin, verdictOf } from './sentiment-model.ts'

const places = 10 ** probabilityPlaces

/** Rows of `review_sentiment`, one for each review, by the model in the file `path`. @throws InputError, ModelError */
export async function judgeSentiment(path: string): Promise<JudgeReviews> {
  const model = await openSentiment(path)
  const { signal } = new AbortController()
  return async (reviews) => {
    const texts = reviews.map(({ text }) => text)
    return (await model.judge(texts, signal)).map((judgement) => {
      const { language, why } = judgement
      const probability = why === undefined ? Math.round(judgement.probability * places) / places : null
      return [[language, probability, verdictOf(judgement, unsureWithin), why ?? model.by ?? null]]
    })
  }
}
