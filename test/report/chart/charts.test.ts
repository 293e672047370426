import { describe, expect, test } from 'vitest'
import { barChart, columnChart } from '../../../src/report/chart/bar-chart.ts'
import { heatMap } from '../../../src/report/chart/heat-map.ts'
import { intervalChart } from '../../../src/report/chart/interval-chart.ts'
import { lineChart } from '../../../src/report/chart/line-chart.ts'
import { token } from '../../../src/report/chart/option.ts'
import { quadrantChart } from '../../../src/report/chart/quadrant-chart.ts'
import { scatterChart } from '../../../src/report/chart/scatter-chart.ts'
import { timelineChart } from '../../../src/report/chart/timeline-chart.ts'
import { whiskerBars } from '../../../src/report/chart/whisker-bars.ts'

const measure = { en: 'minutes', zh: '分钟' }

describe('charts are data that survives JSON', () => {
  test.each([
    ['bar', barChart([{ name: 'a', value: 1 }], measure)],
    ['column', columnChart([], measure)],
    ['heat map', heatMap([[0, 3]], measure)],
  ])('%s', (_, chart) => {
    expect(JSON.parse(JSON.stringify(chart.option))).toEqual(chart.option)
  })
})

test('a bar chart grows with its rows and keeps their order', () => {
  const one = barChart([{ name: 'a', value: 1 }], measure)
  const three = barChart(
    ['c', 'a', 'b'].map((name, index) => ({ name, value: index })),
    measure,
  )
  expect(three.height).toBeGreaterThan(one.height)
  expect(three.option.yAxis).toMatchObject({ data: ['c', 'a', 'b'], inverse: true })
})

test('an interval chart marks what is significant by shape, and stops where it says', () => {
  const { option } = intervalChart(
    [
      { name: 'up', growth: 5, low: 4, high: 6, significant: true },
      { name: 'down', growth: -0.5, low: -0.6, high: -0.4, significant: true },
      { name: 'maybe', growth: 0.1, low: -0.2, high: 0.4, significant: false },
    ],
    measure,
  )
  expect(option.series).toMatchObject([
    {
      data: [
        [3, 0],
        [3, 0],
        ['-', '-'],
        [-0.6, 1],
        [-0.4, 1],
        ['-', '-'],
        [-0.2, 2],
        [0.4, 2],
        ['-', '-'],
      ],
    },
    {
      data: [{ symbol: 'triangle', symbolRotate: 0 }, { symbol: 'triangle', symbolRotate: 180 }, { symbol: 'circle' }],
    },
  ])
})

test('a timeline has a share only where it is known, and no band too narrow to be seen', () => {
  const names = { across: measure, count: measure, share: { en: 'share', zh: '占比' } }
  const marks = [
    { from: 1, to: 1.1, colour: token('accent') },
    { from: 0, to: 2, colour: token('bad') },
  ]
  const known = timelineChart({ counts: [3, 5], shares: [1, null], marks }, names)
  expect(known.option.series).toMatchObject([
    {
      data: [
        [0, 3],
        [1, 5],
      ],
      markArea: {
        data: [
          [{ xAxis: expect.closeTo(0.85), itemStyle: { color: token('accent') } }, { xAxis: expect.closeTo(1.25) }],
          [{ xAxis: 0 }, { xAxis: 2 }],
        ],
      },
    },
    { name: names.share, yAxisIndex: 1 },
  ])
  expect(timelineChart({ counts: [3, 5], shares: [null, null], marks }, names).option.series).toHaveLength(1)
})

test('lines are told apart by more than colour', () => {
  const lines = ['a', 'b', 'c'].map((name) => ({ name, points: [[0, 1] as const] }))
  const { option } = lineChart(lines, { measure, format: 'compact', across: measure })
  const series = option.series as readonly { symbol: string; lineStyle: { type: unknown } }[]
  expect(new Set(series.map((line) => line.symbol)).size).toBe(3)
  expect(new Set(series.map((line) => line.lineStyle.type)).size).toBe(3)
})

