import { type DateFormat, detectDateFormat } from './date-format.ts'
import type { DurationUnit } from './parse-header.ts'

/** How most values of a column write a number. */
export interface NumberShape {
  /** A regular expression whose first group is the number, where more than the number is written. */
  readonly extract?: string
  readonly scale?: number
  readonly isPercent: boolean
  /** Whether a comma stands for the decimal point. */
  readonly hasDecimalComma: boolean
  readonly misfits: number
}

/** How most values of a column write a duration. */
export interface DurationShape {
  /** Missing where the values are bare numbers. */
  readonly unit?: DurationUnit
  readonly extract?: string
  /** Two parts such as 12:34: minutes and seconds, or hours and minutes. */
  readonly isTwoPart?: boolean
  readonly misfits: number
}

/** What the filled values of a column have in common. */
export interface ColumnProfile {
  readonly filled: number
  readonly distinct: number
  /** Share of filled values that are whole numbers. */
  readonly integers: number
  readonly number?: NumberShape
  readonly duration?: DurationShape
  readonly date?: DateFormat
  readonly isBoolean: boolean
  readonly separator?: string
  /** Mean characters of a value. */
  readonly length: number
  readonly minimum: number
  readonly maximum: number
  readonly median: number
  readonly examples: readonly string[]
}

