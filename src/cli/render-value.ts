import { type Locale, say, type Text } from '../text.ts'
import { type Shape, undeclared } from './answer-shape.ts'

/** Writes one value; numbers of one column get one form. */
export type Show = (value: unknown) => string

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0)
}

/** How the values of one column read: `share` of 1 as a percentage, `ratio` to 1 as a change, `minutes` without decimals; years of a query keep their digits. */
export function showOf(shape: Shape, values: readonly unknown[], locale: Locale): Show {
  const numbers = values.filter((value) => typeof value === 'number')
  const number = numberFormat(numbers, shape.unit, locale)
  const show: Show = (value) => {
    if (isEmpty(value)) return '–'
    if (typeof value === 'number') return number(value)
    if (typeof value === 'boolean') return say(value ? { en: 'yes', zh: '是' } : { en: 'no', zh: '否' }, locale)
    if (Array.isArray(value)) return showList(value, shape, locale)
    if (isText(value)) return say(value, locale)
    if (typeof value === 'object' && value !== null) return showParts(value, shape, locale)
    const word = shape.words[String(value)]
    return word ? say(word, locale) : String(value).replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
  }
  return show
}

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && 'en' in value && 'zh' in value
}

const isSentence = (text: string) => /[.!?。！？]$/.test(text)

/** Items side by side; sentences need no semicolon between them. Each path has a line of its own. */
function showList(items: readonly unknown[], shape: Shape, locale: Locale): string {
  const item = shape.item ?? undeclared('')
  const isOfRecords = item.kind === 'record'
  const show = isOfRecords ? undefined : showOf(item, items, locale)
  const shown = items.map((one) => show?.(one) ?? showRecord(one as object, item, locale))
  if (shape.as === 'path') return shown.join('\n')
  const isChinese = locale === 'zh-CN'
  return shown.reduce((text, next) => {
    const between = isSentence(text) ? (isChinese ? '' : ' ') : isChinese ? '；' : '; '
    return `${text}${between}${next}`
  })
}

/** A record within a list: its parts without their names. */
function showRecord(record: object, shape: Shape, locale: Locale): string {
  return Object.entries(record)
    .filter(([name, part]) => !isEmpty(part) && !shape.properties[name]?.isDetail)
    .map(([name, part]) => showOf(shape.properties[name] ?? undeclared(name), [part], locale)(part))
    .join(' ')
}

/** A record or map by itself: its parts with their names. */
function showParts(record: object, shape: Shape, locale: Locale): string {
  const isChinese = locale === 'zh-CN'
  return Object.entries(record)
    .map(([name, part]) => {
      const own = shape.properties[name] ?? { ...undeclared(name), unit: undefined }
      return `${say(own.label ?? { en: name, zh: name }, locale)} ${showOf(own, [part], locale)(part)}`
    })
    .join(isChinese ? '，' : ', ')
}

function numberFormat(values: readonly number[], unit: string | undefined, locale: Locale): (value: number) => string {
  if (unit === 'share') {
    const share = new Intl.NumberFormat(locale, {
      style: 'percent',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    })
    return (value) => share.format(value)
  }
  if (unit === 'ratio') {
    const change = new Intl.NumberFormat(locale, {
      style: 'percent',
      maximumFractionDigits: 0,
      signDisplay: 'exceptZero',
    })
    return (value) => change.format(value - 1)
  }
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const isWhole = unit === 'minutes' || values.every((value) => Number.isInteger(value))
  const most = isWhole ? 0 : largest < 10 ? 3 : 1
  const isExact = (digits: number) =>
    values.every((value) => Number(value.toFixed(digits)) === Number(value.toFixed(most)))
  const digits = [0, 1, 2].find((few) => few < most && isExact(few)) ?? most
  const { format } = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: unit !== 'line' && (unit !== 'undeclared' || largest >= 10_000),
  })
  return format
}
