import type { Text } from '../../text.ts'
import { axisText, base, type Chart, nameAxis, token, valueAxis, whiskers } from './option.ts'

/** A share of 1 with its interval. */
export interface WhiskerBar {
  readonly name: Text
  readonly value: number
  readonly low: number
  readonly high: number
  /** What its tooltip says below the name. */
  readonly tip: Text
}

/** Horizontal bars of shares, each with the whisker of its interval, in the order given, the first on top. */
export function whiskerBars(bars: readonly WhiskerBar[], measure: Text): Chart {
  return {
    height: 50 + bars.length * 28,
    option: {
      ...base,
      grid: { left: 8, right: 24, top: 8, bottom: 30, containLabel: true },
      xAxis: valueAxis(measure, 'share'),
      yAxis: nameAxis(
        bars.map(({ name }) => name),
        {
          inverse: true,
          axisLabel: { ...axisText, color: token('ink'), interval: 0, overflow: 'truncate', width: token('names') },
        },
      ),
      series: [
        {
          type: 'bar',
          data: bars.map(({ name, value, tip }) => ({ value, tip: [name, tip] })),
          barMaxWidth: 16,
          itemStyle: { color: token('accent'), borderRadius: [0, 3, 3, 0] },
        },
        {
          ...whiskers(
            bars.map(({ low, high }, index) => [
              [low, index],
              [high, index],
            ]),
            { color: token('ink'), width: 2 },
          ),
          z: 3,
        },
      ],
    },
  }
}
