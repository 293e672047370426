import type { Text } from '../../text.ts'
import { axisText, base, type Chart, type OptionValue, type Token, token, valueAxis } from './option.ts'

export interface Mark {
  readonly from: number
  readonly to: number
  readonly colour: Token
}

export interface Timeline {
  /** Of each step across, from 0. */
  readonly counts: readonly number[]
  /** A share of 1 at each step, null where unknown. */
  readonly shares: readonly (number | null)[]
  /** Ranges that stand out. */
  readonly marks: readonly Mark[]
}

const areaOpacity = 0.25
/** Short ranges are drawn so wide that they are seen. */
const leastWidth = 0.4

/** Counts as an area, a share as a dashed line over it with an axis of its own, and bands where something stands out. */
export function timelineChart(
  { counts, shares, marks }: Timeline,
  names: { across: Text; count: Text; share: Text },
): Chart {
  const hasShares = shares.some((share) => share !== null)
  const bands = marks.map(({ from, to, colour }): OptionValue => {
    const margin = Math.max(0, leastWidth - (to - from)) / 2
    return [{ xAxis: from - margin, itemStyle: { color: colour, opacity: areaOpacity } }, { xAxis: to + margin }]
  })
  const line = (name: Text, points: readonly (number | null)[], extra: Record<string, OptionValue>): OptionValue => ({
    type: 'line',
    name,
    symbol: 'none',
    data: points.map((value, index) => [index, value]),
    ...extra,
  })
  const top = { nameLocation: 'end', nameGap: 12 }
  return {
    height: 340,
    option: {
      ...base,
      tooltip: { ...base.tooltip, trigger: 'axis', formatter: null },
      legend: { show: true, bottom: 0, left: 0, textStyle: { color: token('ink'), fontSize: 12 } },
      grid: { left: 8, right: 20, top: 40, bottom: 62, containLabel: true },
      xAxis: valueAxis(names.across, 'compact', { max: counts.length, splitLine: { show: false } }),
      yAxis: [
        valueAxis(names.count, 'compact', { ...top, min: 0, nameTextStyle: { ...axisText, align: 'left' } }),
        valueAxis(names.share, 'share', {
          ...top,
          show: hasShares,
          min: 0,
          max: 1,
          splitLine: { show: false },
          nameTextStyle: { ...axisText, align: 'right' },
        }),
      ],
      series: [
        line(names.count, counts, {
          areaStyle: { opacity: areaOpacity },
          tooltip: { valueFormatter: token('compact') },
          markArea: { silent: true, data: bands },
        }),
        ...(hasShares
          ? [
              line(names.share, shares, {
                yAxisIndex: 1,
                lineStyle: { type: 'dashed', width: 2 },
                tooltip: { valueFormatter: token('share') },
              }),
            ]
          : []),
      ],
    },
  }
}
