import type { Text } from '../../text.ts'
import { clip, writeGrowth } from '../wording.ts'
import { axisText, base, type Chart, nameAxis, token, valueAxis, whiskers } from './option.ts'

export interface Change {
  readonly name: string
  readonly growth: number
  readonly low: number
  readonly high: number
  readonly significant: boolean
}

/** What is drawn ends here; the tooltip and the table keep the numbers. */
export const furthest = 3

const held = (change: number): number => Math.min(change, furthest)

/** Each change as a mark on its interval: an arrow where it is significant, a hollow circle where it is not. */
export function intervalChart(changes: readonly Change[], measure: Text): Chart {
  const marks = changes.map((change, index) => ({
    value: [held(change.growth), index],
    symbol: change.significant ? 'triangle' : 'circle',
    symbolRotate: change.growth < 0 ? 180 : 0,
    itemStyle: change.significant
      ? { color: token(change.growth < 0 ? 'bad' : 'good') }
      : { color: token('surface'), borderColor: token('muted'), borderWidth: 2 },
    tip: [clip(change.name), writeGrowth(change.growth, change.low, change.high)],
  }))
  return {
    height: 50 + changes.length * 28,
    option: {
      ...base,
      grid: { left: 8, right: 24, top: 8, bottom: 30, containLabel: true },
      xAxis: valueAxis(measure, 'change'),
      yAxis: nameAxis(
        changes.map((change) => clip(change.name)),
        {
          inverse: true,
          axisLine: { show: false },
          axisLabel: { ...axisText, color: token('ink'), interval: 0, overflow: 'truncate', width: token('names') },
        },
      ),
      series: [
        {
          ...whiskers(
            changes.map(({ low, high }, index) => [
              [held(low), index],
              [held(high), index],
            ]),
            { color: token('muted'), width: 2 },
          ),
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: token('ink'), type: 'dashed', width: 1 },
            data: [{ xAxis: 0 }],
          },
        },
        { type: 'scatter', data: marks, symbolSize: 12, z: 3 },
      ],
    },
  }
}
