import { termsOf } from '../language/terms.ts'
import { maskPersonal } from '../privacy/mask-personal.ts'

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
/** What stands around a clause and is no part of it. */
const edges = /^[\s\p{Pd},;:，；：、.。)）]+|[\s\p{Pd},;:，；：、(（]+$/gu

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 1
  let shared = 0
  for (const term of a) if (b.has(term)) shared += 1
  return shared / (a.size + b.size - shared)
}

function quotedText(text: string): string {
  const characters = [...maskPersonal(text).replaceAll(edges, '').replaceAll(/\s+/gu, ' ').trim()]
  return characters.length <= mostLength
    ? characters.join('')
    : `${characters
        .slice(0, mostLength - 1)
        .join('')
        .trimEnd()}…`
}

/**
 * At most `count` of `texts` that weigh much and differ from each other, cut and without what is personal, by maximal marginal relevance (Carbonell and
 * Goldstein, "The use of MMR", SIGIR 1998) over the overlap of their words; none is a near copy of another. O(texts count).
 */
export function chooseQuotes<T extends Quotable>(texts: readonly T[], count: number): T[] {
  const left = texts
    .map((one) => ({
      quote: { ...one, text: quotedText(one.text) },
      terms: new Set(termsOf(one.text).map(({ key }) => key)),
      nearest: 0,
    }))
    .filter(({ quote }) => [...quote.text].length >= leastLength)
  const chosen: T[] = []
  while (chosen.length < count) {
    const open = left.filter(({ nearest, quote }) => nearest < copyShare && !chosen.includes(quote))
    const value = ({ quote, nearest }: (typeof left)[number]) => (1 - diversity) * quote.weight - diversity * nearest
    const best = open.reduce<(typeof left)[number] | undefined>(
      (most, one) => (most === undefined || value(one) > value(most) ? one : most),
      undefined,
    )
    if (!best) break
    chosen.push(best.quote)
    for (const one of left) one.nearest = Math.max(one.nearest, overlap(one.terms, best.terms))
  }
  return chosen
}
