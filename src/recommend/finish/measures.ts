import { z } from 'zod'
import type { Work } from '../catalogue.ts'
import { dayParts, type PlayContext } from './play-context.ts'

/** What of a title or of a moment can make it likelier that somebody finishes the title. */
const aspects = ['kind', 'popularity', 'freshness', 'undated', 'recency', 'device', 'hour', 'source'] as const
export const measure = z.object({ of: z.enum(aspects), value: z.string().optional() })
/** One number that describes a play; those of devices, hours and sources are 1 for `value` and 0 for any other. */
export type Measure = z.output<typeof measure>

/** What the model asks of every title; one place for each. */
export interface TitleAspects {
  /** 1 for series, 0 for others, NaN where no catalogue says. */
  readonly isSeries: Float64Array
  /** Seconds since 1970; NaN where unknown. */
  readonly releasedAt: Float64Array
  /** ln of the share of viewers who watched it; one more viewer is counted. */
  readonly popularity: Float64Array
}

const seriesOf = ({ kind }: Work) => (kind === null ? Number.NaN : kind === 'series' ? 1 : 0)

export function titleAspects(works: readonly (Work | undefined)[], popularity: Float64Array): TitleAspects {
  const of = (read: (work: Work) => number) =>
    Float64Array.from(works, (work) => (work === undefined ? Number.NaN : read(work)))
  return {
    popularity,
    isSeries: of(seriesOf),
    releasedAt: of(({ releaseDate }) => (releaseDate === null ? Number.NaN : Date.parse(releaseDate) / 1000)),
  }
}

export const titleMeasures: readonly Measure[] = [
  { of: 'kind' },
  { of: 'popularity' },
  { of: 'freshness' },
  { of: 'undated' },
]

export function contextMeasures(devices: readonly string[], sources: readonly string[]): Measure[] {
  return [
    { of: 'recency' },
    ...devices.map((value) => ({ of: 'device' as const, value })),
    ...dayParts.map((value) => ({ of: 'hour' as const, value })),
    ...sources.map((value) => ({ of: 'source' as const, value })),
  ]
}

const is = (value: string | undefined, wanted: string | undefined) =>
  value === undefined ? Number.NaN : value === wanted ? 1 : 0

/** NaN where it is not known. */
export function measureTitle({ of }: Measure, aspects: TitleAspects, title: number, at: number): number {
  const releasedAt = aspects.releasedAt[title] as number
  switch (of) {
    case 'kind':
      return aspects.isSeries[title] as number
    case 'popularity':
      return aspects.popularity[title] as number
    case 'freshness':
      return Number.isNaN(releasedAt) ? Number.NaN : Math.log1p(Math.max(0, at - releasedAt) / 86_400)
    default:
      return Number.isNaN(releasedAt) ? 1 : 0
  }
}

/** NaN where it is not known. */
export function measureContext({ of, value }: Measure, context: PlayContext): number {
  switch (of) {
    case 'recency':
      return context.recencyDays === undefined ? Number.NaN : Math.log1p(Math.max(0, context.recencyDays))
    case 'device':
      return is(context.device, value)
    case 'hour':
      return is(context.dayPart, value)
    default:
      return is(context.source, value)
  }
}
