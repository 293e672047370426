import { mostCount } from './scan-grams.ts'

/** A key of 32 bits that is no other: slots that hold it are free. */
const free = 0
/** Places of a slot: key, coefficient, weight, and when the n-gram was last met. A quarter of a cache line. */
const slotLength = 4
const [coefficientAt, weightAt, metAt] = [1, 2, 3]
/** Of when an n-gram was last met these bits hold how many times it was in that text, those above which text it was. */
const timesBits = 8
const lastText = 2 ** (31 - timesBits) - 1

const mixed = (key: number) => {
  const h = Math.imul(key ^ (key >>> 16), 0x21f0aaad)
  return h ^ (h >>> 15)
}

/**
 * N-grams with their coefficients and weights, for one look in memory for each n-gram of a text: open addressing with linear probing, at most two thirds
 * full. Those that come first in `keys` are found soonest.
 */
export class WeighedGrams {
  readonly #whole: Int32Array
  readonly #real: Float32Array
  readonly #last: number
  #text = 0
  /** What `begin` read for the sake of reading: kept, or the reading would be optimised away. */
  touched = 0

  constructor(keys: Int32Array, coefficients: Float32Array, weights: Float32Array) {
    let slots = 1024
    while (2 * slots < 3 * keys.length) slots *= 2
    this.#last = slots - 1
    this.#whole = new Int32Array(slotLength * slots)
    this.#real = new Float32Array(this.#whole.buffer)
    for (const [gram, key] of keys.entries()) {
      const at = this.find(key, true)
      this.#whole[at] = key
      this.#real[at + coefficientAt] = coefficients[gram] as number
      this.#real[at + weightAt] = weights[gram] as number
    }
  }

  /**
   * Begins a text of which the first `count` of `keys` are the n-grams: none has been met. All their slots are touched at once, since one look after another
   * would wait for memory each time.
   */
  begin(keys: Int32Array, count: number): void {
    if (this.#text === lastText) this.#forget()
    this.#text += 1
    let touched = 0
    for (let i = 0; i < count; i++)
      touched ^= this.#whole[slotLength * (mixed(keys[i] as number) & this.#last)] as number
    this.touched = touched
  }

  /** Where the n-gram of `key` is, -1 where it is unknown; its place to be where it is `wanted`. O(1). */
  find(key: number, wanted = false): number {
    const whole = this.#whole
    let slot = mixed(key) & this.#last
    for (;;) {
      const there = whole[slotLength * slot]
      if (there === key) return slotLength * slot
      if (there === free) return wanted ? slotLength * slot : -1
      slot = (slot + 1) & this.#last
    }
  }

  /** Meets the n-gram at `at`. @returns how many times that was since `begin`, at most `mostCount`, and 0 after these */
  meet(at: number): number {
    const met = this.#whole[at + metAt] as number
    const times = met >> timesBits === this.#text ? met & mostCount : 0
    if (times === mostCount) return 0
    this.#whole[at + metAt] = (this.#text << timesBits) | (times + 1)
    return times + 1
  }

  #forget(): void {
    for (let at = 0; at < this.#whole.length; at += slotLength) this.#whole[at + metAt] = 0
    this.#text = 0
  }

  coefficient(at: number): number {
    return this.#real[at + coefficientAt] as number
  }

  weight(at: number): number {
    return this.#real[at + weightAt] as number
  }
}
