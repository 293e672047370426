import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { renderTable } from '../../src/cli/render-table.ts'

const heading = (name: string, unit?: string) => ({ name, label: name, unit })

test('units decide how numbers read, and decimals of a column stand below one another', () => {
  const rows = [
    { share: 0.0856, growth: 0.88, minutes: 253_871.13, size: 12.345, count: 12_000 },
    { share: 1, growth: 1, minutes: 71.5, size: 3, count: 900 },
  ]
  const headings = [
    heading('share', 'share'),
    heading('growth', 'ratio'),
    heading('minutes', 'minutes'),
    heading('size'),
    heading('count'),
  ]
  expect(renderTable(headings, rows, 'en').split('\n').slice(2)).toEqual([
    '  8.6%    -12%  253,871  12.3  12,000',
    '100.0%      0%       72   3.0     900',
  ])
})

test('years keep their digits, empty columns go, and what is missing is a dash', () => {
  const rows = [
    { year: 1999, nothing: null, list: [], good: true },
    { year: 2025, nothing: undefined, list: [], good: null },
  ]
  expect(
    renderTable(
      ['year', 'nothing', 'list', 'good'].map((name) => heading(name)),
      rows,
      'zh-CN',
    ),
  ).toBe('year  good\n────  ────\n1999  是\n2025  –')
})

test('reasons read as words, and text gives way to the width of the terminal', () => {
  const rows = [
    { name: '长江卫视'.repeat(6), why: [{ dimension: 'source', value: 'cobalt', share: 0.41 }], n: 123_456 },
  ]
  const headings = [heading('name'), heading('why', 'share'), heading('n')]
  expect(renderTable(headings, rows, 'en')).toContain('source cobalt 41.0%')
  const narrow = renderTable(headings, rows, 'en', 60).split('\n')
  expect(Math.max(...narrow.map((line) => stringWidth(line)))).toBeLessThanOrEqual(60)
  expect(narrow[2]).toContain('…')
  expect(narrow[2]).toContain('123,456')
})
