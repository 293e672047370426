import { halfDays } from '../typed/half-days.ts'

/** How most values of a column write a date or an instant. */
export interface DateFormat {
  /** A strptime pattern, 'ISO 8601', 'unix seconds' or 'unix milliseconds'. */
  readonly format: string
  readonly hasTime: boolean
  /** Whether the values say their own offset from UTC. */
  readonly hasOffset: boolean
  /** Values that do not fit. */
  readonly misfits: number
  /** The other order of day and month, where no value tells them apart. */
  readonly alternative?: string
}

type Order = readonly ('y' | 'm' | 'd' | 'b')[]
interface Shape {
  readonly pattern: string
  readonly test: RegExp
  readonly order: Order
}

const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'
const longMonths = 'january|february|march|april|may|june|july|august|september|october|november|december'

const dates: readonly Shape[] = [
  { pattern: '%Y-%m-%d', test: /(\d{4})-(\d{1,2})-(\d{1,2})/, order: ['y', 'm', 'd'] },
  { pattern: '%Y/%m/%d', test: /(\d{4})\/(\d{1,2})\/(\d{1,2})/, order: ['y', 'm', 'd'] },
  { pattern: '%Y.%m.%d', test: /(\d{4})\.(\d{1,2})\.(\d{1,2})/, order: ['y', 'm', 'd'] },
  { pattern: '%Y%m%d', test: /((?:19|20)\d{2})([01]\d)([0-3]\d)/, order: ['y', 'm', 'd'] },
  { pattern: '%Y年%m月%d日', test: /(\d{4})年(\d{1,2})月(\d{1,2})日/, order: ['y', 'm', 'd'] },
  { pattern: '%Y년 %m월 %d일', test: /(\d{4})년 (\d{1,2})월 (\d{1,2})일/, order: ['y', 'm', 'd'] },
  ...['/', '-', '.'].flatMap((mark): Shape[] => {
    const cut = mark === '.' ? '\\.' : mark
    const four = new RegExp(`(\\d{1,2})${cut}(\\d{1,2})${cut}(\\d{4})`)
    const two = new RegExp(`(\\d{1,2})${cut}(\\d{1,2})${cut}(\\d{2})`)
    return [
      { pattern: `%d${mark}%m${mark}%Y`, test: four, order: ['d', 'm', 'y'] },
      { pattern: `%m${mark}%d${mark}%Y`, test: four, order: ['m', 'd', 'y'] },
      { pattern: `%d${mark}%m${mark}%y`, test: two, order: ['d', 'm', 'y'] },
      { pattern: `%m${mark}%d${mark}%y`, test: two, order: ['m', 'd', 'y'] },
    ]
  }),
  ...[
    ['%b', months],
    ['%B', longMonths],
  ].flatMap(([token, names]): Shape[] => [
    { pattern: `${token} %d, %Y`, test: new RegExp(`(${names}) (\\d{1,2}), (\\d{4})`, 'i'), order: ['b', 'd', 'y'] },
    { pattern: `${token} %d %Y`, test: new RegExp(`(${names}) (\\d{1,2}) (\\d{4})`, 'i'), order: ['b', 'd', 'y'] },
    { pattern: `%d ${token} %Y`, test: new RegExp(`(\\d{1,2}) (${names}) (\\d{4})`, 'i'), order: ['d', 'b', 'y'] },
    { pattern: `%d ${token}, %Y`, test: new RegExp(`(\\d{1,2}) (${names}), (\\d{4})`, 'i'), order: ['d', 'b', 'y'] },
    { pattern: `%d-${token}-%Y`, test: new RegExp(`(\\d{1,2})-(${names})-(\\d{4})`, 'i'), order: ['d', 'b', 'y'] },
    { pattern: `%d-${token}-%y`, test: new RegExp(`(\\d{1,2})-(${names})-(\\d{2})`, 'i'), order: ['d', 'b', 'y'] },
  ]),
]

interface Time {
  readonly pattern: string
  readonly test: string
  readonly isIso?: boolean
  /** Only behind a date that ends in a word, as in 5日. */
  readonly needsWord?: boolean
  /** Only behind a date that begins with the year. */
  readonly needsYear?: boolean
}

const hour = '([01]?\\d|2[0-4])'
const halfHour = '(0?[1-9]|1[0-2])'

const times: readonly Time[] = [
  { pattern: '', test: '', isIso: true },
  ...[' ', 'T', ', '].flatMap((gap) => [
    { pattern: `${gap}%H:%M`, test: `${gap}${hour}:[0-5]\\d`, isIso: gap !== ', ' },
    { pattern: `${gap}%H:%M:%S`, test: `${gap}${hour}:[0-5]\\d:[0-6]\\d`, isIso: gap !== ', ' },
    { pattern: `${gap}%H:%M:%S.%f`, test: `${gap}${hour}:[0-5]\\d:[0-6]\\d\\.\\d{1,9}`, isIso: gap !== ', ' },
    { pattern: `${gap}%I:%M %p`, test: `${gap}${halfHour}:[0-5]\\d [AaPp][Mm]` },
    { pattern: `${gap}%I:%M:%S %p`, test: `${gap}${halfHour}:[0-5]\\d:[0-5]\\d [AaPp][Mm]` },
  ]),
  { pattern: '%H%M%S', test: '([01]\\d|2[0-3])[0-5]\\d[0-5]\\d' },
  ...[' ', ''].flatMap((gap) => [
    { pattern: `${gap}%H时%M分%S秒`, test: `${gap}\\d{1,2}时\\d{1,2}分\\d{1,2}秒`, needsYear: true },
    { pattern: `${gap}%H时%M分`, test: `${gap}\\d{1,2}时\\d{1,2}分`, needsYear: true },
    { pattern: `${gap}%H点%M分`, test: `${gap}\\d{1,2}点\\d{1,2}分`, needsYear: true },
    ...[' ', ''].flatMap((inner) => [
      { pattern: `${gap}%p${inner}%I:%M`, test: `${gap}[AP]M${inner}${halfHour}:[0-5]\\d`, needsYear: true },
      {
        pattern: `${gap}%p${inner}%I:%M:%S`,
        test: `${gap}[AP]M${inner}${halfHour}:[0-5]\\d:[0-5]\\d`,
        needsYear: true,
      },
    ]),
  ]),
  { pattern: '%H:%M', test: '\\d{1,2}:\\d{2}', needsWord: true },
  { pattern: '%H:%M:%S', test: '\\d{1,2}:\\d{2}:\\d{2}', needsWord: true },
]

