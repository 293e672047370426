import { hasHan } from '../../language/fold.ts'
import { partsOf, type Term } from '../../language/terms.ts'

/** Whom a word is counted of: viewers who said it in the opinions asked for, in their last period, in the period before, and in what they are compared with. */
export const sides = ['own', 'now', 'before', 'others'] as const
export type Side = (typeof sides)[number]

/** A word or phrase with how many viewers said it. */
export interface TermCount {
  readonly key: string
  /** The keys of its words, one of a word. */
  readonly parts: readonly string[]
  /** Of the texts that it is counted in. */
  readonly script: Script
  /** As most write it. */
  form: string
  readonly own: number
  readonly now: number
  readonly before: number
  readonly others: number
}

interface Counter extends TermCount {
  own: number
  now: number
  before: number
  others: number
  /** How often the form was met; where there are others, `forms` has all. */
  met: number
  forms: Map<string, number> | undefined
}

/** One text, and where its viewer counts for it. */
export interface Said {
  readonly text: string
  readonly of: readonly Side[]
}

/** Texts with Chinese characters and others: an English word is another thing in each. */
export const scripts = ['han', 'other'] as const
export type Script = (typeof scripts)[number]

const longestPhrase = 3
const blank = /^[\s·•‧\-‐]*$/u
const joined = /^\s+of(?:\s+the)?\s+$/iu

/** Whether two words stand beside each other. */
function areAdjacent(text: string, left: Term, right: Term): boolean {
  if (left.to === right.from) return true
  const between = text.slice(left.to, right.from)
  return between.length <= 10 && (blank.test(between) || joined.test(between))
}

/**
 * Counts the viewers who said each word and each phrase of two or three words that stand beside each other. First come the opinions asked for,
 * then those they are compared with, of which only what is known by then is counted. Room is bounded: beyond `most` entries those of fewest viewers
 * are dropped and forgotten (lossy counting, Manku and Motwani, VLDB 2002); `dropped` says how many, and `mostMissing` how many viewers one that
 * stays may lack.
 */
export class TermCounts {
  dropped = 0
  mostMissing = 0
  /** Of all words, the sums of viewers. */
  readonly totals: Readonly<Record<Side, Record<Script, number>>> = {
    own: { han: 0, other: 0 },
    now: { han: 0, other: 0 },
    before: { han: 0, other: 0 },
    others: { han: 0, other: 0 },
  }
  /** Viewers on each side; an opinion of nobody counts as one. */
  readonly viewers: Record<Side, number> = { own: 0, now: 0, before: 0, others: 0 }
  readonly #counters: Readonly<Record<Script, Map<string, Counter>>> = { han: new Map(), other: new Map() }
  readonly #most: number
  #terms: readonly Counter[] | undefined

  constructor(most: number) {
    this.#most = most
  }

  /** Words and phrases that `keeps` says so of are `terms` from now on, and only they are counted. */
  close(keeps: (count: TermCount, of: (key: string) => TermCount | undefined) => boolean): void {
    const kept: Counter[] = []
    for (const counters of Object.values(this.#counters)) {
      const own = [...counters.values()].filter((counter) => keeps(counter, (key) => counters.get(key)))
      // A phrase is found by its first words.
      const beginnings = own.flatMap(({ parts }) => parts.map((_, index) => parts.slice(0, index + 1).join(' ')))
      const needed = new Set(beginnings)
      for (const key of counters.keys()) if (!needed.has(key)) counters.delete(key)
      kept.push(...own)
    }
    this.#terms = kept
  }

  /** Adds all that one viewer said. */
  add(said: readonly Said[]): void {
    const words = { han: new Map<string, number>(), other: new Map<string, number>() }
    const met = new Map<Counter, number>()
    let all = 0
    for (const { text, of } of said) {
      const mask = of.reduce((bits, side) => bits | (1 << sides.indexOf(side)), 0)
      const script = hasHan(text) ? 'han' : 'other'
      all |= mask
      this.#read(text, script, mask, words[script], met)
    }
    sides.forEach((side, index) => {
      const isOn = (mask: number) => (mask & (1 << index)) !== 0
      if (isOn(all)) this.viewers[side] += 1
      for (const [counter, mask] of met) if (isOn(mask)) counter[side] += 1
      for (const script of scripts)
        for (const mask of words[script].values()) if (isOn(mask)) this.totals[side][script] += 1
    })
    if (!this.#terms && this.#size > this.#most) this.#drop()
  }

  get terms(): readonly TermCount[] {
    return this.#terms ?? []
  }

  /** Whether what is compared with has the language of most of the opinions asked for. */
  get canCompare(): boolean {
    const { own, others } = this.totals
    return others[own.han > own.other ? 'han' : 'other'] > 0
  }

  get #size(): number {
    return this.#counters.han.size + this.#counters.other.size
  }

  #read(text: string, script: Script, mask: number, words: Map<string, number>, met: Map<Counter, number>): void {
    const parts = partsOf(text)
    parts.forEach((first, start) => {
      if (first.key.length > 1) words.set(first.key, (words.get(first.key) ?? 0) | mask)
      let counter = this.#find(script, first.key)
      let last = first
      for (let place = start + 1; counter; place++) {
        met.set(counter, (met.get(counter) ?? 0) | mask)
        vote(counter, text.slice(first.from, last.to))
        const next = parts[place]
        // Two words begin a phrase of three once somebody else has said them.
        const isNew = place - start === 2 && counter.own === 0
        if (!next || isNew || place - start === longestPhrase || !areAdjacent(text, last, next)) return
        counter = this.#find(script, `${counter.key} ${next.key}`)
        last = next
      }
    })
  }

  #find(script: Script, key: string): Counter | undefined {
    const known = this.#counters[script].get(key)
    if (known || this.#terms) return known
    const counter = {
      key,
      parts: key.split(' '),
      script,
      form: '',
      met: 0,
      forms: undefined,
      own: 0,
      now: 0,
      before: 0,
      others: 0,
    }
    this.#counters[script].set(key, counter)
    return counter
  }

  #drop(): void {
    while (this.#size > this.#most / 2) {
      this.mostMissing += 1
      for (const counters of Object.values(this.#counters)) {
        for (const [key, { own, now, before }] of counters) {
          if (Math.max(own, now, before) > this.mostMissing) continue
          counters.delete(key)
          this.dropped += 1
        }
      }
    }
  }
}

/** Forms of a word that are told apart; others count for none. */
const mostForms = 12

function vote(counter: Counter, form: string): void {
  const { forms } = counter
  if (!forms && (counter.form === form || counter.met === 0)) {
    counter.form = form
    counter.met += 1
    return
  }
  const all = forms ?? new Map([[counter.form, counter.met]])
  counter.forms = all
  const met = (all.get(form) ?? 0) + 1
  if (met === 1 && all.size === mostForms) return
  all.set(form, met)
  if (met > counter.met || form === counter.form) {
    counter.form = form
    counter.met = met
  }
}