const plainNumber = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i
const grouped = /^[-+]?\d{1,3}([,\u00a0 '’]\d{2,3})+(\.\d+)?$/
const decimalComma = /^[-+]?\d+,\d{1,2}$|^[-+]?\d{1,3}(\.\d{3})+,\d+$|^[-+]?0,\d+$/
const number = '([-+]?\\d[\\d.,]*)'
const shapes: readonly { readonly extract: string; readonly scale?: number; readonly isPercent?: boolean }[] = [
  { extract: `^\\s*${number}\\s*[%％]\\s*$`, isPercent: true },
  { extract: `^\\s*[$€£¥￥₩₹]\\s*${number}\\s*$` },
  { extract: `^\\s*(?:RMB|CNY|USD|NT\\$|HK\\$|US\\$)\\s*${number}\\s*$` },
  { extract: `^\\s*${number}\\s*(?:元|人次|人|次|票|张|家|[€$])\\s*$` },
  { extract: `^\\s*[¥￥$]?\\s*${number}\\s*(?:万|萬)(?:元|人|次|人次|张)?\\s*$`, scale: 1e4 },
  { extract: `^\\s*[¥￥$]?\\s*${number}\\s*(?:亿|億)(?:元|人|次|人次)?\\s*$`, scale: 1e8 },
  { extract: `^\\s*[$€£¥]?\\s*${number}\\s*[Kk]\\s*$`, scale: 1e3 },
  { extract: `^\\s*[$€£¥]?\\s*${number}\\s*(?:M|million)\\s*$`, scale: 1e6 },
  { extract: `^\\s*[$€£¥]?\\s*${number}\\s*(?:B|billion)\\s*$`, scale: 1e9 },
  { extract: `^\\s*${number}\\s*/\\s*[\\d.]+\\s*$` },
]
const durations: readonly { readonly test: RegExp; readonly shape: Omit<DurationShape, 'misfits'> }[] = [
  { test: /^\d{1,4}:[0-5]?\d:[0-5]?\d([.,]\d+)?$/, shape: { unit: 'HH:MM:SS' } },
  { test: /^P(?=.)(\d+D)?(T(\d+H)?(\d+M)?(\d+([.]\d+)?S)?)?$/i, shape: { unit: 'ISO 8601' } },
  ...(
    [
      ['hours', '(?:[Hh]|[Hh]rs?|[Hh]ours?|小时|小時)'],
      ['minutes', '(?:[Mm]|[Mm]ins?|MIN|[Mm]inutes?|分钟|分鐘|分)\\.?'],
      ['seconds', '(?:[Ss]|[Ss]ecs?|[Ss]econds?|秒)'],
      ['milliseconds', '(?:ms|毫秒)'],
    ] as const
  ).map(([unit, word]) => {
    const extract = `^\\s*(\\d+(?:\\.\\d+)?)\\s*${word}\\s*$`
    return { test: new RegExp(extract), shape: { unit, extract } }
  }),
  { test: /^\d{1,4}:[0-5]\d$/, shape: { isTwoPart: true } },
]
const booleans = /^(true|false|yes|no|y|n|t|f|0|1|是|否|真|假|有|无)$/i

/** Texts that files write for a missing value. */
export const missingTexts = [
  '\\N',
  'N/A',
  'NA',
  'NaN',
  'nan',
  'null',
  'NULL',
  'None',
  '—',
  '-',
  '--',
  '暂无',
  '无',
  '未知',
  'TBD',
  '—N/a',
  '(null)',
]

function shapeNumber(values: readonly string[]): NumberShape | undefined {
  const plain = values.filter((value) => plainNumber.test(value) || grouped.test(value)).length
  const comma = values.filter((value) => decimalComma.test(value)).length
  let best = {
    fits: plain,
    shape: {} as { extract?: string; scale?: number; isPercent?: boolean },
    hasDecimalComma: false,
  }
  if (
    comma > plain ||
    (comma === values.length && values.some((value) => value.startsWith('0,') || /,\d{1,2}$/.test(value)))
  ) {
    if (comma >= best.fits && values.some((value) => !grouped.test(value)))
      best = { fits: comma, shape: {}, hasDecimalComma: true }
  }
  if (best.fits < values.length) {
    for (const shape of shapes) {
      const test = new RegExp(shape.extract)
      const fits = values.filter((value) => test.test(value)).length
      if (fits > best.fits) best = { fits, shape, hasDecimalComma: false }
    }
  }
  if (best.fits < values.length * 0.6) return undefined
  const { extract, scale, isPercent = false } = best.shape
  return {
    isPercent,
    hasDecimalComma: best.hasDecimalComma,
    misfits: values.length - best.fits,
    ...(extract === undefined ? {} : { extract }),
    ...(scale === undefined ? {} : { scale }),
  }
}

function shapeDuration(values: readonly string[]): DurationShape | undefined {
  const ranked = durations
    .map(({ test, shape }) => ({ shape, fits: values.filter((value) => test.test(value)).length }))
    .sort((a, b) => b.fits - a.fits)
  const best = ranked[0]
  if (best === undefined || best.fits < values.length * 0.5) return undefined
  return { ...best.shape, misfits: values.length - best.fits }
}

const separators = ['|', '##', '、', ';', '；', ' / ', '/', '，', ',']

function findSeparator(values: readonly string[]): string | undefined {
  const jsonLike = values.filter((value) => /^\[.*\]$/s.test(value)).length
  if (jsonLike >= values.length * 0.6) return 'json'
  const enough = Math.max(1, values.length * 0.03)
  const found = separators.find((mark) => values.filter((value) => value.includes(mark)).length >= enough)
  return found
}

/** Looks at the values of one column, missing ones left out. */
export function profileColumn(cells: readonly string[], missing: readonly string[] = missingTexts): ColumnProfile {
  const skip = new Set(missing)
  const values = cells.map((cell) => cell.trim()).filter((cell) => cell !== '' && !skip.has(cell))
  const numeric = values
    .filter((value) => plainNumber.test(value))
    .map(Number)
    .sort((a, b) => a - b)
  const number = values.length === 0 ? undefined : shapeNumber(values)
  const duration = values.length === 0 ? undefined : shapeDuration(values)
  const date = detectDateFormat(values)
  const separator = findSeparator(values)
  return {
    filled: values.length,
    distinct: new Set(values).size,
    integers:
      values.length === 0 ? 0 : values.filter((value) => /^[-+]?\d+(\.0+)?$/.test(value)).length / values.length,
    isBoolean: values.length > 0 && values.every((value) => booleans.test(value)),
    length: values.reduce((sum, value) => sum + value.length, 0) / Math.max(1, values.length),
    minimum: numeric[0] ?? Number.NaN,
    maximum: numeric.at(-1) ?? Number.NaN,
    median: numeric[numeric.length >> 1] ?? Number.NaN,
    examples: [...new Set(values)].slice(0, 3),
    ...(number === undefined ? {} : { number }),
    ...(duration === undefined ? {} : { duration }),
    ...(date === undefined ? {} : { date }),
    ...(separator === undefined ? {} : { separator }),
  }
}
