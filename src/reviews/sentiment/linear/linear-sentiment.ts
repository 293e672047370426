import { z } from 'zod'
import { logistic } from '../../../kernels/regression/logistic-regression.ts'
import { type Language, languageOf } from '../../../language/language-of.ts'
import { aboutOf, arrayOf, type SavedModel } from '../../../models/saved-model.ts'
import type { HeldOutReviews, Judgement, SentimentModel, WordAmount } from '../sentiment-model.ts'
import { mergeSpans, type SpanAmount } from './merge-spans.ts'
import { GramScanner, gramsOf, longestGram, valueOfCount } from './scan-grams.ts'
import { WeighedGrams } from './weighed-grams.ts'

/** How often an n-gram is there counts by its logarithm; a model file without this was learned otherwise. */
const counting = 'logarithm'
const about = z.object({
  counting: z.literal(counting),
  learned: z.record(z.string(), z.number()),
  intercept: z.number(),
  heldOut: z.object({ favourable: z.number(), calibrationError: z.number() }).optional(),
})

const readable = (words: string) => words.replace(/<[^>]*>|\s+/g, ' ').replace(/ +/g, ' ')

/** What a linear model is made of: keys of n-grams, each with its coefficient and its weight in what a review's coefficients are divided by. */
export interface LinearParts {
  readonly learned: Readonly<Record<string, number>>
  readonly intercept: number
  readonly heldOut?: HeldOutReviews | undefined
  readonly keys: Int32Array
  readonly coefficients: Float32Array
  readonly weights: Float32Array
}

/**
 * The logit of a review's being favourable, theta_0 + sum_g v_g theta_g / sqrt(sum_g v_g^2 q_g) over the different n-grams g of it that the model knows, with
 * v = 1 + ln(times) for one that is there so many times; an n-gram is a run of up to three words, Chinese characters, marks or symbols.
 */
export class LinearSentiment implements SentimentModel {
  static readonly algorithm = 'linear-sentiment'
  readonly learned: Readonly<Record<string, number>>
  readonly heldOut: HeldOutReviews | undefined
  readonly parts: LinearParts
  readonly #grams: WeighedGrams
  readonly #scanner = new GramScanner()

  constructor(parts: LinearParts) {
    this.learned = parts.learned
    this.heldOut = parts.heldOut
    this.parts = parts
    this.#grams = new WeighedGrams(parts.keys, parts.coefficients, parts.weights)
  }

  async judge(texts: readonly string[], signal: AbortSignal): Promise<Judgement[]> {
    signal.throwIfAborted()
    return texts.map((text) => this.#judge(text))
  }

  explain(text: string): WordAmount[] {
    const found: SpanAmount[] = []
    const length = Math.sqrt(this.#eachKnown(text, (amount, _, first, last) => found.push({ first, last, amount })))
    const { tokens, count } = this.#scanner
    const amounts = new Map([['', this.parts.intercept]])
    for (const { first, last, amount } of mergeSpans(found, count)) {
      const words = readable(text.slice(tokens.from[first], tokens.to[last]))
      amounts.set(words, (amounts.get(words) ?? 0) + amount / length)
    }
    const parts = [...amounts].map(([words, amount]) => ({ words, amount }))
    return parts.sort((left, right) => Math.abs(right.amount) - Math.abs(left.amount))
  }

  save(): SavedModel {
    const { keys, coefficients, weights, heldOut, ...rest } = this.parts
    const { known, ...measured } = heldOut ?? {}
    return {
      algorithm: LinearSentiment.algorithm,
      about: { ...rest, counting, ...(heldOut && { heldOut: measured }) },
      arrays: { keys, coefficients, weights, ...(known && { known }) },
    }
  }

  /** @throws ModelError `model-file-corrupt` */
  static load(saved: SavedModel): LinearSentiment {
    const { heldOut, learned, intercept } = aboutOf(saved, (given) => about.parse(given))
    const keys = arrayOf(saved, 'keys', 'Int32Array')
    return new LinearSentiment({
      ...{ learned, intercept, keys },
      coefficients: arrayOf(saved, 'coefficients', 'Float32Array', keys.length),
      weights: arrayOf(saved, 'weights', 'Float32Array', keys.length),
      heldOut: heldOut && { ...heldOut, known: arrayOf(saved, 'known', 'Float32Array') },
    })
  }

  #judge(text: string): Judgement {
    let sum = 0
    let met = 0
    const weight = this.#eachKnown(text, (amount, times) => {
      sum += amount
      if (times === 1) met += 1
    })
    const language = this.#language(text)
    if (this.#scanner.count === 0) return { language, why: 'empty' }
    if (language !== 'und' && !(language in this.learned)) return { language, why: 'other-language' }
    if (weight === 0) return { language, why: 'nothing-known' }
    const logit = this.parts.intercept + sum / Math.sqrt(weight)
    return { language, logit, probability: logistic(logit), known: met / gramsOf(this.#scanner.count) }
  }

  /**
   * Calls `take` for each n-gram of `text` that the model knows, with what it adds to the sum, how many times it was met so far, its first and
   * last token. An n-gram that is known begins with one that is known. @returns the square of what the sum is divided by
   */
  #eachKnown(text: string, take: (amount: number, times: number, first: number, last: number) => void): number {
    const grams = this.#grams
    this.#scanner.scan(text)
    const { keys, count } = this.#scanner
    grams.begin(keys, longestGram * count)
    let weight = 0
    for (let first = 0; first < count; first++) {
      for (let longer = 0; longer < longestGram && first + longer < count; longer++) {
        const at = grams.find(keys[longestGram * first + longer] as number)
        if (at < 0) break
        const times = grams.meet(at)
        if (times === 0) continue
        const [before, now] = [valueOfCount[times - 1] as number, valueOfCount[times] as number]
        weight += grams.weight(at) * (now * now - before * before)
        take(grams.coefficient(at) * (now - before), times, first, first + longer)
      }
    }
    return weight
  }

  #language(text: string): Language {
    return languageOf(text, this.#scanner.tokens, this.#scanner.count)
  }
}
