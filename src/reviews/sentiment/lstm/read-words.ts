import { hash32 } from '../../../kernels/random.ts'
import { chineseWords, endOfRun, isHan } from '../../../language/chinese-words.ts'
import { type Language, languageOf } from '../../../language/language-of.ts'
import { TokenScanner } from '../../../language/scan-tokens.ts'

function hashOf(word: string): number {
  let hash = word.length
  for (let i = 0; i < word.length; i++) hash = hash32(hash, word.charCodeAt(i))
  return hash
}

/** Reads texts as words in order: words, Chinese ones found by jieba, marks and symbols, each as 32 bits that are never 0. */
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
    const words = this.#all(text)
    const leftOut = Math.max(0, words.length - this.#longest)
    const beginning = this.#longest >>> 2
    return Int32Array.from(
      { length: words.length - leftOut },
      (_, i) => (words[i < beginning ? i : i + leftOut] as number) | 0 || 1,
    )
  }

  /** The language of `text`, which was read last. */
  languageOf(text: string): Language {
    return languageOf(text, this.#tokens, this.#count)
  }

  #all(text: string): number[] {
    const tokens = this.#tokens
    const count = tokens.scan(text)
    this.#count = count
    const words: number[] = []
    for (let i = 0; i < count; i++) {
      const from = tokens.from[i] as number
      if (isHan(text.charCodeAt(from))) {
        i = endOfRun(text, tokens, count, i)
        for (const word of chineseWords(text.slice(from, tokens.to[i]))) words.push(hashOf(word))
      } else words.push(tokens.hash[i] as number)
    }
    return words
  }
}
