import { groupBy } from '../group-by.ts'
import type { Random } from '../kernels/random.ts'
import type { Driver, DriverModel } from '../reviews/drivers/model.ts'
import { type Gain, gainOf } from './expected-gain.ts'
import type { OpinionSums, PartOpinionRow, TargetOpinionRow, WorkOpinionRow } from './query.ts'
import { type Shortfall, shortfallOf, type Usual, usualOf, usualOfItself } from './standing.ts'

/** An aspect of a title, of one of its episodes or of a person or character that is judged worse than usual. */
export interface WeakAspect {
  readonly driver: Driver
  /** The season or episode that it is about; undefined for the title as a whole. */
  readonly part: { readonly titleId: string; readonly name: string } | undefined
  readonly target: TargetOpinionRow | undefined
  readonly shortfall: Shortfall
  readonly gain: Gain
}

/** What is known of the opinions on a title and those that it is compared with. */
export interface Opinions {
  readonly titleId: string
  /** Reviews of the title and its parts. */
  readonly reviews: number
  readonly parts: readonly PartOpinionRow[]
  readonly targets: readonly TargetOpinionRow[]
  /** Of comparable titles. */
  readonly comparable: readonly WorkOpinionRow[]
}

/** A part or a person that holds so much of what the whole title would gain is named instead of it. */
const leastShare = 0.5

function sumUp(rows: readonly OpinionSums[]): OpinionSums {
  return rows.reduce<OpinionSums>(
    (all, { reviews, sum, squares }) => ({
      reviews: all.reviews + Number(reviews),
      sum: all.sum + sum,
      squares: all.squares + squares,
    }),
    { reviews: 0, sum: 0, squares: 0 },
  )
}

function byAspect<R extends { readonly aspect: string }>(rows: readonly R[]): (aspect: string) => R[] {
  const groups = groupBy(rows, ({ aspect }) => aspect)
  return (aspect) => groups.get(aspect) ?? []
}

/**
 * The aspects of a title that are judged worse than usual and matter, largest expected gain first. Each is named once: of the season or episode, or of the person
 * or character, with the largest gain if that is at least half of what the whole title would gain. Less than `leastReviews` reviews that judge it say nothing.
 */
export function weakAspects(
  { drivers }: DriverModel,
  { titleId, reviews, parts, targets, comparable }: Opinions,
  leastReviews: number,
  random: Random,
): WeakAspect[] {
  const [partsOf, targetsOf, comparableOf] = [byAspect(parts), byAspect(targets), byAspect(comparable)]
  const ofItself = comparable.length === 0 && parts.length > 0 ? usualOfItself(parts) : undefined
  return drivers
    .flatMap((driver) => {
      const own = partsOf(driver.aspect)
      const others = comparableOf(driver.aspect)
      if (own.length === 0 || (!ofItself && others.length === 0)) return []
      const usual: Usual = ofItself ?? usualOf(others, sumUp(own))
      const judge = (sums: OpinionSums, more: Partial<Pick<WeakAspect, 'part' | 'target'>>): WeakAspect[] => {
        if (Number(sums.reviews) < leastReviews) return []
        const shortfall = shortfallOf(sums, usual)
        // Nearer to what is usual than its own error, it is as usual.
        if (shortfall.value < shortfall.deviation) return []
        const gain = gainOf(driver, shortfall, reviews, random)
        return gain.value > 0 && driver.effect.value > 0
          ? [{ driver, part: undefined, target: undefined, shortfall, gain, ...more }]
          : []
      }
      const [whole] = judge(sumUp(own), {})
      const narrower = [
        ...own.flatMap((row) =>
          row.title_id === titleId ? [] : judge(row, { part: { titleId: row.title_id, name: row.name } }),
        ),
        ...targetsOf(driver.aspect).flatMap((row) => judge(row, { target: row })),
      ].sort((a, b) => b.gain.value - a.gain.value)
      const [narrow] = narrower
      if (!narrow) return whole ? [whole] : []
      return [whole && narrow.gain.value < leastShare * whole.gain.value ? whole : narrow]
    })
    .sort((a, b) => b.gain.value - a.gain.value)
}
