import { attributeOpinions } from './attribute-opinions.ts'
import { compileNames, type Lexicon, type Meaning, type Name } from './lexicon.ts'
import type { PhraseTable } from './phrase-table.ts'
import { type Clause, splitClauses } from './split-clauses.ts'

/** What a clause of a text says of an aspect. */
export interface Opinion {
  /** Number of the clause in the text, from 0. */
  readonly clause: number
  /** Where the clause begins in the text and how long it is, in UTF-16 code units. */
  readonly start: number
  readonly length: number
  /** Id of the aspect. */
  readonly aspect: string
  /** Whom it is said of, as the names given have it. */
  readonly target: string | undefined
  /** -1 for the worst, 1 for the best, 0 where it is mentioned and not judged. */
  readonly opinion: number
}

const hasWish = ({ phrases }: Clause) =>
  phrases.some(({ meanings }) => meanings.some((one) => one.is === 'modifier' && one.modifier.does === 'wish'))

/** Finds opinions with the words of one lexicon; use it in one thread only. */
export class OpinionFinder {
  readonly lexicon: Lexicon

  constructor(lexicon: Lexicon) {
    this.lexicon = lexicon
  }

  /** Names made ready for `find`. */
  names(names: readonly Name[]): PhraseTable<Meaning> {
    return compileNames(this.lexicon, names)
  }

  /** Where each clause of `text` begins and how long it is, in UTF-16 code units. */
  clauses(text: string): { readonly start: number; readonly length: number }[] {
    const { tokens, phrases } = this.lexicon
    tokens.scan(text)
    const { from, to } = tokens.scanner
    return splitClauses(tokens, phrases.find()).map((clause) => {
      const start = from[clause.from] as number
      return { start, length: (to[clause.to - 1] as number) - start }
    })
  }

  /**
   * What `text` says of each aspect, clause by clause: at most one opinion of an aspect and target in a clause, in the order of clauses. An empty text gives
   * none. O(characters).
   */
  find(text: string, names?: PhraseTable<Meaning>): Opinion[] {
    const { tokens, phrases, taxonomy } = this.lexicon
    tokens.scan(text)
    const clauses = splitClauses(tokens, phrases.find(names))
    const wishing = new Set(clauses.filter(hasWish).map(({ sentence }) => sentence))
    const { from, to } = tokens.scanner
    let last: { readonly aspect: number; readonly target: string | undefined; readonly sentence: number } | undefined
    return clauses.flatMap((clause, number) => {
      const carried = last?.sentence === clause.sentence ? last : undefined
      const found = attributeOpinions(this.lexicon, clause, wishing.has(clause.sentence), carried).filter(
        // A taxonomy need not have an aspect for the whole.
        ({ aspect }) => aspect >= 0,
      )
      const final = found.at(-1)
      if (final) last = { ...final, sentence: clause.sentence }
      const start = from[clause.from] as number
      return found.map(({ aspect, target, opinion }) => ({
        ...{ clause: number, start, length: (to[clause.to - 1] as number) - start },
        ...{ aspect: (taxonomy.aspects[aspect] as { id: string }).id, target, opinion },
      }))
    })
  }
}
