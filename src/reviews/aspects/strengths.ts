import { adjustForDiscoveries } from '../../kernels/statistics/benjamini-hochberg.ts'
import { shrink } from '../../kernels/statistics/shrinkage.ts'
import { twoSidedP } from '../../kernels/statistics/student-t.ts'
import type { Tally } from './tally.ts'

/** What is said of an aspect against what is said of it in comparable titles. */
export const standings = ['strength', 'weakness', 'usual', 'not-compared', 'too-few'] as const
export type Standing = (typeof standings)[number]

/** How a title stands in one aspect. Shares are of the reviews that judge it; null where too few do. */
export interface AspectStanding {
  readonly aspect: string
  readonly tally: Tally
  /** Pulled towards comparable titles, the more the fewer reviews there are, with its 95 % interval. */
  readonly favourable: number | null
  readonly low: number | null
  readonly high: number | null
  /** Share in comparable titles, and how many there are; null for fewer than three. */
  readonly usual: number | null
  readonly compared: number
  /** Probability of a difference as large where there is none, adjusted for all aspects of the answer. */
  readonly qValue: number | null
  readonly standing: Standing
}

/** A comparable title tells of an aspect that so many of its reviews judge, and so many titles tell what is usual. */
const leastOfOther = 5
const leastOthers = 3
const width = 1.959964

const judgedIn = ({ favourable, unfavourable }: Tally) => favourable + unfavourable

/** A share with one review of either kind added, so that no variance is 0 (Agresti and Coull 1998). */
function estimate(tally: Tally): { readonly share: number; readonly variance: number } {
  const judged = judgedIn(tally)
  const share = (tally.favourable + 1) / (judged + 2)
  return { share, variance: (share * (1 - share)) / (judged + 2) }
}

const clamp = (value: number) => Math.max(0, Math.min(1, value))

interface Compared extends Omit<AspectStanding, 'qValue' | 'standing'> {
  readonly difference: number
  readonly pValue: number | null
}

function compare(aspect: string, tally: Tally, others: readonly Tally[], least: number): Compared {
  const telling = others.filter((other) => judgedIn(other) >= leastOfOther)
  const nothing = { favourable: null, low: null, high: null, usual: null, difference: 0, pValue: null }
  const basis = { aspect, tally, compared: telling.length }
  if (judgedIn(tally) < least) return { ...basis, ...nothing }
  const own = estimate(tally)
  const interval = (mean: number, deviation: number) => ({
    ...{ favourable: mean, low: clamp(mean - width * deviation), high: clamp(mean + width * deviation) },
  })
  if (telling.length < leastOthers) return { ...basis, ...nothing, ...interval(own.share, Math.sqrt(own.variance)) }
  const each = telling.map(estimate)
  const shares = each.map(({ share }) => share)
  const variances = each.map(({ variance }) => variance)
  const usual = shrink(shares, variances)
  const spread = 1 / variances.reduce((sum, variance) => sum + 1 / (variance + usual.between), 0)
  const [shrunk] = shrink([own.share, ...shares], [own.variance, ...variances]).values
  const difference = own.share - usual.mean
  const pValue = twoSidedP(difference / Math.sqrt(own.variance + spread), judgedIn(tally) - 1)
  const value = shrunk as { readonly mean: number; readonly deviation: number }
  return { ...basis, ...interval(value.mean, value.deviation), usual: usual.mean, difference, pValue }
}

/**
 * How a title stands in each aspect that its reviews speak of, those spoken of most first. A strength or weakness has a share of favourable reviews that
 * differs from the mean of comparable titles at a false discovery rate of `falseDiscoveries`; nothing is said of an aspect that fewer than `least` reviews judge.
 * @see DerSimonian and Laird 1986 (mean and variance between titles); Benjamini and Hochberg 1995
 */
export function findStandings(
  own: ReadonlyMap<string, Tally>,
  others: readonly ReadonlyMap<string, Tally>[],
  { least, falseDiscoveries }: { readonly least: number; readonly falseDiscoveries: number },
): AspectStanding[] {
  const compared = [...own].map(([aspect, tally]) => {
    const ofAspect = others.flatMap((other) => other.get(aspect) ?? [])
    return compare(aspect, tally, ofAspect, least)
  })
  const tested = compared.filter(({ pValue }) => pValue !== null)
  const adjusted = adjustForDiscoveries(tested.map(({ pValue }) => pValue as number))
  const qValues = new Map(tested.map(({ aspect }, index) => [aspect, adjusted[index] as number]))
  return compared
    .map(({ difference, pValue, ...rest }) => {
      const qValue = qValues.get(rest.aspect) ?? null
      const standing = (): Standing => {
        if (rest.favourable === null) return 'too-few'
        if (qValue === null) return 'not-compared'
        if (qValue > falseDiscoveries) return 'usual'
        return difference > 0 ? 'strength' : 'weakness'
      }
      return { ...rest, qValue, standing: standing() }
    })
    .sort((a, b) => b.tally.mentions - a.tally.mentions || (a.aspect < b.aspect ? -1 : 1))
}
