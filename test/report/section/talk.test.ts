import { expect, test } from 'vitest'
import { networkChart } from '../../../src/report/chart/network-chart.ts'
import { findFigures, findWords } from '../../../src/report/section/talk.ts'

const word = (name: string) => ({ word: name, viewers: 9, share: 0.5, elsewhere: 0.01, quote: null })
const talk = {
  name: 'X',
  isCompared: true,
  words: ['a', 'b', 'c', 'd'].map(word),
  figures: [
    { name: 'Rue', kind: 'character' as const, viewers: 9, voice: 0.25, low: 0.2, high: 0.3, favourable: null },
  ],
  pairs: [],
}

test('what viewers talk about is told as a sentence', () => {
  expect(findWords(talk)).toEqual({
    en: 'Of “\u2068X\u2069” viewers say “\u2068a, b, c\u2069” far more than of other titles',
    zh: '谈到“\u2068X\u2069”，观众比谈其他影片更常说“\u2068a, b, c\u2069”',
  })
  expect(findWords({ ...talk, isCompared: false }).en).toBe('Of “\u2068X\u2069” viewers say “\u2068a, b, c\u2069” most')
  expect(findFigures(talk).en).toBe('Of those who name anybody in “\u2068X\u2069”, 25% name “\u2068Rue\u2069”')
})

test('a network has its nodes in place and its links between them', () => {
  const tip = { en: '9 viewers', zh: '9 名观众' }
  const node = (name: string, group: number, weight: number) => ({ name, group, weight, tip })
  const groups = [
    { en: 'character', zh: '角色' },
    { en: 'person', zh: '演职员' },
  ]
  const { option } = networkChart(
    [node('Rue', 0, 1), node('Ada', 1, 0.25)],
    [{ from: 0, to: 1, weight: 1, tip }],
    groups,
  )
  expect(option.series).toMatchObject([
    {
      layout: 'none',
      categories: [{ symbol: 'circle' }, { symbol: 'diamond' }],
      data: [
        { name: '0', category: 0, symbolSize: 42, short: 'Rue' },
        { name: '1', category: 1, symbolSize: 25 },
      ],
      links: [{ source: '0', target: '1', tip: ['Rue – Ada', tip] }],
    },
  ])
  expect(JSON.parse(JSON.stringify(option))).toEqual(option)
})
