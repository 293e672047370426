import { z } from 'zod'
import { logistic } from '../../../kernels/regression/logistic-regression.ts'
import { type Language, languageOf } from '../../../language/language-of.ts'
import { aboutOf, arrayOf, type SavedModel } from '../../../models/saved-model.ts'
import type { HeldOutReviews, Judgement, SentimentModel, WordAmount } from '../sentiment-model.ts'
import { mergeSpans, type SpanAmount } from './merge-spans.ts'
import { GramScanner, gramsOf, longestGram } from './scan-grams.ts'
import { WeighedGrams } from './weighed-grams.ts'

const about = z.object({
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
 * The logit of a review's being favourable, theta_0 + sum_g theta_g / sqrt(sum_g q_g) over the different n-grams g of it that the model knows; an n-gram is
 * a run of up to three words, Chinese characters, marks or symbols.
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
    const length = Math.sqrt(this.#eachKnown(text, (amount, first, last) => found.push({ first, last, amount })))
    const { tokens, count } = this.#scanner
    const parts = mergeSpans(found, count).map(({ first, last, amount }) => ({
      words: readable(text.slice(tokens.from[first], tokens.to[last])),
      amount: amount / length,
    }))
    parts.push({ words: '', amount: this.parts.intercept })
    return parts.sort((left, right) => Math.abs(right.amount) - Math.abs(left.amount))
  }

  save(): SavedModel {
    const { keys, coefficients, weights, heldOut, ...rest } = this.parts
    const { known, ...measured } = heldOut ?? {}
    return {
      algorithm: LinearSentiment.algorithm,
      about: heldOut ? { ...rest, heldOut: measured } : rest,
      arrays: { keys, coefficients, weights, ...(known && { known }) },
    }
  }

  /** @throws ModelError `model-file-corrupt` */
  static load(saved: SavedModel): LinearSentiment {
    const { heldOut, ...told } = aboutOf(saved, (given) => about.parse(given))
    const keys = arrayOf(saved, 'keys', 'Int32Array')
    return new LinearSentiment({
      ...told,
      keys,
      coefficients: arrayOf(saved, 'coefficients', 'Float32Array', keys.length),
      weights: arrayOf(saved, 'weights', 'Float32Array', keys.length),
      heldOut: heldOut && { ...heldOut, known: arrayOf(saved, 'known', 'Float32Array') },
    })
  }

  #judge(text: string): Judgement {
    let sum = 0
    let met = 0
    const weight = this.#eachKnown(text, (coefficient) => {
      sum += coefficient
      met += 1
    })
    const language = this.#language(text)
    if (this.#scanner.count === 0) return { language, why: 'empty' }
    if (language !== 'und' && !(language in this.learned)) return { language, why: 'other-language' }
    if (weight === 0) return { language, why: 'nothing-known' }
    const logit = this.parts.intercept + sum / Math.sqrt(weight)
    return { language, logit, probability: logistic(logit), known: met / gramsOf(this.#scanner.count) }
  }

  /**
   * Calls `take` once for each n-gram of `text` that the model knows, with its coefficient, first and last token. An n-gram that is known begins with one
   * that is known. @returns the sum of their weights
   */
  #eachKnown(text: string, take: (coefficient: number, first: number, last: number) => void): number {
    const grams = this.#grams
    this.#scanner.scan(text)
    const { keys, count } = this.#scanner
    grams.begin(keys, longestGram * count)
    let weight = 0
    for (let first = 0; first < count; first++) {
      for (let longer = 0; longer < longestGram && first + longer < count; longer++) {
        const at = grams.find(keys[longestGram * first + longer] as number)
        if (at < 0) break
        if (!grams.isNew(at)) continue
        weight += grams.weight(at)
        take(grams.coefficient(at), first, first + longer)
      }
    }
    return weight
  }

  #language(text: string): Language {
    return languageOf(text, this.#scanner.tokens, this.#scanner.count)
  }
}
