import { Random } from '../../kernels/random.ts'
import type { BlockedGram } from '../../kernels/regression/blocked-gram.ts'
import { relativeImportance } from '../../kernels/regression/relative-importance.ts'
import { choosePenalty, ridge } from '../../kernels/regression/ridge.ts'
import { percentileInterval } from '../../kernels/statistics/bootstrap.ts'

const penalties = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]
const replicates = 300
const seed = 1
/** Rows that each column of the aspects has at least, so that the fewest-mentioned aspects are left out of small data. */
const rowsOfColumn = 10
const mostAspects = 25

/** A value with its 95 % interval. */
export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** What one aspect has to do with the outcome. */
export interface Driver {
  readonly aspect: string
  /** Reviews that judge it. */
  readonly mentions: number
  /** Their mean opinion, from -1 to 1. */
  readonly satisfaction: number
  /** Share of the outcome's variance; without an interval where none was asked for, low and high are the value. */
  readonly importance: Interval
  /** How much more of the outcome comes with an opinion that is better by 1. */
  readonly effect: Interval
  /** The effect in each bootstrap replicate. */
  readonly effects: Float64Array
}

/** What moves an outcome, as far as reviews tell. */
export interface DriverModel {
  readonly observations: number
  /** Share of the variance that the controls explain. */
  readonly controlled: number
  /** Share of the variance that the aspects explain beyond the controls, the sum of their importance. */
  readonly explained: number
  /** Share of the variance that controls and aspects explain in observations left out. */
  readonly crossValidated: number
  readonly penalty: number
  /** The most important first. */
  readonly drivers: readonly Driver[]
}

/**
 * The effects of aspects by ridge regression, its penalty chosen by cross-validation, and their importance as Shapley shares of R² beyond the controls;
 * intervals by bootstrap of blocks. `sums` has `controls` columns, two for each of `aspects`, and the outcome. Aspects of fewer than `leastMentions`
 * observations are left out, and so are the rarest where there are fewer than 20 observations to an aspect. Without `hasIntervals`
 * the intervals of importance, which take nearly all of the time, are left out.
 */
export function fitDrivers(
  sums: BlockedGram,
  controls: number,
  aspects: readonly string[],
  { leastMentions, hasIntervals }: { readonly leastMentions: number; readonly hasIntervals: boolean },
): DriverModel {
  const all = sums.total()
  const mentionsOf = (aspect: number) => all[controls + 2 * aspect] ?? 0
  const kept = [...aspects.keys()]
    .filter((aspect) => mentionsOf(aspect) >= leastMentions)
    .sort((a, b) => mentionsOf(b) - mentionsOf(a) || a - b)
    .slice(0, Math.min(mostAspects, Math.floor(sums.rows / (2 * rowsOfColumn))))
  const columns = [
    ...Array.from({ length: controls }, (_, column) => column),
    ...kept.flatMap((aspect) => [controls + 2 * aspect, controls + 2 * aspect + 1]),
    sums.columns - 1,
  ]
  const own = sums.select(columns)
  const { penalty, r2 } = choosePenalty(own, controls, penalties)
  const random = new Random(seed)
  const effectsOf = (gram: Float64Array) => ridge(gram, columns.length, controls, penalty)
  const importanceOf = (gram: Float64Array) =>
    relativeImportance(gram, controls, new Array<number>(kept.length).fill(2), random)
  const whole = { effects: effectsOf(own.total()), ...importanceOf(own.total()) }
  const drawn = Array.from({ length: kept.length === 0 ? 0 : replicates }, () => {
    const gram = own.resampled(random)
    return { effects: effectsOf(gram), groups: hasIntervals ? importanceOf(gram).groups : whole.groups }
  })
  const effectAt = (index: number) => controls + 2 * index + 1
  const drivers = kept.map((aspect, index): Driver => {
    const effects = Float64Array.from(drawn, (one) => one.effects[effectAt(index)] as number)
    const importance = Float64Array.from(drawn, ({ groups }) => groups[index] as number)
    const mentions = mentionsOf(aspect)
    return {
      aspect: aspects[aspect] as string,
      mentions,
      satisfaction: (all[controls + 2 * aspect + 1] ?? 0) / mentions,
      importance: { value: whole.groups[index] as number, ...percentileInterval(importance) },
      effect: { value: whole.effects[effectAt(index)] as number, ...percentileInterval(effects) },
      effects,
    }
  })
  return {
    observations: sums.rows,
    controlled: whole.controls,
    explained: whole.groups.reduce((sum, share) => sum + share, 0),
    crossValidated: r2,
    penalty,
    drivers: drivers.sort((a, b) => b.importance.value - a.importance.value || (a.aspect < b.aspect ? -1 : 1)),
  }
}
