import type { SentimentModel } from '../sentiment/sentiment-model.ts'
import type { Opinion } from './find-opinions.ts'

/** A clause says less than a review: a model has to be surer of it, on a scale from -1 to 1. */
const leastSure = 0.3
/** What no word of opinion says counts less than what one does. */
const most = 0.6

/** The clauses of `opinions` that mention something and have no word that judges it. */
function silentClauses(opinions: readonly Opinion[]): Map<number, Opinion> {
  const silent = new Map<number, Opinion>()
  for (const one of opinions) if (one.opinion === 0) silent.set(one.clause, one)
  for (const one of opinions) if (one.opinion !== 0) silent.delete(one.clause)
  return silent
}

/**
 * Has `model` judge the clauses in which no word of opinion is known: `found` of each text with what it is sure of filled in, all clauses of one call at once.
 * @throws the reason of `signal` soon after it is aborted
 */
export async function fillSilent(
  texts: readonly string[],
  found: readonly (readonly Opinion[])[],
  model: SentimentModel,
  signal: AbortSignal,
): Promise<Opinion[][]> {
  const silent = found.map(silentClauses)
  const clauses = silent.flatMap((some, text) =>
    [...some.values()].map(({ start, length }) => (texts[text] as string).slice(start, start + length)),
  )
  const judged = (await model.judge(clauses, signal)).values()
  return found.map((opinions, text) => {
    const values = new Map<number, number>()
    for (const clause of silent[text]?.keys() ?? []) {
      const judgement = judged.next().value
      const value = judgement?.why === undefined && judgement ? 2 * judgement.probability - 1 : 0
      if (Math.abs(value) >= leastSure) values.set(clause, most * value)
    }
    return opinions.map((one) => ({ ...one, opinion: values.get(one.clause) ?? one.opinion }))
  })
}
