import { termsOf } from '../language/terms.ts'

/** A text that could be quoted, with how much it says, from 0 to 1. */
export interface Quotable {
  readonly text: string
  readonly weight: number
}

/** Texts that share so much of their words are copies of each other. */
const copyShare = 0.6
/** What being unlike the quotes before counts beside the weight. */
const diversity = 0.5
/** Shorter ones say too little, longer ones are cut. */
const leastLength = 4
const mostLength = 160

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 1
  let shared = 0
  for (const term of a) if (b.has(term)) shared += 1
  return shared / (a.size + b.size - shared)
}

function clip(text: string): string {
  const characters = [...text.replaceAll(/\s+/gu, ' ').trim()]
  return characters.length <= mostLength
    ? characters.join('')
    : `${characters
        .slice(0, mostLength - 1)
        .join('')
        .trimEnd()}…`
}

/**
 * At most `count` of `texts` that weigh much and differ from each other, by maximal marginal relevance (Carbonell and Goldstein, "The use of MMR", SIGIR 1998) over the
 * overlap of their words; none is a near copy of another. O(texts count).
 */
export function chooseQuotes(texts: readonly Quotable[], count: number): string[] {
  const left = texts
    .map(({ text, weight }) => ({
      text: clip(text),
      weight,
      terms: new Set(termsOf(text).map(({ key }) => key)),
      nearest: 0,
    }))
    .filter(({ text }) => [...text].length >= leastLength)
  const chosen: string[] = []
  while (chosen.length < count) {
    const open = left.filter(({ nearest, text }) => nearest < copyShare && !chosen.includes(text))
    const value = ({ weight, nearest }: (typeof left)[number]) => (1 - diversity) * weight - diversity * nearest
    const best = open.reduce<(typeof left)[number] | undefined>(
      (most, one) => (most === undefined || value(one) > value(most) ? one : most),
      undefined,
    )
    if (!best) break
    chosen.push(best.text)
    for (const one of left) one.nearest = Math.max(one.nearest, overlap(one.terms, best.terms))
  }
  return chosen
}
