import { expect, test } from 'vitest'
import { reliabilityChart } from '../../src/report/chart/reliability-chart.ts'
import { drawSvg } from '../../src/report/draw-svg.ts'

const bins = [
  { predicted: 0.1, observed: 0, weight: 40 },
  { predicted: 0.8, observed: 0.75, weight: 41 },
]
const chart = reliabilityChart(bins, { en: 'True & <sure>?', zh: '属实？' })
/** XML of tags whose attributes are all quoted. */
const isWellFormed = (svg: string) =>
  svg
    .replaceAll(/<!\[CDATA\[.*?\]\]>/gs, '')
    .replaceAll(/<\/?[\w-]+(?:\s+[\w:-]+="[^"<>]*")*\s*\/?>/g, '')
    .search(/[<>]/) < 0

test('a chart becomes a well-formed picture in the language of the reader', () => {
  const [english, chinese] = [drawSvg(chart, 'en'), drawSvg(chart, 'zh-CN')]
  expect([english, chinese].map(isWellFormed)).toEqual([true, true])
  expect(english).toContain('True &amp; &lt;sure&gt;?')
  expect(english).toContain('Each mark: 40–41 reviews')
  expect(english).toContain('>80%<')
  expect(chinese).toContain('属实？')
  expect(chinese).toContain('每点：40–41 条评论')
})

test('each mark has the interval of its share, also where all agree', () => {
  expect(chart.option.series).toMatchObject([
    {},
    { data: [[0.1, 0], [0.1, expect.closeTo(0.088, 3)], ['-', '-'], [0.8, expect.closeTo(0.6, 2)], {}, {}] },
    {
      data: [
        [0.1, 0],
        [0.8, 0.75],
      ],
    },
  ])
})
