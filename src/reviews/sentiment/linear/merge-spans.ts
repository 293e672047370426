/** A run of tokens, by the numbers of its first and last one, with what it adds to a sum. */
export interface SpanAmount {
  readonly first: number
  readonly last: number
  readonly amount: number
}

/** Longer runs are no phrase that anybody reads at a glance. */
const longestPhrase = 5

/**
 * Runs that overlap as phrases that do not, whose amounts have the same sum, in a text of `count` tokens. The largest amounts come first: a run makes a
 * phrase of its own where its tokens are in none; it lengthens the one that it overlaps and agrees with while that stays short, and otherwise adds to it what it
 * has. O(runs log runs).
 */
export function mergeSpans(spans: readonly SpanAmount[], count: number): SpanAmount[] {
  const phrases: { first: number; last: number; amount: number }[] = []
  const phraseOf = new Int32Array(count).fill(-1)
  const isFree = (from: number, to: number) => phraseOf.subarray(from, to + 1).every((one) => one < 0)
  for (const { first, last, amount } of spans.toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount))) {
    const met = phraseOf.subarray(first, last + 1).find((one) => one >= 0)
    if (met === undefined) {
      phraseOf.fill(phrases.length, first, last + 1)
      phrases.push({ first, last, amount })
      continue
    }
    const phrase = phrases[met] as (typeof phrases)[number]
    const [from, to] = [Math.min(first, phrase.first), Math.max(last, phrase.last)]
    const agrees = Math.sign(amount) === Math.sign(phrase.amount) && to - from < longestPhrase
    if (agrees && isFree(from, phrase.first - 1) && isFree(phrase.last + 1, to)) {
      Object.assign(phrase, { first: from, last: to })
      phraseOf.fill(met, from, to + 1)
    }
    phrase.amount += amount
  }
  return phrases
}
