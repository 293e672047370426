import { type Modifier, modifiers } from './modifiers.ts'
import { opinionWords } from './opinion-words.ts'
import { PhraseTable, StemmedTokens } from './phrase-table.ts'
import type { Taxonomy } from './taxonomy.ts'

/** What a phrase can mean; aspects are numbered as in the taxonomy. */
export type Meaning =
  | { readonly is: 'opinion'; readonly weight: number }
  | { readonly is: 'modifier'; readonly modifier: Modifier }
  | { readonly is: 'term'; readonly aspect: number; readonly target?: string }
  /** An opinion of `aspect` only where that is mentioned near it. */
  | { readonly is: 'beside'; readonly aspect: number; readonly weight: number }
  /** A mention of `aspect` and an opinion of it. */
  | { readonly is: 'judgement'; readonly aspect: number; readonly weight: number }

/** Somebody whom reviews may name: who is judged by what is said of them. */
export interface Name {
  /** As it is reported. */
  readonly name: string
  /** Other ways to write it. */
  readonly aliases?: readonly string[]
  /** The aspect that an opinion of them is of, unless it is said which: acting of actors. */
  readonly aspect: string
}

const besideWeight = 0.6
const judgementWeight = 0.7

/** The words that opinions are found by. */
export interface Lexicon {
  readonly taxonomy: Taxonomy
  readonly tokens: StemmedTokens
  readonly phrases: PhraseTable<Meaning>
  /** The number of the aspect of what is said of nothing in particular. */
  readonly whole: number
}

/** Makes ready the words of `taxonomy`, with `learned` opinion words in place of or beside the general ones. */
export function compileLexicon(taxonomy: Taxonomy, learned: ReadonlyMap<string, number> = new Map()): Lexicon {
  const tokens = new StemmedTokens()
  const phrases = new PhraseTable<Meaning>(tokens)
  taxonomy.aspects.forEach(({ terms, good, bad, praise, complaints }, aspect) => {
    for (const word of terms) phrases.add(word, { is: 'term', aspect })
    for (const word of good ?? []) phrases.add(word, { is: 'beside', aspect, weight: besideWeight })
    for (const word of bad ?? []) phrases.add(word, { is: 'beside', aspect, weight: -besideWeight })
    for (const word of praise ?? []) phrases.add(word, { is: 'judgement', aspect, weight: judgementWeight })
    for (const word of complaints ?? []) phrases.add(word, { is: 'judgement', aspect, weight: -judgementWeight })
  })
  for (const [word, weight] of new Map([...opinionWords, ...learned])) phrases.add(word, { is: 'opinion', weight })
  for (const [word, all] of modifiers) for (const modifier of all) phrases.add(word, { is: 'modifier', modifier })
  return { taxonomy, tokens, phrases, whole: taxonomy.aspects.findIndex(({ id }) => id === taxonomy.whole) }
}

/** The names of one title as phrases, to be found together with the words of `lexicon`. */
export function compileNames({ taxonomy, tokens }: Lexicon, names: readonly Name[]): PhraseTable<Meaning> {
  const phrases = new PhraseTable<Meaning>(tokens)
  for (const { name, aliases = [], aspect } of names) {
    const number = taxonomy.aspects.findIndex(({ id }) => id === aspect)
    if (number < 0) continue
    for (const one of new Set([name, ...aliases])) phrases.add(one, { is: 'term', aspect: number, target: name })
  }
  return phrases
}
