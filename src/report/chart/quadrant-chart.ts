import type { Text } from '../../text.ts'
import { axisText, base, type Chart, nameLabel, type OptionValue, token, valueAxis, whiskers } from './option.ts'

export interface QuadrantMark {
  readonly name: Text
  readonly across: number
  /** A share of 1 with its interval. */
  readonly up: number
  readonly low: number
  readonly high: number
  /** What its tooltip says below the name. */
  readonly tip: Text
}

export interface QuadrantAxes {
  readonly across: Text
  readonly up: Text
  /** Where the lines cross. */
  readonly middle: { readonly across: number; readonly up: number }
  /** What it means to lie there. */
  readonly upperLeft: Text
  readonly upperRight: Text
  readonly lowerLeft: Text
  readonly lowerRight: Text
}

const markSize = 11
/** Of the range of the values: room for marks at the edge and for the words in the corners. */
const margin = 0.12
const steps = 6

/** Round limits around `low` to `high` with room on both sides, and the distance of the ticks. */
function roundLimits(low: number, high: number) {
  const range = high > low ? high - low : 1
  const rough = (range * (1 + 2 * margin)) / steps
  const power = 10 ** Math.floor(Math.log10(rough))
  const interval = power * ([1, 2, 5].find((step) => step * power >= rough) ?? 10)
  const round = (value: number) => Number(value.toPrecision(12))
  return {
    min: round(Math.floor((low - margin * range) / interval) * interval),
    max: round(Math.ceil((high + margin * range) / interval) * interval),
    interval: round(interval),
  }
}

/**
 * Four quadrants (四象限图) around the lines at `middle`, the upper left one tinted, each with its word near the corner. Marks carry the interval of their height
 * and their names at the end of a short line, those of the first before those of the last where there is no room for all.
 */
export function quadrantChart(marks: readonly QuadrantMark[], axes: QuadrantAxes): Chart {
  const { middle } = axes
  const x = roundLimits(Math.min(...marks.map(({ across }) => across)), Math.max(...marks.map(({ across }) => across)))
  const most = Math.max(...marks.map(({ high }) => high))
  const y = { max: roundLimits(0, most).max, min: -margin * most }
  const inset = { across: (x.max - x.min) / 200, up: (y.max - y.min) / 30 }
  const corner = (word: Text, isLeft: boolean, isUpper: boolean): OptionValue => ({
    value: [isLeft ? x.min + inset.across : x.max - inset.across, isUpper ? y.max - inset.up : y.min + inset.up],
    ...{ short: word, tip: [word], itemStyle: { color: 'transparent' } },
    label: { fontWeight: 'bold', color: token(isLeft && isUpper ? 'bad' : 'muted') },
    labelLine: { show: false },
  })
  return {
    height: 460,
    option: {
      ...base,
      grid: { left: 8, right: 16, top: 44, bottom: 40, containLabel: true },
      xAxis: valueAxis(axes.across, 'compact', { ...x, splitLine: { show: false }, axisTick: { show: false } }),
      yAxis: valueAxis(axes.up, 'share', {
        ...y,
        axisLabel: { ...axisText, formatter: token('share'), showMinLabel: false },
        axisTick: { show: false },
        axisLine: { show: true, onZero: false, lineStyle: { color: token('line') } },
        ...{ splitLine: { show: false }, nameLocation: 'end', nameGap: 16 },
        nameTextStyle: { ...axisText, align: 'left' },
      }),
      series: [
        {
          ...whiskers(
            marks.map(({ across, low, high }) => [
              [across, low],
              [across, high],
            ]),
            { color: token('muted'), width: 1.5, opacity: 0.6 },
          ),
          markArea: {
            silent: true,
            itemStyle: { color: token('bad'), opacity: 0.08 },
            data: [
              [
                { xAxis: x.min, yAxis: middle.up },
                { xAxis: middle.across, yAxis: y.max },
              ],
            ],
          },
          markLine: {
            silent: true,
            symbol: 'none',
            precision: 9,
            label: { show: false },
            lineStyle: { color: token('muted'), type: 'dashed', width: 1 },
            data: [{ xAxis: middle.across }, { yAxis: middle.up }],
          },
        },
        {
          type: 'scatter',
          z: 3,
          symbolSize: markSize,
          itemStyle: { color: token('accent'), opacity: 1 },
          data: [
            corner(axes.upperLeft, true, true),
            corner(axes.upperRight, false, true),
            corner(axes.lowerLeft, true, false),
            corner(axes.lowerRight, false, false),
            ...marks.map(({ name, across, up, tip }) => ({ value: [across, up], short: name, tip: [name, tip] })),
          ],
          label: { show: true, ...nameLabel },
          labelLayout: token('apart'),
          labelLine: { show: true, length2: 0, lineStyle: { color: token('ink'), width: 1 } },
        },
      ],
    },
  }
}
