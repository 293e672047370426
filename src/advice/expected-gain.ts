import type { Random } from '../kernels/random.ts'
import { percentileInterval } from '../kernels/statistics/bootstrap.ts'
import type { Driver, Interval } from '../reviews/drivers/model.ts'
import type { Shortfall } from './standing.ts'

const normal95 = 1.959963984540054

/** What an outcome would gain if opinions were as usual, as a share of its scale, and what the verdict hangs on. */
export interface Gain extends Interval {
  /**
   * How many more reviews that judge it the same would take the interval off 0; 0 where it is off already, null where only knowing better how much the
   * aspect matters would.
   */
  readonly moreReviews: number | null
}

/**
 * effect * share of reviews that judge it * shortfall. The interval takes the effect from its bootstrap replicates and the shortfall from its normal posterior.
 */
export function gainOf({ effect, effects }: Driver, shortfall: Shortfall, reviews: number, random: Random): Gain {
  const share = Math.min(1, shortfall.reviews / reviews)
  const value = effect.value * share * shortfall.value
  const drawn = effects.map((one) => one * share * random.normal(shortfall.value, shortfall.deviation))
  const interval = percentileInterval(drawn)
  return {
    value,
    ...interval,
    moreReviews: interval.low > 0 ? 0 : moreReviews(effects, effect.value, share, shortfall),
  }
}

/** The variance of the gain falls with 1 / reviews as far as it comes from the shortfall, and not as far as it comes from the effect. */
function moreReviews(effects: Float64Array, effect: number, share: number, shortfall: Shortfall): number | null {
  const mean = effects.reduce((sum, one) => sum + one, 0) / effects.length
  const ofEffect = effects.reduce((sum, one) => sum + (one - mean) ** 2, 0) / effects.length
  const [fixed, falling] = [
    (share * shortfall.value) ** 2 * ofEffect,
    share ** 2 * (effect ** 2 + ofEffect) * shortfall.deviation ** 2,
  ]
  const room = ((effect * share * shortfall.value) / normal95) ** 2 - fixed
  return room > 0 ? Math.max(1, Math.ceil(shortfall.reviews * (falling / room - 1))) : null
}
