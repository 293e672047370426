import type { Text } from '../text.ts'
import type { Period } from './report-data.ts'

function format(options: Intl.NumberFormatOptions): (value: number) => Text {
  const en = new Intl.NumberFormat('en', options)
  const zh = new Intl.NumberFormat('zh-CN', options)
  return (value) => ({ en: en.format(value), zh: zh.format(value) })
}

const compact = format({ notation: 'compact', maximumSignificantDigits: 3 })

const whole = format({ maximumFractionDigits: 0 })
const fine = format({ maximumFractionDigits: 2 })
const small = format({ maximumSignificantDigits: 2 })
const percent = format({ style: 'percent', maximumFractionDigits: 1 })
const signed = format({ style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' })

/** All digits with groups; decimals only where they matter. */
export function writeNumber(value: number): Text {
  const size = Math.abs(value)
  if (size >= 100 || Number.isInteger(value)) return whole(value)
  return size >= 0.1 ? fine(value) : small(value)
}

/** Written out below ten thousand, then abbreviated to three digits: 9,876, 1.23M, 123万. */
export function shorten(value: number): Text {
  return Math.abs(value) < 10_000 ? writeNumber(value) : compact(value)
}

/** A share of 1: 0.987 is 98.7%. Never rounded up to all or down to none. */
export function writeShare(share: number): Text {
  if (share > 0.999 && share < 1) return { en: '> 99.9%', zh: '> 99.9%' }
  if (share > 0 && share < 0.001) return { en: '< 0.1%', zh: '< 0.1%' }
  return percent(share)
}

/** A share of 1 with its interval: `84.2% [79.1%, 88.3%]`. */
export function writeInterval(share: number, low: number, high: number): Text {
  const [value, from, to] = [share, low, high].map(writeShare) as [Text, Text, Text]
  return { en: `${value.en} [${from.en}, ${to.en}]`, zh: `${value.zh} [${from.zh}, ${to.zh}]` }
}

/** `+34% [+21%, +49%]`, or a dash where there is nothing to compare with. */
export function writeGrowth(growth: number | null, low: number | null, high: number | null): Text {
  if (growth === null) return dash
  const change = signed(growth)
  if (low === null || high === null) return change
  return {
    en: `${change.en} [${signed(low).en}, ${signed(high).en}]`,
    zh: `${change.zh} [${signed(low).zh}, ${signed(high).zh}]`,
  }
}

export const dash: Text = { en: '–', zh: '–' }

/** `2026-01-01 to 2026-01-28`. */
export function writePeriod(period: Period): Text {
  if (period.from === period.to) return { en: period.from, zh: period.from }
  return { en: `${period.from} to ${period.to}`, zh: `${period.from} 至 ${period.to}` }
}

/** `2026-01-01 08:30 UTC` of an ISO 8601 instant in UTC. */
export function writeInstant(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`
}

/** A name in quotation marks, isolated so that its direction stays its own. */
export function quote(name: string): string {
  return `“\u2068${clip(name, 80)}\u2069”`
}

/** A name on one line, at most `length` characters, as a chart can show it. */
export function clip(name: string, length = 48): string {
  const line = name
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replaceAll('{', '{\u200b')
    .trim()
  const characters = [...line]
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('')}…`
}

/** Texts one after another: sentences are parted by a space in English only. */
export function join(texts: readonly Text[]): Text {
  return { en: texts.map((text) => text.en).join(' '), zh: texts.map((text) => text.zh).join('') }
}
