import { termsOf } from '../../language/terms.ts'
import type { Passage } from './tally.ts'

/** Passages that share more of their words say the same. */
const mostAlike = 0.5
/** A quote of about so many characters says something and is read. */
const readable = 60

const worth = ({ text, opinion }: Passage) => Math.abs(opinion) - Math.abs(text.length - readable) / 200

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const word of a) if (b.has(word)) shared += 1
  return shared / Math.max(1, Math.min(a.size, b.size))
}

/** Up to `most` of `passages` that say most and differ from each other, by what they are worth. */
export function chooseQuotes(passages: readonly Passage[], most: number): Passage[] {
  const chosen: { passage: Passage; words: Set<string> }[] = []
  for (const passage of [...passages].sort((a, b) => worth(b) - worth(a) || (a.text < b.text ? -1 : 1))) {
    if (chosen.length === most) break
    const words = new Set(termsOf(passage.text).map(({ key }) => key))
    if (chosen.every((one) => likeness(one.words, words) <= mostAlike)) chosen.push({ passage, words })
  }
  return chosen.map(({ passage }) => passage)
}
