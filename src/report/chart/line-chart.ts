import type { Text } from '../../text.ts'
import { clip } from '../wording.ts'
import { axisText, base, type Chart, type OptionValue, token, valueAxis } from './option.ts'

export interface Line {
  readonly name: string
  /** x is a position in `labels`, or a number of its own where there are none; y null leaves a gap. */
  readonly points: readonly (readonly [x: number, y: number | null])[]
}

export interface LineAxes {
  readonly measure: Text
  readonly format: 'compact' | 'share'
  readonly across: Text
  /** Names of the positions, such as days. */
  readonly labels?: readonly string[]
}

const dashes = ['solid', 'dashed', 'dotted', [12, 3, 3, 3], [3, 6], [16, 4]] as const
const symbols = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin'] as const

/** Pixels that a name in the legend takes, and its text of them: one below the other, none is put off to another page. */
const legendLine = 22
const legendText = 12

/** One line a series, told apart by colour, dash and symbol. */
export function lineChart(lines: readonly Line[], axes: LineAxes): Chart {
  const across: Record<string, OptionValue> = axes.labels
    ? {
        type: 'category',
        data: axes.labels,
        boundaryGap: false,
        axisLine: { lineStyle: { color: token('line') } },
        axisLabel: { ...axisText, hideOverlap: true, alignMinLabel: 'left', alignMaxLabel: 'right' },
      }
    : valueAxis(axes.across, 'compact', { splitLine: { show: false } })
  const highest = Math.max(...lines.flatMap((line) => line.points.map(([, y]) => y ?? 0)))
  const legend = lines.length > 1 ? lines.length * legendLine : 0
  return {
    height: 320 + legend,
    option: {
      ...base,
      tooltip: { ...base.tooltip, trigger: 'axis', formatter: null, valueFormatter: token(axes.format) },
      legend: {
        show: legend > 0,
        orient: 'vertical',
        bottom: 0,
        left: 0,
        itemGap: legendLine - legendText,
        itemHeight: legendText,
        textStyle: {
          color: token('ink'),
          fontSize: 12,
          lineHeight: legendText,
          width: token('legend'),
          overflow: 'truncate',
        },
      },
      grid: { left: 8, right: 20, top: 40, bottom: legend + (axes.labels ? 16 : 48), containLabel: true },
      xAxis: across,
      yAxis: valueAxis(axes.measure, axes.format, {
        min: 0,
        ...(axes.format === 'share' && highest <= 1 ? { max: 1, interval: 0.25 } : {}),
        nameLocation: 'end',
        nameGap: 12,
        nameTextStyle: { ...axisText, align: 'left' },
      }),
      series: lines.map((line, index) => ({
        type: 'line',
        name: clip(line.name),
        data: line.points.map(([x, y]) => [x, y]),
        symbol: symbols[index % symbols.length] ?? 'circle',
        symbolSize: 6,
        showSymbol: line.points.length <= 40,
        lineStyle: { width: 2, type: dashes[index % dashes.length] ?? 'solid' },
      })),
    },
  }
}
