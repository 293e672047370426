import { adjustForDiscoveries } from '../../kernels/statistics/benjamini-hochberg.ts'
import { logOdds } from '../../kernels/statistics/log-odds.ts'
import { twoSidedP } from '../../kernels/statistics/student-t.ts'
import { type Script, type Side, scripts, type TermCount } from './count-terms.ts'

/** How a word of the first of two texts differs from the second. */
export interface Contrast {
  readonly term: TermCount
  /** Odds in the first over those in the second, each with the prior's pseudo-counts. */
  readonly ratio: number
  /** Lower end of its 90 % interval. */
  readonly low: number
  readonly z: number
  /** Two-sided, of the odds being equal. */
  readonly pValue: number
  /** … adjusted for all words compared. */
  readonly qValue: number
}

const normal90 = 1.6448536269514722
/** A Student variable of so many degrees is normal. */
const manyDegrees = 1e8
/** A text of usual words stands beside each of the two; a rare word needs more than one viewer to surprise. */
const mostPriorWords = 500
/** As for collocations in English and Chinese: 0 by chance, 1 where the words are never without each other. */
const leastAssociation = 0.35

/**
 * Normalised pointwise mutual information ln(p(xy) / p(x) p(y)) / -ln p(xy) of the parts of a phrase: the least over the places where it can be taken
 * apart (Bouma, "Normalized (pointwise) mutual information in collocation extraction", GSCL 2009), with viewers as counts and the sum over all words
 * as their total; 1 of a single word.
 */
function association(term: TermCount, total: number, of: (key: string) => TermCount | undefined): number {
  let least = 1
  for (let cut = 1; cut < term.parts.length; cut++) {
    const viewers = (parts: readonly string[]) => Math.max(term.own, of(parts.join(' '))?.own ?? 0)
    const expected = (viewers(term.parts.slice(0, cut)) / total) * (viewers(term.parts.slice(cut)) / total)
    const share = term.own / total
    least = Math.min(least, share >= 1 ? 0 : Math.log(share / expected) / -Math.log(share))
  }
  return least
}

/** Whether the words of a phrase belong together. */
export function isCollocation(term: TermCount, total: number, of: (key: string) => TermCount | undefined): boolean {
  return association(term, total, of) >= leastAssociation
}

/** Of what is said, the share of a script below which its words are stray: shouts, names and the like. */
const leastOfFirst = 0.1

/**
 * The words and phrases of `first` against `second`, of Chinese texts and of others apart, so that all of Chinese does not stand out beside English; what
 * `second` lacks altogether is left out. `totals` are the sums of viewers over all words, of which `terms` are some. The surest difference comes first.
 */
function contrast(
  terms: readonly TermCount[],
  totals: Readonly<Record<Side, Readonly<Record<Script, number>>>>,
  first: Side,
  second: Side,
): Contrast[] {
  const found = scripts.flatMap((script) => {
    const own = terms.filter((term) => term.script === script)
    const [firstTotal, secondTotal] = [totals[first][script], totals[second][script]]
    const isRare = firstTotal < leastOfFirst * scripts.reduce((sum, one) => sum + totals[first][one], 0)
    if (own.length === 0 || isRare || secondTotal === 0) return []
    // The last entry is all that is not compared.
    const counts = (side: Side, total: number) => {
      const listed = own
        .map((term) => (term.parts.length === 1 ? term[side] : 0))
        .reduce((sum, viewers) => sum + viewers, 0)
      return [...own.map((term) => term[side]), Math.max(0, total - listed)]
    }
    const { delta, z } = logOdds(
      ...([counts(first, firstTotal), counts(second, secondTotal)] as const),
      Math.min(firstTotal, mostPriorWords),
    )
    return own.map((term, index) => ({ term, delta: delta[index] ?? 0, z: z[index] ?? 0 }))
  })
  const pValues = found.map(({ z }) => twoSidedP(z, manyDegrees))
  const qValues = adjustForDiscoveries(pValues)
  return found
    .map(({ term, delta, z }, index) => ({
      term,
      z,
      ratio: Math.exp(delta),
      low: Math.exp(z === 0 ? delta : delta - normal90 * (delta / z)),
      pValue: pValues[index] ?? 1,
      qValue: qValues[index] ?? 1,
    }))
    .sort((a, b) => b.z - a.z || (a.term.key < b.term.key ? -1 : 1))
}

/** Of the viewers of a word, so many said it in a phrase that is listed: the word alone tells nothing more. */
const mostInPhrase = 0.6

/** Without words and phrases that are hardly said outside a longer one that is listed. */
function withoutParts(found: readonly Contrast[], side: Side): Contrast[] {
  const longer = found.filter(({ term }) => term.parts.length > 1)
  const holds = (parts: readonly string[], within: readonly string[]) =>
    ` ${within.join(' ')} `.includes(` ${parts.join(' ')} `)
  return found.filter(
    ({ term }) =>
      !longer.some(
        (other) =>
          other.term.parts.length > term.parts.length &&
          other.term[side] >= mostInPhrase * term[side] &&
          holds(term.parts, other.term.parts),
      ),
  )
}

/** Odds that differ less are nothing to act on, however sure. */
const leastRatio = 1.5

/** What is surely said more on the first of two sides, the surest first. */
export function hottest(
  terms: readonly TermCount[],
  totals: Parameters<typeof contrast>[1],
  [side, other]: readonly [Side, Side],
  { leastViewers, falseDiscoveries, limit }: { leastViewers: number; falseDiscoveries: number; limit: number },
): Contrast[] {
  const compared = contrast(
    terms.filter((term) => term[side] >= leastViewers),
    totals,
    side,
    other,
  )
  const sure = compared.filter(({ z, ratio, qValue }) => z > 0 && ratio >= leastRatio && qValue <= falseDiscoveries)
  return withoutParts(sure, side).slice(0, limit)
}

/** What most viewers said, where there is nothing to compare with. */
export function commonest(terms: readonly TermCount[], limit: number): Contrast[] {
  const none = { ratio: 1, low: 1, z: 0, pValue: 1, qValue: 1 }
  const all = [...terms].sort((a, b) => b.own - a.own || (a.key < b.key ? -1 : 1)).map((term) => ({ term, ...none }))
  return withoutParts(all, 'own').slice(0, limit)
}
