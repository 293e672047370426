import { Converter } from 'opencc-js/t2cn'
import type { ColumnSettings } from '../../project/settings.ts'

export type DurationUnit = NonNullable<ColumnSettings['unit']>

/** What a header says: its words in ever looser readings, and what it says about unit, zone and scale. */
export interface ParsedHeader {
  /** Folded and without spaces: as written, then without brackets, then without the unit. */
  readonly readings: readonly string[]
  /** The words of the loosest reading. */
  readonly words: readonly string[]
  readonly unit?: DurationUnit
  readonly timeZone?: string
  readonly scale?: number
  readonly isPercent: boolean
}

const toSimplified = Converter({ from: 'tw', to: 'cn' })

/** `header` in lower case and simplified Chinese, words split at camelCase and punctuation, one space between them. */
export function foldHeader(header: string): string {
  return toSimplified(header.normalize('NFKC'))
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim()
}

/** `header` folded and without spaces: what the dictionary is keyed by. */
export const compactHeader = (header: string): string => foldHeader(header).replaceAll(' ', '')

const units: readonly (readonly [DurationUnit, RegExp])[] = [
  ['milliseconds', /^(ms|msecs?|millis|milliseconds?|毫秒|毫秒数)$/],
  ['hours', /^(hours?|hrs?|小时|小时数|钟头)$/],
  ['minutes', /^(minutes?|mins?|分钟|分钟数|分)$/],
  ['seconds', /^(seconds?|secs?|秒|秒数|秒钟)$/],
  ['HH:MM:SS', /^(hh ?mm ?ss|h mm ss|时分秒)$/],
]
const shortUnits: Readonly<Record<string, DurationUnit>> = { h: 'hours', m: 'minutes', s: 'seconds' }
const chineseTail = /(毫秒|秒钟?|分钟|小时)数?$/

const zones: readonly (readonly [string, RegExp])[] = [
  ['Asia/Shanghai', /^(beijing( time)?|china( time)?|cst ?8|(utc|gmt) ?0?8( ?00)?|北京时间|北京|东八区|中国时间)$/],
  ['Asia/Taipei', /^(taipei( time)?|台北时间|台湾时间)$/],
  ['Asia/Hong_Kong', /^(hkt|hong kong( time)?|香港时间)$/],
  ['UTC', /^(utc( ?0)?|gmt|zulu|世界时|协调世界时)$/],
  ['America/New_York', /^(et|est|edt|eastern( time)?)$/],
  ['America/Los_Angeles', /^(pt|pst|pdt|pacific( time)?)$/],
  ['Asia/Tokyo', /^(jst|东京时间)$/],
  ['Asia/Kolkata', /^(ist)$/],
]
const scales: readonly (readonly [number, RegExp])[] = [
  [1e8, /^(亿|亿元|亿人|亿人次|亿次|亿円|亿日元|억|억원)$/],
  [1e7, /^((in )?crores?|cr|(rs|inr) crores?)$/],
  [1e6, /^((in )?millions?|mm|mil|百万|百万元|百万円|백만|백만원)$/],
  [1e5, /^((in )?(lakhs?|lacs?)|(rs|inr) (lakhs?|lacs?))$/],
  [1e4, /^(万|万元|万人|万人次|万次|万张|万円|만|만원|만명|单位 ?万|单位 ?万元)$/],
  [1e3, /^((in )?thousands?|000s?|千|千元|千人|千人次|千円|천|천원|천명)$/],
  [1, /^(元|人民币|圆|円|日元|원|yuan|rmb|cny|usd|us dollars?|dollars?|inr|rs|rupees?|krw|jpy|twd)$/],
]

const lookUp = <T>(table: readonly (readonly [T, RegExp])[], text: string): T | undefined =>
  table.find(([, pattern]) => pattern.test(text))?.[0]

/** The factor that `text` says, as 10,000 in 万元; undefined where it says none. */
export const findScale = (text: string): number | undefined => lookUp(scales, foldHeader(text))

/** Reads unit, zone, scale and percent out of a header and gives the readings to look up. */
export function parseHeader(header: string): ParsedHeader {
  const brackets = [...header.matchAll(/[([（【]([^)\]）】]*)[)\]）】]/g)].map((match) => match[1] ?? '')
  const bare = foldHeader(header.replace(/[([（【][^)\]）】]*[)\]）】]/g, ' '))
  const full = foldHeader(header)
  let words = bare.split(' ').filter((word) => word !== '')
  let unit: DurationUnit | undefined
  let timeZone: string | undefined
  let scale: number | undefined
  for (const bracket of brackets) {
    const folded = foldHeader(bracket.replace(/\+/g, ' '))
    unit ??= lookUp(units, folded) ?? shortUnits[folded]
    timeZone ??= lookUp(zones, folded)
    scale ??= lookUp(scales, folded)
  }
  const last = words.at(-1) ?? ''
  if (words.length === 1) unit ??= lookUp(units, last)
  if (words.length > 1) {
    const zone = lookUp(zones, words.slice(-2).join(' ')) ?? lookUp(zones, last)
    if (zone !== undefined) {
      timeZone ??= zone
      words = words.slice(0, lookUp(zones, words.slice(-2).join(' ')) !== undefined && words.length > 2 ? -2 : -1)
    }
    const tail = words.at(-1) ?? ''
    const inside = words.find((word) => lookUp(units, word) !== undefined)
    if (words.length > 1 && shortUnits[tail] !== undefined) {
      unit ??= shortUnits[tail]
      words = words.slice(0, -1)
    } else if (inside !== undefined && words.length > 1) {
      unit ??= lookUp(units, inside)
      words = words.filter((word) => word !== inside && word !== 'in')
    }
    const scaled = lookUp(scales, words.at(-1) ?? '')
    if (scaled !== undefined && words.length > 1) {
      scale ??= scaled
      words = words.slice(0, -1)
    }
  }
  const chinese = chineseTail.exec(words.at(-1) ?? '')
  if (chinese !== null && chinese.index > 0) {
    unit ??= lookUp(units, chinese[1] ?? '')
    words = [...words.slice(0, -1), (words.at(-1) ?? '').slice(0, chinese.index)]
  }
  const isPercent = /%|percent|\bpct\b/i.test(header.normalize('NFKC'))
  if (isPercent) words = words.map((word) => word.replaceAll('%', '')).filter((word) => !/^(|percent|pct)$/.test(word))
  const readings = [full, bare, words.join(' ')].map((reading) => reading.replaceAll(' ', ''))
  return {
    readings: [...new Set(readings)].filter((reading) => reading !== ''),
    words,
    isPercent,
    ...(unit === undefined ? {} : { unit }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(scale === undefined ? {} : { scale }),
  }
}
