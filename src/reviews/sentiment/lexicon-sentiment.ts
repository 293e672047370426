import { createHash } from 'node:crypto'
import { logistic } from '../../kernels/regression/logistic-regression.ts'
import { languageOf } from '../../language/language-of.ts'
import type { SavedModel } from '../../models/saved-model.ts'
import { filmTaxonomy } from '../aspects/film-taxonomy.ts'
import { compileLexicon, type Lexicon, type Meaning } from '../aspects/lexicon.ts'
import { modifiers } from '../aspects/modifiers.ts'
import { opinionWords } from '../aspects/opinion-words.ts'
import { splitClauses } from '../aspects/split-clauses.ts'
import { weighOpinions } from '../aspects/weigh-opinions.ts'
import type { Judgement, SentimentModel, WordAmount } from './sentiment-model.ts'

/** What an opinion adds to the logit, over the square root of how many there are. */
const scale = 2.5
/** Reviews praise in passing, English ones above all: what is added where anything is said. */
const constants: Readonly<Record<string, number>> = { en: -1, zh: -0.3, und: 0 }

/** What the phrase says by itself, the strongest of what it can mean. */
function weightOf(meanings: readonly Meaning[]): number {
  const weights = meanings.flatMap((one) => (one.is === 'opinion' || one.is === 'judgement' ? [one.weight] : []))
  return weights.reduce((most, weight) => (Math.abs(weight) > Math.abs(most) ? weight : most), 0)
}

/**
 * Judges by the opinion words of film and television and what stands beside them (not, very, if), without having learned from any review. The logit is
 * `constant + scale * sum / sqrt(count)` of the opinions that are found, 0 where there are none; its scale is fixed, and the probability not calibrated.
 */
export class LexiconSentiment implements SentimentModel {
  static readonly algorithm = 'lexicon-sentiment'
  readonly learned = { en: 0, zh: 0 }
  readonly by = 'lexicon'
  readonly #lexicon: Lexicon = compileLexicon(filmTaxonomy)

  async judge(texts: readonly string[], signal: AbortSignal): Promise<Judgement[]> {
    signal.throwIfAborted()
    return texts.map((text) => {
      const { tokens } = this.#lexicon
      tokens.scan(text)
      const language = languageOf(text, tokens.scanner, tokens.count)
      if (tokens.count === 0) return { language, why: 'empty' }
      if (!(language in constants)) return { language, why: 'other-language' }
      const logit = this.#said(text, language).reduce((sum, { amount }) => sum + amount, 0)
      return { language, logit, probability: logistic(logit) }
    })
  }

  explain(text: string): WordAmount[] {
    const { tokens } = this.#lexicon
    tokens.scan(text)
    const said = this.#said(text, languageOf(text, tokens.scanner, tokens.count))
    return said.sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount))
  }

  /** What speaks for and against in `text`, which was scanned last and is written in `language`. */
  #said(text: string, language: string): WordAmount[] {
    const { tokens, phrases } = this.#lexicon
    const { from, to } = tokens.scanner
    const said = splitClauses(tokens, phrases.find()).flatMap((clause) =>
      weighOpinions(tokens, clause, false).flatMap(({ phrase, bend }) => {
        const amount = bend(weightOf(phrase.meanings))
        return amount === 0 ? [] : [{ words: text.slice(from[phrase.from], to[phrase.to - 1]), amount }]
      }),
    )
    if (said.length === 0) return []
    const parts = said.map(({ words, amount }) => ({ words, amount: (scale * amount) / Math.sqrt(said.length) }))
    return [...parts, { words: '', amount: constants[language] ?? 0 }]
  }

  /** Its words are part of the program; the file tells which they were. */
  save(): SavedModel {
    const words = JSON.stringify([[...opinionWords], [...modifiers], filmTaxonomy, scale, constants])
    const about = { words: createHash('sha256').update(words).digest('hex') }
    return { algorithm: LexiconSentiment.algorithm, about, arrays: {} }
  }
}
