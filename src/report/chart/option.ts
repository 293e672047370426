import type { Text } from '../../text.ts'

/** Filled in by the page: a colour of the theme, a number format of the language, a length that depends on the width, or where labels lie. */
export interface Token {
  readonly $:
    | 'ink'
    | 'muted'
    | 'line'
    | 'surface'
    | 'accent'
    | 'good'
    | 'bad'
    | 'ramp'
    | 'series'
    | 'compact'
    | 'share'
    | 'change'
    | 'short'
    | 'tip'
    | 'names'
    | 'legend'
    | 'roomy'
    | 'tilt'
    | 'tiltFew'
    | 'tick'
    | 'apart'
}

/** JSON in which a `Text` becomes a string in the reader's language and a `Token` what the page puts there. */
export type OptionValue =
  | string
  | number
  | boolean
  | null
  | Text
  | Token
  | readonly OptionValue[]
  | { readonly [key: string]: OptionValue }

/** A chart as data: an ECharts option with texts and tokens, and the height in pixels that it needs. */
export interface Chart {
  readonly option: { readonly [key: string]: OptionValue }
  readonly height: number
}

export const token = ($: Token['$']): Token => ({ $ })

/** In single quotes: it stands within an attribute of SVG. */
const fontFamily = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"

/** What charts have in common. A datum carries `tip`, the lines of its tooltip. */
export const base = {
  animation: false,
  color: token('series'),
  textStyle: { fontFamily },
  tooltip: {
    renderMode: 'richText',
    confine: true,
    backgroundColor: token('surface'),
    borderColor: token('line'),
    textStyle: { color: token('ink'), fontSize: 13 },
    formatter: token('tip'),
  },
} satisfies Record<string, OptionValue>

/** The font is named again: ECharts measures the room of axis labels without what they inherit. */
export const axisText = { color: token('muted'), fontSize: 12, fontFamily }

/** An axis of numbers. `name` says what and in which unit. */
export function valueAxis(name: Text, format: 'compact' | 'share' | 'change', extra: Record<string, OptionValue> = {}) {
  return {
    type: 'value',
    name,
    nameLocation: 'middle',
    nameGap: 30,
    nameTextStyle: axisText,
    splitNumber: token('tick'),
    axisLabel: { ...axisText, formatter: token(format), hideOverlap: true },
    splitLine: { lineStyle: { color: token('line') } },
    ...extra,
  }
}

/** An axis of names, each on one line. */
export function nameAxis(names: readonly (string | Text)[], extra: Record<string, OptionValue> = {}) {
  return {
    type: 'category',
    data: names,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: token('line') } },
    axisLabel: { ...axisText, color: token('ink'), interval: 0, overflow: 'truncate' },
    ...extra,
  }
}

/** The name at a mark. */
export const nameLabel = {
  color: token('ink'),
  fontSize: 12,
  width: token('names'),
  overflow: 'truncate',
  formatter: token('short'),
  textBorderColor: token('surface'),
  textBorderWidth: 3,
} satisfies Record<string, OptionValue>

type Point = readonly [across: number, up: number]

/** A line from one end of each interval to the other; nothing joins two intervals. */
export function whiskers(ends: readonly (readonly [Point, Point])[], lineStyle: Record<string, OptionValue>) {
  return {
    type: 'line',
    data: ends.flatMap(([from, to]) => [from, to, ['-', '-']]),
    symbol: 'none',
    silent: true,
    tooltip: { show: false },
    lineStyle,
  }
}
