import type { Language } from '../../language/language-of.ts'
import type { SavedModel } from '../../models/saved-model.ts'
import type { Text } from '../../text.ts'

/** Some words of a review with what they add to the logit of its being favourable. */
export interface WordAmount {
  readonly words: string
  readonly amount: number
}

/** Why a review is not judged. */
export type NotJudged = 'empty' | 'other-language' | 'nothing-known'

/** What a model finds in a review: the probability that it is favourable, or why there is none. */
export type Judgement =
  | {
      readonly language: Language
      readonly logit: number
      readonly probability: number
      /** Share of the review that the model knows, where it can tell. */
      readonly known?: number
      readonly why?: undefined
    }
  | { readonly language: Language; readonly why: NotJudged }

/** Reviews that were held out while a model was trained: others are compared with them. */
export interface HeldOutReviews {
  /** Share of each review that the model knew, ascending. */
  readonly known: Float32Array
  /** Share of the reviews that are favourable. */
  readonly favourable: number
  readonly calibrationError: number
}

/** A trained model of sentiment, whatever it is made of. */
export interface SentimentModel {
  /** Reviews learned from, by language. */
  readonly learned: Readonly<Record<string, number>>
  /** By what it judges, where that is no review that it has learned from: told with every verdict. */
  readonly by?: keyof typeof judgedByWords
  /** Undefined where too few reviews were learned from, or nothing was kept of them. */
  readonly heldOut?: HeldOutReviews | undefined
  /** What it finds in each of `texts`, in their order. @throws the reason of `signal` soon after it is aborted */
  judge(texts: readonly string[], signal: AbortSignal): Promise<Judgement[]>
  /**
   * What the logit of `text` is made of, the largest amounts first, a constant named by an empty text; they sum to the logit. Undefined where it is no
   * sum over words.
   */
  explain(text: string): WordAmount[] | undefined
  save(): SavedModel
}

/** Half the width of the probabilities around one half that are called unsure, unless another is asked for. */
export const unsureWithin = 0.1

/** Decimals of a published probability: engines that sum in another order then agree. */
export const probabilityPlaces = 6

/** What is said of a review. */
export const verdicts = ['positive', 'negative', 'unsure', 'not-judged'] as const
export type Verdict = (typeof verdicts)[number]

/** Favourable, unfavourable, or neither where the probability is within `unsure` of one half. */
export function verdictOf(judgement: Judgement, unsure: number): Verdict {
  if (judgement.why !== undefined) return 'not-judged'
  if (Math.abs(judgement.probability - 0.5) < unsure) return 'unsure'
  return judgement.probability > 0.5 ? 'positive' : 'negative'
}

/** What judges without having learned, in words. */
export const judgedByWords = {
  lexicon: {
    en: 'Judged by a list of opinion words alone: nothing was learned from reviews, and probabilities are on a fixed scale, not calibrated.',
    zh: '仅按评价词表判断：未从任何评论学习，概率采用固定尺度，未经校准。',
  },
} as const satisfies Readonly<Record<string, Text>>

/** Why a review is not judged, in words. */
export const notJudgedWords: Readonly<Record<NotJudged, Text>> = {
  empty: { en: 'no text', zh: '无文本' },
  'other-language': { en: 'in a language that the model has not learned', zh: '模型未学习该语言' },
  'nothing-known': { en: 'no word of it is known to the model', zh: '模型不认识其中任何词' },
}
