import { hash32 } from '../../../kernels/random.ts'
import type { Language } from '../../../language/language-of.ts'
import { GramTable } from '../gram-table.ts'
import { folds, type LabelledReviews } from '../labelled-reviews.ts'
import { WordReader } from './read-words.ts'

/** A word of fewer reviews says nothing of others. */
const leastReviews = 2
/** The number of a word that is not known. */
const unknown = 2 ** 32 - 1

/** Reviews as the words that are known, in order. */
export interface WordTable {
  /** The hash of each known word, the most frequent first. */
  readonly keys: Int32Array
  readonly reviews: readonly Uint32Array[]
  readonly outcome: Uint8Array
  /** 1 for a review to choose by; equal texts are on one side. */
  readonly isHeldOut: Uint8Array
}

/** Gathers labelled reviews; texts are not kept. */
export class LabelledWords implements LabelledReviews {
  readonly #reader: WordReader
  readonly #table = new GramTable()
  readonly #reviews: Uint32Array[] = []
  readonly #outcomes: number[] = []
  readonly #heldOut: number[] = []
  readonly #learned = new Map<Language, number>()

  constructor(longest: number) {
    this.#reader = new WordReader(longest)
  }

  get learned(): Record<string, number> {
    return Object.fromEntries(this.#learned)
  }

  get outcomes(): [number, number] {
    const favourable = this.#outcomes.reduce((sum, one) => sum + one, 0)
    return [this.#outcomes.length - favourable, favourable]
  }

  add(text: string, outcome: 0 | 1): Language | undefined {
    const words = this.#reader.read(text)
    if (words.length === 0) return undefined
    this.#reviews.push(Uint32Array.from(words, (word) => this.#table.add(word)))
    this.#outcomes.push(outcome)
    const same = words.reduce((hash, word) => hash32(hash, word), 0)
    this.#heldOut.push(same % folds === 0 ? 1 : 0)
    const language = this.#reader.languageOf(text)
    this.#learned.set(language, (this.#learned.get(language) ?? 0) + 1)
    return language
  }

  /** What was added, with at most `most` words known, the most frequent. */
  known(most: number): WordTable {
    const count = this.#table.count
    const [uses, reviews, seenIn] = [new Uint32Array(count), new Uint32Array(count), new Int32Array(count).fill(-1)]
    for (const [review, words] of this.#reviews.entries()) {
      for (const word of words) {
        uses[word] = (uses[word] as number) + 1
        if (seenIn[word] === review) continue
        seenIn[word] = review
        reviews[word] = (reviews[word] as number) + 1
      }
    }
    const kept = Uint32Array.from(uses, (_, word) => word)
      .filter((word) => (reviews[word] as number) >= leastReviews)
      .sort((a, b) => (uses[b] as number) - (uses[a] as number) || a - b)
      .slice(0, most)
    const place = new Uint32Array(count).fill(unknown)
    for (const [to, word] of kept.entries()) place[word] = to
    const keys = this.#table.keys()
    return {
      keys: Int32Array.from(kept, (word) => keys[word] as number),
      reviews: this.#reviews.map((words) =>
        words.map((word) => place[word] as number).filter((word) => word !== unknown),
      ),
      outcome: Uint8Array.from(this.#outcomes),
      isHeldOut: Uint8Array.from(this.#heldOut),
    }
  }
}
