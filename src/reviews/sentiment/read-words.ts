import { type Language, languageOf } from '../../language/language-of.ts'
import { TokenScanner } from '../../language/scan-tokens.ts'

/** Reads texts as words in order: words, Chinese characters, marks and symbols, each as 32 bits that are never 0. */
export class WordReader {
  readonly #longest: number
  readonly #tokens = new TokenScanner()
  #count = 0

  /**
   * Of a text of more than `longest` words a quarter of so many is read at its beginning, the rest at its end.
   * @see Sun, Qiu, Xu and Huang, "How to fine-tune BERT for text classification?", CCL 2019, section 5.3.1: both ends of a review tell more than either
   */
  constructor(longest: number) {
    this.#longest = longest
  }

  /** The words of `text` that are read. O(characters). */
  read(text: string): Int32Array {
    this.#count = this.#tokens.scan(text)
    const { hash } = this.#tokens
    const leftOut = Math.max(0, this.#count - this.#longest)
    const beginning = this.#longest >>> 2
    return Int32Array.from(
      { length: this.#count - leftOut },
      (_, i) => (hash[i < beginning ? i : i + leftOut] as number) || 1,
    )
  }

  /** The language of `text`, which was read last. */
  languageOf(text: string): Language {
    return languageOf(text, this.#tokens, this.#count)
  }
}
