import { logOdds } from '../../kernels/statistics/log-odds.ts'
import { termsOf } from '../../language/terms.ts'
import { opinionWords } from './opinion-words.ts'
import type { Aspect, Taxonomy } from './taxonomy.ts'

/** A text, or a clause, with the aspects that it speaks of and what it says of them, -1 to 1. */
export interface LearnedText {
  readonly text: string
  readonly opinions: readonly { readonly aspect: string; readonly opinion: number }[]
}

/** A word that was learned, and why. */
export interface LearnedWord {
  readonly aspect: string
  readonly word: string
  readonly becomes: 'terms' | 'good' | 'bad' | 'praise' | 'complaints'
  /** Texts of the aspect (of `terms`, `praise`, `complaints`) or with its favourable or unfavourable opinion that have the word, and others that do. */
  readonly texts: number
  readonly others: number
  /** Standard deviations by which the word is commoner there. */
  readonly z: number
}

/** How much is learned. */
export interface LearnOptions {
  /** Words of each kind for each aspect at most. */
  readonly most: number
  /** Standard deviations that a word has to stand out by. */
  readonly leastZ: number
}

/** The prior weighs like so many words of text. */
const priorWords = 500
const leastTexts = 3
/** … and most of the texts that have a word are of its aspect. */
const leastShare = 0.7

const wordsOf = (aspect: Aspect | undefined) =>
  aspect ? [aspect.terms, aspect.good, aspect.bad, aspect.praise, aspect.complaints].flatMap((list) => list ?? []) : []

/** How many texts have each word; texts are rows of word numbers. */
function countsOf(rows: readonly Uint32Array[], words: number): Float64Array {
  const counts = new Float64Array(words)
  for (const row of rows) for (const word of row) counts[word] = (counts[word] as number) + 1
  return counts
}

interface Outstanding {
  readonly word: number
  readonly texts: number
  readonly others: number
  readonly z: number
}

/** The words that more of `inside` have than of `outside`, those that stand out most first. */
function outstanding(inside: Float64Array, outside: Float64Array, leastZ: number): Outstanding[] {
  const { z } = logOdds(inside, outside, priorWords)
  return [...z.keys()]
    .filter((word) => {
      const [own, others] = [inside[word] as number, outside[word] as number]
      return (z[word] as number) >= leastZ && own >= leastTexts && own >= leastShare * (own + others)
    })
    .map((word) => ({
      ...{ word, texts: inside[word] as number, others: outside[word] as number, z: z[word] as number },
    }))
    .sort((a, b) => b.z - a.z)
}

/**
 * Words that texts of an aspect have and others have not, as its terms, or as praise and complaints where they are words of opinion; and words of its
 * favourable texts against its unfavourable ones. A word belongs to the aspect that it stands out for most; words that `known` or
 * the general list of opinion words has are not learned again.
 * @see Monroe, Colaresi and Quinn, "Fightin' Words", Political Analysis 16(4), 2008
 */
export function learnTaxonomy(
  texts: readonly LearnedText[],
  known: Taxonomy,
  { most, leastZ }: LearnOptions,
): { readonly aspects: Aspect[]; readonly evidence: LearnedWord[] } {
  const numbers = new Map<string, number>()
  const forms: string[] = []
  const rows = texts.map(({ text }) => {
    const row = new Set<number>()
    for (const { key, form } of termsOf(text)) {
      const number = numbers.get(key) ?? numbers.size
      numbers.set(key, number)
      forms[number] ??= form
      row.add(number)
    }
    return Uint32Array.from(row)
  })
  const all = countsOf(rows, forms.length)
  const less = (counts: Float64Array) => all.map((count, word) => count - (counts[word] as number))
  const chosen = (is: (text: LearnedText) => boolean) =>
    countsOf(
      rows.filter((_, i) => is(texts[i] as LearnedText)),
      forms.length,
    )
  const ids = [...new Set(texts.flatMap(({ opinions }) => opinions.map(({ aspect }) => aspect)))].sort()
  const has = (id: string, sign?: number) => (text: LearnedText) =>
    text.opinions.some(({ aspect, opinion }) => aspect === id && (sign === undefined || Math.sign(opinion) === sign))
  const names = ids.map((id) => {
    const inside = chosen(has(id))
    return outstanding(inside, less(inside), leastZ)
  })
  const best = new Map<number, { readonly id: string; readonly z: number }>()
  names.forEach((found, i) => {
    for (const { word, z } of found) {
      if (z > (best.get(word)?.z ?? 0)) best.set(word, { id: ids[i] as string, z })
    }
  })
  const evidence: LearnedWord[] = []
  const aspects = ids.map((id, i): Aspect => {
    const before = known.aspects.find((one) => one.id === id)
    const old = new Set(wordsOf(before).flatMap((word) => termsOf(word).map(({ key }) => numbers.get(key))))
    const taken = new Set<number>()
    const take = (found: readonly Outstanding[], becomes: (word: string) => LearnedWord['becomes']) => {
      const mine = found.filter(({ word }) => !taken.has(word) && !old.has(word)).slice(0, most)
      for (const { word, ...counts } of mine) {
        taken.add(word)
        const form = forms[word] as string
        evidence.push({ aspect: id, word: form, becomes: becomes(form), ...counts })
      }
    }
    take(
      (names[i] as Outstanding[]).filter(({ word }) => best.get(word)?.id === id),
      (word) => {
        const weight = opinionWords.get(word) ?? 0
        if (weight === 0) return 'terms'
        return weight > 0 ? 'praise' : 'complaints'
      },
    )
    const [good, bad] = [chosen(has(id, 1)), chosen(has(id, -1))]
    const isKnown = ({ word }: Outstanding, sign: number) =>
      Math.sign(opinionWords.get(forms[word] as string) ?? 0) === sign
    take(
      outstanding(good, bad, leastZ).filter((one) => !isKnown(one, 1)),
      () => 'good',
    )
    take(
      outstanding(bad, good, leastZ).filter((one) => !isKnown(one, -1)),
      () => 'bad',
    )
    const list = (kind: LearnedWord['becomes']) =>
      evidence.filter((one) => one.aspect === id && one.becomes === kind).map(({ word }) => word)
    return {
      ...{ id, name: before?.name ?? { en: id, zh: id }, terms: list('terms'), good: list('good'), bad: list('bad') },
      ...{ praise: list('praise'), complaints: list('complaints') },
    }
  })
  return { aspects, evidence }
}
