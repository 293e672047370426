import type { BinnedEvents } from '../../../src/discovery/scenes/baseline.ts'
import { Random } from '../../../src/kernels/random.ts'

export interface Range {
  readonly start: number
  readonly end: number
}

export interface Plan {
  readonly bins: number
  /** Comments in a minute, at the start. */
  readonly perMinute: number
  readonly bursts: number
  /** How many times what is usual. */
  readonly ratio: number
  /** Comments that a burst would have without being one, at least: bursts of thin titles last longer. */
  readonly leastUsual: number
  /** Viewers at the end are exp(-decline) of those at the start. */
  readonly decline: number
  readonly knowsAudience: boolean
  /** Relative variance of the rate beyond that, of stretches of `stretch` bins. */
  readonly dispersion: number
  readonly stretch: number
}

export const plain: Plan = {
  bins: 1080,
  perMinute: 30,
  bursts: 3,
  ratio: 3,
  leastUsual: 25,
  decline: 0.7,
  knowsAudience: true,
  dispersion: 0,
  stretch: 1,
}

const viewersAtStart = 5000
const longestBurst = 36
const leastGap = 24

/** A title with comments by chance, and the bursts that were planted. */
export function plantTitle(plan: Plan, seed: number): { events: BinnedEvents; bursts: Range[] } {
  const random = new Random(seed)
  const { bins, dispersion } = plan
  const left = (bin: number) => Math.exp((-plan.decline * bin) / bins)
  const usual = (bin: number) => (plan.perMinute / 12) * left(bin)
  let noise = 1
  const rate = Float64Array.from({ length: bins }, (_, bin) => {
    if (dispersion > 0 && bin % plan.stretch === 0) noise = random.gamma(1 / dispersion, dispersion)
    return usual(bin) * noise
  })
  const bursts: Range[] = []
  while (bursts.length < plan.bursts) {
    const start = random.integer(bins)
    const least = Math.max(2, Math.ceil(plan.leastUsual / usual(start)))
    const end = start + Math.min(longestBurst, least + random.integer(Math.max(1, longestBurst - least)))
    const isApart = bursts.every((other) => start >= other.end + leastGap || end <= other.start - leastGap)
    if (end > bins || !isApart) continue
    bursts.push({ start, end })
    for (let bin = start; bin < end; bin++) rate[bin] = (rate[bin] ?? 0) * plan.ratio
  }
  return {
    events: {
      counts: rate.map((mean) => random.poisson(mean)),
      exposure: rate.map((_, bin) => (plan.knowsAudience ? Math.round(viewersAtStart * left(bin)) : 1)),
      isExposureSampled: plan.knowsAudience,
      areRanges: false,
    },
    bursts,
  }
}

/** Viewers of a title: some go over a place again for a while, many more of them over the ranges given. */
export function plantReplays(
  plan: { viewers: number; ratio: number; ranges: readonly Range[]; bins: number },
  seed: number,
): BinnedEvents {
  const random = new Random(seed)
  const { bins, ranges } = plan
  const again = new Float64Array(bins)
  const present = new Float64Array(bins)
  const meanLength = 8
  const each = 2
  const chance = ((plan.ratio - 1) * each * meanLength) / bins
  for (let viewer = 0; viewer < plan.viewers; viewer++) {
    const stop = random.uniform() < 0.6 ? bins : random.integer(bins)
    const seen = new Uint8Array(bins)
    for (let replay = random.poisson(each); replay > 0; replay--) {
      const start = random.integer(bins)
      seen.fill(1, start, start + Math.ceil(-meanLength * Math.log(1 - random.uniform())))
    }
    for (const { start, end } of ranges)
      if (random.uniform() < chance) seen.fill(1, start - random.integer(2), end + random.integer(2))
    for (let bin = 0; bin < stop; bin++) {
      present[bin] = (present[bin] ?? 0) + 1
      again[bin] = (again[bin] ?? 0) + (seen[bin] ?? 0)
    }
  }
  return { counts: again, exposure: present, isExposureSampled: false, areRanges: true }
}
