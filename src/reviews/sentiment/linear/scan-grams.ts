import { TokenScanner } from '../../../language/scan-tokens.ts'

/** The longest run of tokens that counts as one thing. */
export const longestGram = 3

/** An n-gram counts so often in one text, and no more. */
export const mostCount = 255

/** What an n-gram counts for in a text that has it so many times: nothing, or 1 + ln(times). */
export const valueOfCount = Float64Array.from({ length: mostCount + 1 }, (_, times) =>
  times === 0 ? 0 : 1 + Math.log(times),
)

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
   * 32 bits for each n-gram of the last text, never 0: those that begin with token i are `keys[longestGram * i]` and the following, shortest first; 0 where
   * the text ends.
   */
  keys = new Int32Array(longestGram * 1024)

  /** Reads `text`; `tokens`, `count` and `keys` tell of it until the next call. O(characters). */
  scan(text: string): void {
    const count = this.tokens.scan(text)
    this.count = count
    if (this.keys.length < longestGram * count) this.keys = new Int32Array(2 * longestGram * count)
    const { keys } = this
    const { hash } = this.tokens
    for (let first = 0; first < count; first++) {
      let key = 0
      for (let longer = 0; longer < longestGram; longer++) {
        const isWithin = first + longer < count
        if (isWithin) key = lengthened(key, hash[first + longer] as number)
        keys[longestGram * first + longer] = isWithin ? key : 0
      }
    }
  }
}
