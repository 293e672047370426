import { foldNumber, numberSigns } from '../typed/number-text.ts'

/** How most values of a column write a number. */
export interface NumberShape {
  /** A regular expression whose first group is the number, where more than the number is written. */
  readonly extract?: string
  readonly isPercent: boolean
  /** Whether a comma stands for the decimal point. */
  readonly hasDecimalComma: boolean
  /** Whether values say themselves that they count thousands, millions or 万. */
  readonly hasMultiple: boolean
  readonly misfits: number
}

const signs = new RegExp(numberSigns, 'g')
const gap = "\\s\u00a0\u202f'’"
const multiple = '(?:[KkMB万萬亿億]|thousand|tsd\\.?|mn|mio\\.?|millions?|bn|mrd\\.?|billions?|lakhs?|cr|crores?)'
/** Numbers as the reader takes them, with a decimal point and with a decimal comma. */
const withPoint = new RegExp(
  `^\\s*[-+]?(?:(?:\\d{1,3}(?:[,，${gap}]\\d{2,4})*[,，${gap}]\\d{3,4}|\\d+)(?:\\.\\d*)?|\\.\\d+)(?:e[-+]?\\d+)?[${gap}]*${multiple}?$`,
  'i',
)
const withComma = new RegExp(
  `^\\s*[-+]?(?:(?:\\d{1,3}(?:[.${gap}]\\d{3})+|\\d+)(?:,\\d*)?|,\\d+)[${gap}]*${multiple}?$`,
  'i',
)
const withMultiple = new RegExp(`\\d\\s*${multiple}$`, 'i')
const number = '([-+]?\\d[\\d.,]*)'
const shapes = [
  `^\\s*(?:RMB|CNY|USD|EUR|GBP|NT\\$|HK\\$|US\\$|[A-Z]{1,2}\\$)\\s*(${number.slice(1, -1)}\\s*${multiple}?)\\s*$`,
  `^\\s*${number}\\s*/\\s*[\\d.]+\\s*$`,
]

/** Whether dots stand between thousands as in 1.234.567; in 1.234 they may, and only other columns tell. */
export function groupsByDots(values: readonly string[]): 'surely' | 'perhaps' | 'no' {
  const dotted = values.filter((value) => value.includes('.'))
  if (dotted.length === 0 || !dotted.every((value) => /^\D*\d{1,3}(\.\d{3})+(,\d+)?\D*$/.test(value))) return 'no'
  return dotted.some((value) => /\..*\./.test(value)) ? 'surely' : 'perhaps'
}

/** The shape that most of `values` have, a decimal comma where they cannot be read without it or `isCommaFile` says that their file writes it; undefined where they are no numbers. */
export function shapeNumber(values: readonly string[], isCommaFile = false): NumberShape | undefined {
  const bare = values.map((value) => foldNumber(value).replace(signs, ''))
  const count = (test: RegExp): number => bare.filter((value) => test.test(value)).length
  const points = count(withPoint)
  const commas = count(withComma)
  const dots = groupsByDots(bare)
  const written = bare.filter((value) => value.includes(',') && withComma.test(value))
  const grouped = written.filter((value) => withPoint.test(value)).length
  const isWrittenSo = written.length > 2 * grouped || dots === 'surely'
  const isReadSo = isCommaFile && commas >= points && (written.length > 0 || dots !== 'no')
  const hasDecimalComma = isWrittenSo || isReadSo
  let best: { fits: number; extract?: string } = { fits: hasDecimalComma ? commas : points }
  if (!hasDecimalComma && best.fits < values.length) {
    for (const extract of shapes) {
      const test = new RegExp(extract)
      const fits = values.filter((value) => test.test(value)).length
      if (fits > best.fits) best = { fits, extract }
    }
  }
  const { fits, ...shape } = best
  if (fits < values.length * 0.6) return undefined
  const isPercent = values.filter((value) => /^[-+]?[\d.,]+ ?[%％]$/.test(value)).length > values.length / 2
  const hasMultiple = bare.some((value) => withMultiple.test(value))
  return { isPercent, hasDecimalComma, hasMultiple, misfits: values.length - fits, ...shape }
}
