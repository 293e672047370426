import { foldNumber, numberSigns } from '../typed/number-text.ts'
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
  /** How the first date of most values is written, where more than a date is, as in 2024-03-05(中国大陆). */
  readonly firstDate?: { readonly date: DateFormat; readonly extract: string }
  readonly isBoolean: boolean
  /** Share of filled values that are two numbers with a slash between. */
  readonly slashed: number
  readonly separator?: string
  /** Whether the values are JSON objects or lists of them, which no field holds. */
  readonly isObjects: boolean
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
/** A number as the reader takes it: with thousands separators, currency or percent signs, 万 or 亿. */
const readable = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?[万亿]?$/i
const signs = new RegExp(numberSigns, 'g')
const shapes: readonly { readonly extract: string; readonly scale?: number }[] = [
  { extract: `^\\s*(?:RMB|CNY|USD|NT\\$|HK\\$|US\\$|[₩₹])\\s*${number}\\s*$` },
  { extract: `^\\s*${number}\\s*(?:人次|人|次|票|张|家)\\s*$` },
  { extract: `^\\s*${number}\\s*(?:万|萬)(?:元|人次|人|次|张)?\\s*$`, scale: 1e4 },
  { extract: `^\\s*${number}\\s*(?:亿|億)(?:元|人次|人|次)?\\s*$`, scale: 1e8 },
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
  '#N/A',
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
  const isReadable = (value: string): boolean => readable.test(foldNumber(value).replace(signs, ''))
  const count = (test: (value: string) => boolean): number => values.filter(test).length
  const commas = count((value) => decimalComma.test(value))
  const hasDecimalComma =
    commas > values.length / 2 && values.some((value) => decimalComma.test(value) && !grouped.test(value))
  let best: { fits: number; extract?: string; scale?: number } = { fits: hasDecimalComma ? commas : count(isReadable) }
  if (!hasDecimalComma && best.fits < values.length) {
    for (const shape of shapes) {
      const test = new RegExp(shape.extract)
      const fits = count((value) => test.test(value))
      if (fits > best.fits) best = { fits, ...shape }
    }
  }
  const { fits, ...shape } = best
  if (fits < values.length * 0.6) return undefined
  const isPercent = count((value) => /^[-+]?[\d.,]+ ?[%％]$/.test(value)) > values.length / 2
  return { isPercent, hasDecimalComma, misfits: values.length - fits, ...shape }
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

/** Whether single spaces part the items: where there are any, each piece is a name in Han characters, as in 剧情 爱情. */
function isSpaced(values: readonly string[]): boolean {
  const spaced = values.filter((value) => value.includes(' '))
  const fits = spaced.filter((value) =>
    value.split(/ +/).every((piece) => /^[\p{Script=Han}·・•\d-]{1,16}$/u.test(piece)),
  )
  return spaced.length >= values.length * 0.2 && fits.length >= spaced.length * 0.95
}

function findSeparator(values: readonly string[]): string | undefined {
  const jsonLike = values.filter((value) => /^\[.*\]$/s.test(value)).length
  if (jsonLike >= values.length * 0.6) return 'json'
  if (isSpaced(values)) return ' '
  const enough = Math.max(1, values.length * 0.03)
  const found = separators.find((mark) => values.filter((value) => value.includes(mark)).length >= enough)
  const spaced = `${found} `
  const uses = values.filter((value) => found !== undefined && value.includes(found))
  return found !== undefined && uses.every((value) => value.split(found).length === value.split(spaced).length)
    ? spaced
    : found
}

const withinText = '^[^\\d]{0,8}(\\d{4}([-/.年])\\d{1,2}[-/.月]\\d{1,2}日?)(?:[^\\d]|$)'

/** Dates among other text; what else is in the value, a country or a second date, is read past. */
function findFirstDate(values: readonly string[]): ColumnProfile['firstDate'] {
  const test = new RegExp(withinText)
  const found = values.flatMap((value) => test.exec(value)?.[1] ?? [])
  if (found.length < values.length * 0.6 || values.length === 0) return undefined
  const date = detectDateFormat(found)
  return date && { date: { ...date, misfits: values.length - found.length + date.misfits }, extract: withinText }
}

/** Looks at the values of one column, missing ones left out. */
export function profileColumn(cells: readonly string[], missing: readonly string[] = missingTexts): ColumnProfile {
  const skip = new Set(missing)
  const values = cells.map((cell) => cell.trim()).filter((cell) => cell !== '' && !skip.has(cell))
  const numeric = values
    .map(foldNumber)
    .filter((value) => plainNumber.test(value))
    .map(Number)
    .sort((a, b) => a - b)
  const number = values.length === 0 ? undefined : shapeNumber(values)
  const duration = values.length === 0 ? undefined : shapeDuration(values)
  const date = detectDateFormat(values)
  const firstDate = date === undefined ? findFirstDate(values) : undefined
  const separator = findSeparator(values)
  return {
    filled: values.length,
    distinct: new Set(values).size,
    integers:
      values.length === 0 ? 0 : values.filter((value) => /^[-+]?\d+(\.0+)?$/.test(value)).length / values.length,
    isObjects: values.length > 0 && values.filter((value) => /^\[?\s*\{/.test(value)).length > values.length / 2,
    slashed: values.filter((value) => /^[\d.]+ ?\/ ?[\d.]+$/.test(value)).length / Math.max(1, values.length),
    isBoolean: values.length > 0 && values.every((value) => booleans.test(value)),
    length: values.reduce((sum, value) => sum + value.length, 0) / Math.max(1, values.length),
    minimum: numeric[0] ?? Number.NaN,
    maximum: numeric.at(-1) ?? Number.NaN,
    median: numeric[numeric.length >> 1] ?? Number.NaN,
    examples: [...new Set(values)].slice(0, 3),
    ...(number === undefined ? {} : { number }),
    ...(duration === undefined ? {} : { duration }),
    ...(date === undefined ? {} : { date }),
    ...(firstDate === undefined ? {} : { firstDate }),
    ...(separator === undefined ? {} : { separator }),
  }
}
