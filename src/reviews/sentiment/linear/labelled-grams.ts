import { hash32 } from '../../../kernels/random.ts'
import { type Language, languageOf } from '../../../language/language-of.ts'
import { GramTable } from '../gram-table.ts'
import { folds, type LabelledReviews } from '../labelled-reviews.ts'
import type { OpinionWord } from './opinion-words.ts'
import { GramScanner, gramsOf, longestGram, mostCount } from './scan-grams.ts'

/** An n-gram of fewer reviews says nothing of others. */
export const leastReviews = 2

/**
 * Reviews as the n-grams that at least two of them have, the most frequent first: those of review i are `index[start[i]]` up to `index[start[i + 1]]`,
 * each once, with how many times it is there in `count`.
 */
export interface GramMatrix {
  readonly keys: Int32Array
  readonly start: Uint32Array
  readonly index: Uint32Array
  readonly count: Uint8Array
  readonly outcome: Uint8Array
  /** N-grams read of each review, known or not, repeated or not. */
  readonly read: Uint32Array
  /** Which of the `folds` each review belongs to; equal texts belong to one, words that stand in for reviews to none. */
  readonly fold: Uint8Array
}

class Numbers<A extends Uint32Array | Uint8Array> {
  array: A
  count = 0
  readonly #make: new (
    length: number,
  ) => A

  constructor(make: new (length: number) => A) {
    this.#make = make
    this.array = new make(1024)
  }

  push(value: number): void {
    if (this.count === this.array.length) {
      const wider = new this.#make(2 * this.count)
      wider.set(this.array)
      this.array = wider
    }
    this.array[this.count] = value
    this.count += 1
  }
}

/** New numbers of n-grams of enough reviews, the most frequent first, -1 for others. O(n-grams). */
function numberFrequent(frequency: Uint32Array): { number: Int32Array; kept: number } {
  const most = frequency.reduce((high, one) => Math.max(high, one), 0)
  const next = new Uint32Array(most + 1)
  for (const one of frequency) next[one] = (next[one] as number) + 1
  let kept = 0
  for (let one = most; one >= leastReviews; one--) {
    const first = kept
    kept += next[one] as number
    next[one] = first
  }
  const number = new Int32Array(frequency.length).fill(-1)
  for (const [gram, one] of frequency.entries()) {
    if (one < leastReviews) continue
    number[gram] = next[one] as number
    next[one] = (next[one] as number) + 1
  }
  return { number, kept }
}

/** The fold of what is never held out. */
const noFold = folds

/** Gathers labelled reviews; texts are not kept. */
export class LabelledGrams implements LabelledReviews {
  readonly #scanner = new GramScanner()
  #table = new GramTable()
  readonly #entries = new Numbers(Uint32Array)
  readonly #counts = new Numbers(Uint8Array)
  readonly #ends = new Numbers(Uint32Array)
  readonly #outcomes = new Numbers(Uint8Array)
  readonly #folds = new Numbers(Uint8Array)
  readonly #read = new Numbers(Uint32Array)
  /** The entry, counted from 1, of the last review that had each n-gram. */
  #lastEntry = new Numbers(Uint32Array)
  readonly #learned = new Map<Language, number>()
  readonly outcomes: [number, number] = [0, 0]

  get learned(): Record<string, number> {
    return Object.fromEntries(this.#learned)
  }

  add(text: string, outcome: 0 | 1): Language | undefined {
    const same = this.#addRow(text, outcome)
    if (same === undefined) return undefined
    this.#folds.push(same % folds)
    this.outcomes[outcome] += 1
    const language = languageOf(text, this.#scanner.tokens, this.#scanner.count)
    this.#learned.set(language, (this.#learned.get(language) ?? 0) + 1)
    return language
  }

  /** Adds the n-grams of `text`. @returns a hash of its tokens, undefined where there are none */
  #addRow(text: string, outcome: 0 | 1): number | undefined {
    const [scanner, lastEntry, entries, counts] = [this.#scanner, this.#lastEntry, this.#entries, this.#counts]
    const before = entries.count
    let same = 0
    scanner.scan(text)
    const { keys, count } = scanner
    this.#table.touch(keys, longestGram * count)
    for (let place = 0; place < longestGram * count; place++) {
      const key = keys[place] as number
      if (key === 0) continue
      if (place % longestGram === 0) same = hash32(same, key)
      const gram = this.#table.add(key)
      if (gram === lastEntry.count) lastEntry.push(0)
      const last = lastEntry.array[gram] as number
      if (last > before) {
        counts.array[last - 1] = Math.min((counts.array[last - 1] as number) + 1, mostCount)
        continue
      }
      entries.push(gram)
      counts.push(1)
      lastEntry.array[gram] = entries.count
    }
    if (scanner.count === 0) return undefined
    this.#ends.push(entries.count)
    this.#outcomes.push(outcome)
    this.#read.push(gramsOf(scanner.count))
    return same
  }

  /** Frees what only adding needs. */
  #letGo(): void {
    this.#table = new GramTable()
    this.#lastEntry = new Numbers(Uint32Array)
  }

  /** What was added, and after it `words`, which are no reviews but are learned from like ones; nothing can be added afterwards. */
  matrix(words: readonly OpinionWord[] = []): GramMatrix {
    for (const { word, outcome } of words) if (this.#addRow(word, outcome) !== undefined) this.#folds.push(noFold)
    const { array: entries, count } = this.#entries
    const counts = this.#counts.array
    const reviews = this.#ends.count
    const frequency = new Uint32Array(this.#table.count)
    for (let e = 0; e < count; e++) frequency[entries[e] as number] = (frequency[entries[e] as number] as number) + 1
    const all = this.#table.keys()
    this.#letGo()
    const { number, kept } = numberFrequent(frequency)
    const keys = new Int32Array(kept)
    for (const [gram, key] of all.entries()) if ((number[gram] as number) >= 0) keys[number[gram] as number] = key
    const start = new Uint32Array(reviews + 1)
    let to = 0
    for (let review = 0, e = 0; review < reviews; review++) {
      for (; e < (this.#ends.array[review] as number); e++) {
        const gram = number[entries[e] as number] as number
        if (gram < 0) continue
        entries[to] = gram
        counts[to] = counts[e] as number
        to += 1
      }
      start[review + 1] = to
    }
    return {
      ...{ keys, start, index: entries.subarray(0, to), count: counts.subarray(0, to) },
      outcome: this.#outcomes.array.slice(0, reviews),
      read: this.#read.array.slice(0, reviews),
      fold: this.#folds.array.slice(0, reviews),
    }
  }
}
