import type { Text } from '../../text.ts'
import { clip, shorten } from '../wording.ts'
import { axisText, base, type Chart, nameAxis, token, valueAxis } from './option.ts'

export interface Bar {
  readonly name: string | Text
  readonly value: number
  /** What its tooltip says below the name. */
  readonly tip?: Text
}

const nameOf = (bar: Bar): string | Text => (typeof bar.name === 'string' ? clip(bar.name) : bar.name)

function datum(bar: Bar) {
  const tip = bar.tip === undefined ? [nameOf(bar), shorten(bar.value)] : [nameOf(bar), bar.tip]
  return { value: bar.value, short: shorten(bar.value), tip }
}

/** Horizontal bars (条形图) in the order given, the first on top. */
export function barChart(bars: readonly Bar[], measure: Text): Chart {
  return {
    height: 50 + bars.length * 28,
    option: {
      ...base,
      grid: { left: 8, right: 56, top: 8, bottom: 30, containLabel: true },
      xAxis: valueAxis(measure, 'compact', { min: 0 }),
      yAxis: nameAxis(bars.map(nameOf), {
        inverse: true,
        axisLabel: { ...axisText, color: token('ink'), interval: 0, overflow: 'truncate', width: token('names') },
      }),
      series: [
        {
          type: 'bar',
          data: bars.map(datum),
          barMaxWidth: 18,
          itemStyle: { color: token('accent'), borderRadius: [0, 3, 3, 0] },
          label: { show: true, position: 'right', color: token('ink'), formatter: token('short') },
        },
      ],
    },
  }
}

/** So many columns have room for their names side by side. */
const few = 5

/** Vertical columns (柱状图) in the order given. */
export function columnChart(columns: readonly Bar[], measure: Text): Chart {
  return {
    height: 320,
    option: {
      ...base,
      grid: { left: 8, right: 8, top: 44, bottom: 8, containLabel: true },
      xAxis: nameAxis(columns.map(nameOf), {
        axisLabel: {
          ...axisText,
          color: token('ink'),
          interval: 0,
          rotate: token(columns.length <= few ? 'tiltFew' : 'tilt'),
          overflow: 'truncate',
          width: 96,
        },
      }),
      yAxis: valueAxis(measure, 'compact', {
        min: 0,
        nameLocation: 'end',
        nameGap: 20,
        nameTextStyle: { ...axisText, align: 'left' },
      }),
      series: [
        {
          type: 'bar',
          data: columns.map(datum),
          barMaxWidth: 44,
          itemStyle: { color: token('accent'), borderRadius: [3, 3, 0, 0] },
          label: { show: token('roomy'), position: 'top', color: token('ink'), formatter: token('short') },
          labelLayout: { hideOverlap: true },
        },
      ],
    },
  }
}
