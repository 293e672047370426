import type { DurationUnit } from './parse-header.ts'

/** How most values of a column write a duration. */
export interface DurationShape {
  /** Missing where the values are bare numbers. */
  readonly unit?: DurationUnit
  readonly extract?: string
  /** Two parts such as 12:34: minutes and seconds, or hours and minutes. */
  readonly isTwoPart?: boolean
  readonly misfits: number
}

const words = [
  ['hours', '(?:[Hh]|[Hh]rs?|[Hh]ours?|小时|小時)'],
  ['minutes', '(?:[Mm]|[Mm]ins?|MIN|[Mm]inutes?|分钟|分鐘|分)\\.?'],
  ['seconds', '(?:[Ss]|[Ss]ecs?|[Ss]econds?|秒)'],
  ['milliseconds', '(?:ms|毫秒)'],
] as const
const parts = words.slice(0, 3).map(([, word]) => `(?:\\d+(?:\\.\\d+)?\\s*${word}[\\s,.]*)?`)

const durations: readonly { readonly test: RegExp; readonly shape: Omit<DurationShape, 'misfits'> }[] = [
  { test: /^\d{1,4}:[0-5]?\d:[0-5]?\d([.,]\d+)?$/, shape: { unit: 'HH:MM:SS' } },
  { test: /^P(?=.)(\d+D)?(T(\d+H)?(\d+M)?(\d+([.]\d+)?S)?)?$/i, shape: { unit: 'ISO 8601' } },
  ...words.map(([unit, word]) => {
    const extract = `^\\s*(\\d+(?:\\.\\d+)?)\\s*${word}\\s*$`
    return { test: new RegExp(extract), shape: { unit, extract } }
  }),
  { test: new RegExp(`^(?=.)${parts.join('')}$`), shape: { unit: 'h m s' } },
  { test: /^\d{1,4}:[0-5]\d$/, shape: { isTwoPart: true } },
]

/** The shape that most of `values` have; undefined where it is fewer than half. Of two that fit as many, the plainer. */
export function shapeDuration(values: readonly string[]): DurationShape | undefined {
  const ranked = durations
    .map(({ test, shape }) => ({ shape, fits: values.filter((value) => test.test(value)).length }))
    .sort((a, b) => b.fits - a.fits)
  const best = ranked[0]
  if (best === undefined || best.fits === 0 || best.fits < values.length * 0.5) return undefined
  return { ...best.shape, misfits: values.length - best.fits }
}
