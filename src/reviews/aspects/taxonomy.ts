import type { Text } from '../../text.ts'

/**
 * Something that reviews judge. Words are matched without regard to case, width, diacritics, traditional or simplified characters and English inflection;
 * one that begins with `=` is matched as it is written.
 */
export interface Aspect {
  /** As it is called in tables and on the command line. */
  readonly id: string
  readonly name: Text
  /** Words and phrases that mention it. */
  readonly terms: readonly string[]
  /** Words that judge it where one of `terms` is near, though they judge nothing elsewhere: a long wait, a long episode. */
  readonly good?: readonly string[]
  readonly bad?: readonly string[]
  /** Words that mention it and judge it at once: overacted, 烂尾. */
  readonly praise?: readonly string[]
  readonly complaints?: readonly string[]
}

/** Aspects of one domain. */
export interface Taxonomy {
  readonly aspects: readonly Aspect[]
  /** The aspect of what is said of nothing in particular; its terms alone, without an opinion, mention nothing. */
  readonly whole: string
}

/** `base` with `added` aspects; one that `base` has already gets the words of both. */
export function extendTaxonomy(base: Taxonomy, added: readonly Aspect[]): Taxonomy {
  const aspects = new Map(base.aspects.map((aspect) => [aspect.id, aspect]))
  for (const aspect of added) {
    const known = aspects.get(aspect.id)
    const both = (list: 'terms' | 'good' | 'bad' | 'praise' | 'complaints') => [
      ...(known?.[list] ?? []),
      ...(aspect[list] ?? []),
    ]
    const words = { terms: both('terms'), good: both('good'), bad: both('bad') }
    const judging = { praise: both('praise'), complaints: both('complaints') }
    aspects.set(aspect.id, { id: aspect.id, name: known?.name ?? aspect.name, ...words, ...judging })
  }
  return { aspects: [...aspects.values()], whole: base.whole }
}
