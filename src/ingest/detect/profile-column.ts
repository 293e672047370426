import { foldNumber } from '../typed/number-text.ts'
import { type DateFormat, detectDateFormat } from './date-format.ts'
import { type DurationShape, shapeDuration } from './duration-shape.ts'
import { type NumberShape, shapeNumber } from './number-shape.ts'

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
  /** Whether the values are JSON objects or lists of them. */
  readonly isObjects: boolean
  /** Whether the values are lists of objects that have a name each. */
  readonly isNames: boolean
  /** Whether most values are addresses of the web. */
  readonly isLink: boolean
  /** Mean characters of a value. */
  readonly length: number
  readonly minimum: number
  readonly maximum: number
  readonly median: number
  readonly examples: readonly string[]
}

const plainNumber = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i
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

const namedObjects = /^\[\s*\{.*["']name["']\s*:.*\}\s*\]$/s

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
export function profileColumn(
  cells: readonly string[],
  missing: readonly string[] = missingTexts,
  isCommaFile = false,
): ColumnProfile {
  const skip = new Set(missing)
  const values = cells.map((cell) => cell.trim()).filter((cell) => cell !== '' && !skip.has(cell))
  const numeric = values
    .map(foldNumber)
    .filter((value) => plainNumber.test(value))
    .map(Number)
    .sort((a, b) => a - b)
  const number = values.length === 0 ? undefined : shapeNumber(values, isCommaFile)
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
    isNames: values.filter((value) => namedObjects.test(value)).length > values.length / 2,
    isLink: values.filter((value) => /^https?:\/\//.test(value)).length > values.length / 2,
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