test('each line has its place in the legend, under the chart, which grows by it', () => {
  const chart = (count: number) =>
    lineChart(
      Array.from({ length: count }, (_, index) => ({ name: `Line ${index}`, points: [[0, 1] as const] })),
      { measure, format: 'compact', across: measure },
    )
  expect(chart(1).option.legend).toMatchObject({ show: false })
  expect(chart(6).option.legend).toMatchObject({ show: true, orient: 'vertical', bottom: 0 })
  expect(chart(6).height - chart(2).height).toBe(2 * (chart(4).height - chart(2).height))
  expect(chart(6).height).toBeGreaterThan(chart(4).height)
})

test('logarithmic axes span whole powers of ten, also around one value', () => {
  const dot = { name: 'a', x: 100, y: 2500, weight: 1, tip: measure, named: true }
  const { option } = scatterChart([dot], { across: measure, up: measure, acrossScale: 'log', upScale: 'log' })
  expect(option.xAxis).toMatchObject({ type: 'log', min: 100, max: 1000 })
  expect(option.yAxis).toMatchObject({ min: 1000, max: 10_000 })
})

test('bars with whiskers draw each interval over its bar', () => {
  const name = (en: string) => ({ en, zh: en })
  const bar = (en: string, value: number) => ({
    name: name(en),
    value,
    low: value - 1,
    high: value + 2,
    tip: name('tip'),
  })
  const { option, height } = whiskerBars([bar('b', 5), bar('a', 3)], measure)
  expect(option.yAxis).toMatchObject({ data: [name('b'), name('a')], inverse: true })
  expect(option.series).toMatchObject([
    { type: 'bar', data: [{ value: 5 }, { value: 3, tip: [name('a'), name('tip')] }] },
    {
      type: 'line',
      data: [
        [4, 0],
        [7, 0],
        ['-', '-'],
        [2, 1],
        [5, 1],
        ['-', '-'],
      ],
    },
  ])
  expect(height).toBeGreaterThan(whiskerBars([bar('b', 5)], measure).height)
})

test('quadrants meet at the middle, with room for every mark and its interval', () => {
  const name = (en: string) => ({ en, zh: en })
  const mark = (across: number, up: number) => ({
    ...{ name: name('a'), across, up, low: up / 2, high: 2 * up, tip: name('tip') },
  })
  const words = { upperLeft: name('ul'), upperRight: name('ur'), lowerLeft: name('ll'), lowerRight: name('lr') }
  const { option } = quadrantChart([mark(-0.53, 0.1), mark(0.19, 0.004)], {
    ...{ across: measure, up: measure, middle: { across: -0.17, up: 0.052 } },
    ...words,
  })
  expect(option.xAxis).toMatchObject({ min: -0.8, max: 0.4, interval: 0.2 })
  const { min, max } = option.yAxis as { min: number; max: number }
  expect([min < 0, max > 0.2]).toEqual([true, true])
  expect(option.series).toMatchObject([
    {
      data: [
        [-0.53, 0.05],
        [-0.53, 0.2],
        ['-', '-'],
        [0.19, 0.002],
        [0.19, 0.008],
        ['-', '-'],
      ],
      markLine: { data: [{ xAxis: -0.17 }, { yAxis: 0.052 }] },
      markArea: {
        data: [
          [
            { xAxis: -0.8, yAxis: 0.052 },
            { xAxis: -0.17, yAxis: max },
          ],
        ],
      },
    },
    { data: [...Object.values(words).map((short) => ({ short })), { value: [-0.53, 0.1] }, { value: [0.19, 0.004] }] },
  ])
  expect(
    quadrantChart([mark(0.5, 0)], { across: measure, up: measure, middle: { across: 0.5, up: 0 }, ...words }).option
      .xAxis,
  ).toMatchObject({
    interval: expect.any(Number),
  })
})
