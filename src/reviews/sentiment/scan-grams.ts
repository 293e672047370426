import { TokenScanner } from '../../language/scan-tokens.ts'

/** The longest run of tokens that counts as one thing. */
export const longestGram = 3

/** How many n-grams there are in a text of `count` tokens, repeated ones too. */
export function gramsOf(count: number): number {
  let sum = 0
  for (let length = 0; length < longestGram; length++) sum += Math.max(0, count - length)
  return sum
}

const lengthened = (key: number, token: number) => {
  const h = Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) ^ token
  const k = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return k ^ (k >>> 15) || 1
}

/** Finds the n-grams of texts: every run of up to `longestGram` tokens. */
export class GramScanner {
  readonly tokens = new TokenScanner()
  /** Tokens of the last text. */
  count = 0

  /**
   * Calls `take` with a key of 32 bits, never 0, for each run of tokens of `text`, and with the numbers of its first and last token; no longer run from
   * that first token where it returns false. O(characters).
   */
  scan(text: string, take: (key: number, first: number, last: number) => boolean): void {
    const { tokens } = this
    const count = tokens.scan(text)
    this.count = count
    const { hash } = tokens
    for (let first = 0; first < count; first++) {
      let key = 0
      for (let last = first; last < count && last < first + longestGram; last++) {
        key = lengthened(key, hash[last] as number)
        if (!take(key, first, last)) break
      }
    }
  }
}
