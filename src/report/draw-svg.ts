import { type EChartsOption, init } from 'echarts'
import { type Locale, say } from '../text.ts'
import type { Chart, OptionValue } from './chart/option.ts'
import { light } from './palette.ts'

/** As wide as a slide shows it well; lengths that depend on the width are those of a wide page. */
const width = 720

/** A chart of fixed texts as the text of an SVG file, in the light theme and the language of `locale`. */
export function drawSvg({ option, height }: Chart, locale: Locale): string {
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const tokens: Readonly<Record<string, unknown>> = { ...light, share: (value: number) => share.format(value), tick: 5 }
  const resolve = (value: OptionValue): unknown => {
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map(resolve)
    if ('$' in value) return tokens[value.$ as string]
    if ('en' in value && 'zh' in value) return say({ en: String(value.en), zh: String(value.zh) }, locale)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one)]))
  }
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption(resolve(option) as EChartsOption)
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}
