import { type CarriedError, carryError } from '../../carried-error.ts'
import { judgeAspects } from '../aspects/judge-aspects.ts'
import { judgeSentiment } from '../sentiment/judge-sentiment.ts'
import type { Judge, JudgeMakers, JudgeTexts, TextRows } from './judge.ts'

/** Texts for a thread, and by what to judge them. */
export interface JudgeTask {
  readonly judges: readonly Judge[]
  readonly texts: readonly string[]
}

/** What each of the judges found in each of the texts. */
export type JudgeAnswer = { readonly found: readonly (readonly TextRows[])[] } | { readonly failure: CarriedError }

const makers: JudgeMakers = {
  review_sentiment: ({ model }) => judgeSentiment(model),
  review_aspect: ({ taxonomy, model }) => judgeAspects(taxonomy, model),
}

const make = (judge: Judge): Promise<JudgeTexts> =>
  judge.table === 'review_sentiment' ? makers.review_sentiment(judge) : makers.review_aspect(judge)

/** By key, kept for the next task. */
const made = new Map<string, Promise<JudgeTexts>>()

function judgeOf(judge: Judge): Promise<JudgeTexts> {
  const known = made.get(judge.key) ?? make(judge)
  made.set(judge.key, known)
  return known
}

export default async function judgeTexts({ judges, texts }: JudgeTask): Promise<JudgeAnswer> {
  try {
    const found: (readonly TextRows[])[] = []
    for (const judge of judges) found.push(await (await judgeOf(judge))(texts))
    return { found }
  } catch (error) {
    return { failure: carryError(error) }
  }
}
