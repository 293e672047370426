import { TokenScanner } from '../../language/scan-tokens.ts'

/** Longer texts are compared by so many of their first words. */
const mostWords = 2000
const isMark = /[\p{P}\p{S}]/u

/**
 * What texts are compared by: their words, one character of Chinese each, without marks, symbols, HTML and letter case; pairs of neighbouring words
 * are shingles.
 */
export class TextShingles {
  private readonly scanner = new TokenScanner()
  private readonly marks = new Map<number, boolean>()
  private hashes = new Int32Array(mostWords)
  /** Words of the last text, at most 2000. */
  words = 0
  /** Equal for texts of equal words, and practically only for them. */
  identity = 0

  /** Hashes of the shingles of `text`, the word itself where there is only one; valid until the next call. */
  scan(text: string): Int32Array {
    const tokens = this.scanner.scan(text)
    const { hash, from } = this.scanner
    let [words, before, low, high] = [0, 0, 0x811c9dc5, 0x2545f491]
    for (let i = 0; i < tokens && words < mostWords; i++) {
      if (this.isMark(text, from[i] as number)) continue
      const word = mix(hash[i] as number)
      low = Math.imul(low ^ word, 0x01000193)
      high = Math.imul(high ^ (word >>> 7) ^ (word << 25), 0x5bd1e995)
      this.hashes[Math.max(0, words - 1)] = words === 0 ? word : mix(Math.imul(before, 0x9e3779b1) ^ word)
      before = word
      words++
    }
    this.words = words
    this.identity = (low >>> 0) * 2 ** 21 + (high >>> 11)
    return this.hashes.subarray(0, words <= 1 ? words : words - 1)
  }

  private isMark(text: string, at: number): boolean {
    const code = text.codePointAt(at) ?? 0
    const known = this.marks.get(code)
    if (known !== undefined) return known
    const found = isMark.test(String.fromCodePoint(code))
    this.marks.set(code, found)
    return found
  }
}

function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return mixed ^ (mixed >>> 15)
}
