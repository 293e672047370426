import { z } from 'zod'
import { logistic } from '../../kernels/logistic-regression.ts'
import { type Language, languageOf } from '../../language/language-of.ts'
import { aboutOf, arrayOf, type SavedModel } from '../../models/saved-model.ts'
import { GramTable } from './gram-table.ts'
import { GramScanner } from './scan-grams.ts'
import type { Judgement, SentimentModel, WordAmount } from './sentiment-model.ts'

const about = z.object({
  learned: z.record(z.string(), z.number()),
  intercept: z.number(),
})
type About = z.output<typeof about>

/** What a linear model is made of: keys of n-grams, each with its coefficient. */
export interface LinearParts extends About {
  readonly keys: Int32Array
  readonly coefficients: Float32Array
}

/**
 * The logit of a review's being favourable, theta_0 + sum_g theta_g / sqrt(n) over the n different n-grams g of it that the model knows; an n-gram is
 * a run of up to three words, Chinese characters, marks or symbols.
 */
export class LinearSentiment implements SentimentModel {
  static readonly algorithm = 'linear-sentiment'
  readonly learned: Readonly<Record<string, number>>
  readonly parts: LinearParts
  readonly #table: GramTable
  readonly #scanner = new GramScanner()
  /** The last review, counted from 1, that had each n-gram. */
  readonly #seenIn: Uint32Array
  #review = 0

  constructor(parts: LinearParts) {
    this.learned = parts.learned
    this.parts = parts
    this.#table = GramTable.of(parts.keys)
    this.#seenIn = new Uint32Array(parts.keys.length)
  }

  async judge(texts: readonly string[], signal: AbortSignal): Promise<Judgement[]> {
    signal.throwIfAborted()
    return texts.map((text) => this.#judge(text))
  }

  explain(text: string): WordAmount[] {
    const { tokens } = this.#scanner
    const found: { words: string; amount: number }[] = []
    this.#eachKnown(text, (gram, first, last) => {
      const words = text.slice(tokens.from[first], tokens.to[last])
      found.push({ words, amount: this.parts.coefficients[gram] as number })
    })
    const parts = found.map(({ words, amount }) => ({ words, amount: amount / Math.sqrt(found.length) }))
    parts.push({ words: '', amount: this.parts.intercept })
    return parts.sort((left, right) => Math.abs(right.amount) - Math.abs(left.amount))
  }

  save(): SavedModel {
    const { keys, coefficients, ...rest } = this.parts
    return { algorithm: LinearSentiment.algorithm, about: { ...rest }, arrays: { keys, coefficients } }
  }

  /** @throws ModelError `model-file-corrupt` */
  static load(saved: SavedModel): LinearSentiment {
    const told = aboutOf(saved, (given) => about.parse(given))
    const keys = arrayOf(saved, 'keys', 'Int32Array')
    return new LinearSentiment({
      ...told,
      keys,
      coefficients: arrayOf(saved, 'coefficients', 'Float32Array', keys.length),
    })
  }

  #judge(text: string): Judgement {
    let [sum, known] = [0, 0]
    this.#eachKnown(text, (gram) => {
      sum += this.parts.coefficients[gram] as number
      known += 1
    })
    const language = this.#language(text)
    if (this.#scanner.count === 0) return { language, why: 'empty' }
    if (language !== 'und' && !(language in this.learned)) return { language, why: 'other-language' }
    if (known === 0) return { language, why: 'nothing-known' }
    const logit = this.parts.intercept + sum / Math.sqrt(known)
    return { language, logit, probability: logistic(logit) }
  }

  /** Calls `take` once for each n-gram of `text` that the model knows, with its first and last token. */
  #eachKnown(text: string, take: (gram: number, first: number, last: number) => void): void {
    this.#review += 1
    this.#scanner.scan(text, (key, first, last) => {
      const gram = this.#table.find(key)
      if (gram < 0 || this.#seenIn[gram] === this.#review) return
      this.#seenIn[gram] = this.#review
      take(gram, first, last)
    })
  }

  #language(text: string): Language {
    return languageOf(text, this.#scanner.tokens, this.#scanner.count)
  }
}