const am = new RegExp(halfDays.AM)
const pm = new RegExp(halfDays.PM)

const offset = '( ?(?:Z|UTC|GMT|[+-]\\d{2}:?\\d{2}|[+-]\\d{2}))'

interface Compiled {
  readonly format: string
  readonly test: RegExp
  readonly order: Order
  readonly hasTime: boolean
  readonly hasOffset: boolean
}

const compiled: readonly Compiled[] = dates.flatMap((date) =>
  times
    .filter((time) => (time.pattern === '%H%M%S' ? date.pattern === '%Y%m%d' : true))
    .filter(({ needsWord = false }) => !needsWord || /[日일]$/.test(date.pattern))
    .filter(({ needsYear = false }) => !needsYear || date.pattern.startsWith('%Y'))
    .flatMap((time) =>
      [false, true]
        .filter((withOffset) => !withOffset || time.pattern !== '')
        .map((hasOffset): Compiled => {
          const isIso = date.pattern === '%Y-%m-%d' && time.isIso === true
          return {
            format: isIso ? 'ISO 8601' : `${date.pattern}${time.pattern}${hasOffset ? '%z' : ''}`,
            test: new RegExp(`^${date.test.source}${time.test}${hasOffset ? offset : ''}$`, 'i'),
            order: date.order,
            hasTime: time.pattern !== '',
            hasOffset,
          }
        }),
    ),
)

function isPossible(match: RegExpExecArray, order: Order): boolean {
  return order.every((part, index) => {
    const value = Number(match[index + 1])
    if (part === 'm') return value >= 1 && value <= 12
    if (part === 'd') return value >= 1 && value <= 31
    return true
  })
}

function detectUnix(values: readonly string[]): DateFormat | undefined {
  const count = (pattern: RegExp, low: number, high: number): number =>
    values.filter((value) => pattern.test(value) && Number(value) >= low && Number(value) <= high).length
  const seconds = count(/^\d{9,10}(\.0*)?$/, 631_152_000, 4_102_444_800)
  const milliseconds = count(/^\d{12,13}(\.0*)?$/, 631_152_000_000, 4_102_444_800_000)
  const fits = Math.max(seconds, milliseconds)
  if (fits < values.length * 0.8) return undefined
  const format = seconds >= milliseconds ? 'unix seconds' : 'unix milliseconds'
  return { format, hasTime: true, hasOffset: true, misfits: values.length - fits }
}

/**
 * The format that most of `values` (none empty) are written in; undefined where fewer than half are dates.
 * Unix times are told by their magnitude: nine or ten digits from 1990 to 2100 are seconds, twelve or thirteen milliseconds.
 */
export function detectDateFormat(values: readonly string[]): DateFormat | undefined {
  if (values.length === 0) return undefined
  const unix = detectUnix(values)
  if (unix !== undefined) return unix
  const some = values.find((value) => /\d/.test(value))
  if (some === undefined) return undefined
  const found = new Map<string, { fits: number; timed: number; offsets: number }>()
  for (const written of values) {
    const value = written.replace(am, 'AM').replace(pm, 'PM')
    const seen = new Set<string>()
    if (value.length < 6 || value.length > 40) continue
    for (const candidate of compiled) {
      if (seen.has(candidate.format)) continue
      const match = candidate.test.exec(value)
      if (match === null || !isPossible(match, candidate.order)) continue
      seen.add(candidate.format)
      const entry = found.get(candidate.format) ?? { fits: 0, timed: 0, offsets: 0 }
      entry.fits++
      if (candidate.hasTime) entry.timed++
      if (candidate.hasOffset) entry.offsets++
      found.set(candidate.format, entry)
    }
  }
  const ranked = [...found].sort((a, b) => b[1].fits - a[1].fits)
  const [best, second] = ranked
  if (best === undefined || best[1].fits < values.length * 0.5) return undefined
  const tie = second !== undefined && second[1].fits === best[1].fits && isSwapped(best[0], second[0])
  return {
    format: best[0],
    hasTime: best[1].timed > 0,
    hasOffset: best[1].offsets === best[1].fits,
    misfits: values.length - best[1].fits,
    ...(tie ? { alternative: second[0] } : {}),
  }
}

const isSwapped = (one: string, other: string): boolean =>
  one.replace('%d', '%x').replace('%m', '%d').replace('%x', '%m') === other
