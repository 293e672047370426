import type { Language } from '../../../language/language-of.ts'
import { opinionWords } from '../../aspects/opinion-words.ts'

/** A word of opinion, 1 where it is favourable. */
export interface OpinionWord {
  readonly word: string
  readonly outcome: 0 | 1
}

/** Weaker words do not say by themselves whether a review is favourable. */
const leastWeight = 0.5
/** Words stand in for one review in so many, and at least for so many reviews each. */
const reviewsToOne = 10
const leastCopies = 2

/** Whether `word` may stand in reviews of `languages`: a symbol in any. */
const isOf = (languages: ReadonlySet<Language>) => (word: string) =>
  /\p{Script=Han}/u.test(word) ? languages.has('zh') : !/\p{L}/u.test(word) || languages.has('en')

/**
 * Opinion words of the `languages` of so many `reviews`, repeated to count for a tenth of them, as many favourable as unfavourable. A model that has
 * read them as reviews knows what to say where its own reviews are silent: of other kinds of things, of words that are rare in them.
 */
export function wordsBeside(reviews: number, languages: ReadonlySet<Language>): OpinionWord[] {
  const isTheirs = isOf(languages)
  const words = [...opinionWords].flatMap(([written, weight]): OpinionWord[] => {
    const word = written.replace(/^=/, '')
    return Math.abs(weight) >= leastWeight && isTheirs(word) ? [{ word, outcome: weight > 0 ? 1 : 0 }] : []
  })
  const kinds = ([0, 1] as const).map((outcome) => words.filter((one) => one.outcome === outcome))
  const most = Math.max(...kinds.map(({ length }) => length))
  const ofEach = Math.max(leastCopies * most, Math.round(reviews / reviewsToOne / kinds.length))
  return kinds.flatMap((own) => Array.from({ length: ofEach }, (_, i) => own[i % own.length] as OpinionWord))
}
