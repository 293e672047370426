import type { Text } from '../../text.ts'
import { clip } from '../wording.ts'
import { axisText, base, type Chart, nameLabel, type OptionValue, token, valueAxis } from './option.ts'

export interface Dot {
  readonly name: string
  readonly x: number
  readonly y: number
  /** Relative area of the mark, 0 to 1. */
  readonly weight: number
  readonly tip: Text
  /** Whether the name is written beside the mark. */
  readonly named: boolean
}

export interface ScatterAxes {
  readonly across: Text
  readonly up: Text
  readonly acrossScale: 'linear' | 'log'
  readonly upScale: 'share' | 'log'
  /** Draws the line on which both are equal. */
  readonly diagonal?: Text
}

const log = { type: 'log', minorSplitLine: { show: false } }

/** A scatter plot (散点图); the area of a mark follows its weight. */
export function scatterChart(dots: readonly Dot[], axes: ScatterAxes): Chart {
  const values = dots.flatMap((dot) => [dot.x, dot.y])
  const xs = dots.map((dot) => dot.x)
  const middle = axes.acrossScale === 'log' ? Math.sqrt(Math.min(...xs) * Math.max(...xs)) : Math.max(...xs) / 2
  const low = Math.min(...values)
  const high = Math.max(...values)
  const diagonal: OptionValue[] = axes.diagonal
    ? [
        {
          type: 'line',
          data: [
            [low, low],
            [high, high],
          ],
          symbol: 'none',
          silent: true,
          tooltip: { show: false },
          lineStyle: { color: token('muted'), type: 'dashed', width: 1 },
          endLabel: { show: true, formatter: axes.diagonal, color: token('muted'), align: 'right', offset: [-8, 16] },
        },
      ]
    : []
  const across = axes.acrossScale === 'log' ? { ...log, ...decades(xs) } : { min: 0 }
  const up =
    axes.upScale === 'log' ? { ...log, ...decades(dots.map((dot) => dot.y)) } : { min: 0, max: 1, interval: 0.25 }
  return {
    height: 400,
    option: {
      ...base,
      grid: { left: 8, right: 24, top: 44, bottom: 40, containLabel: true },
      xAxis: valueAxis(axes.across, 'compact', across),
      yAxis: valueAxis(axes.up, axes.upScale === 'share' ? 'share' : 'compact', {
        ...up,
        nameLocation: 'end',
        nameGap: 16,
        nameTextStyle: { ...axisText, align: 'left' },
      }),
      series: [
        {
          type: 'scatter',
          data: dots.map((dot) => ({
            value: [dot.x, dot.y],
            symbolSize: Math.round(7 + 21 * Math.sqrt(dot.weight)),
            label: { show: dot.named, position: dot.x > middle ? 'left' : 'right' },
            short: clip(dot.name),
            tip: [clip(dot.name), dot.tip],
          })),
          itemStyle: { color: token('accent'), opacity: 0.65, borderColor: token('surface'), borderWidth: 1 },
          label: { show: false, opacity: 1, ...nameLabel },
          labelLayout: { hideOverlap: true },
        },
        ...diagonal,
      ],
    },
  }
}

/** The powers of ten around the values. */
function decades(values: readonly number[]): { min: number; max: number } {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.ceil(Math.log10(Math.max(...values)))
  return { min: 10 ** low, max: 10 ** Math.max(high, low + 1) }
}
