import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { shapeOf } from '../../src/cli/answer-shape.ts'
import { type Heading, renderTable } from '../../src/cli/render-table.ts'
import { about } from '../../src/question.ts'

const headingsOf = (columns: z.ZodRawShape): Heading[] =>
  Object.entries(shapeOf(z.object(columns)).properties).map(([name, shape]) => ({
    name,
    shape,
    read: (row) => row[name],
  }))
const text = (en: string, extra?: Parameters<typeof about>[2]) => z.string().meta(about(en, en, extra))
const number = (en: string, unit?: string) =>
  z
    .number()
    .nullable()
    .meta(about(en, en, unit ? { unit } : {}))
const widest = (table: string) => Math.max(...table.split('\n').map((line) => stringWidth(line)))

test('units decide how numbers read, and decimals of a column stand below one another', () => {
  const rows = [
    { share: 0.0856, growth: 0.88, minutes: 253_871.13, size: 12.345, count: 12_000, line: 12_345 },
    { share: 1, growth: 1, minutes: 71.5, size: 3, count: 900, line: 7 },
  ]
  const headings = headingsOf({
    share: number('share', 'share'),
    growth: number('growth', 'ratio'),
    minutes: number('minutes', 'minutes'),
    size: number('size'),
    count: number('count'),
    line: number('line', 'line'),
  })
  expect(renderTable(headings, rows, 'en').split('\n').slice(2)).toEqual([
    '  8.6%    -12%  253,871  12.3  12,000  12345',
    '100.0%      0%       72   3.0     900      7',
  ])
})

test('empty columns go, and what is missing is a dash', () => {
  const rows = [
    { count: 1, nothing: null, list: [], good: true },
    { count: 2, nothing: undefined, list: [], good: null },
  ]
  const headings = headingsOf({
    count: number('count'),
    nothing: number('nothing'),
    list: z.array(z.string()),
    good: z.boolean().nullable().meta(about('good', '好')),
  })
  expect(renderTable(headings, rows, 'zh-CN')).toBe('count  好\n─────  ──\n    1  是\n    2  –')
})

describe('a table that is too wide', () => {
  const rows = [
    { file: 'raw/aurora/2025/watch-records-2025-12-04.csv', seen: 123_456, reason: 'Too few or too many fields.' },
  ]
  const headings = headingsOf({
    file: text('File', { as: 'path' }),
    seen: number('Rows that were read'),
    reason: text('Reason', { as: 'prose' }),
  })

  test('breaks headings, then drops folders, then lets prose take more lines', () => {
    expect(renderTable(headings, rows, 'en', 86).split('\n')).toEqual([
      '                                                Rows that',
      'File                                            were read  Reason',
      '────────────────────────────────────────────  ───────────  ───────────────────────────',
      'raw/aurora/2025/watch-records-2025-12-04.csv      123,456  Too few or too many fields.',
    ])
    expect(renderTable(headings, rows, 'en', 60).split('\n').slice(3)).toEqual([
      'File                               read  Reason',
      '──────────────────────────────  ───────  ───────────────────',
      '…/watch-records-2025-12-04.csv  123,456  Too few or too many',
      '                                         fields.',
    ])
  })

  test('cuts the middle of a name that is too long by itself', () => {
    const table = renderTable(headings, rows, 'en', 34)
    expect(widest(table)).toBeLessThanOrEqual(34)
    expect(table).toMatch(/^watc…\S*12-04\.csv/m)
  })

  test('becomes a block of lines where columns of numbers leave no room', () => {
    const names = ['first', 'second', 'third', 'fourth']
    const wide = headingsOf(Object.fromEntries(names.map((name) => [name, number(name)])))
    const row = Object.fromEntries(names.map((name) => [name, 1_234_567]))
    expect(renderTable(wide, [row, row], 'en', 30).split('\n\n')[1]).toBe(
      'first   1,234,567\nsecond  1,234,567\nthird   1,234,567\nfourth  1,234,567',
    )
  })
})

test('lists read as one text in the language', () => {
  const item = z.object({
    dimension: z.string().meta(about('Part', '维度', { words: { source: { en: 'source', zh: '来源' } } })),
    value: z.string(),
    share: z.number().meta(about('Share', '占比', { unit: 'share' })),
    hidden: z.string().meta(about('Hidden', '隐藏', { detail: true })),
  })
  const headings = headingsOf({ said: z.array(z.string()), why: z.array(item) })
  const rows = [
    { said: ['Alike.', 'One year apart.'], why: [{ dimension: 'source', value: 'cobalt', share: 0.41, hidden: 'x' }] },
    { said: ['a', 'b'], why: [] },
  ]
  const lines = (locale: 'en' | 'zh-CN') => renderTable(headings, rows, locale).split('\n').slice(2)
  expect(lines('en')).toEqual(['Alike. One year apart.  source cobalt 41.0%', 'a; b                    –'])
  expect(lines('zh-CN')).toEqual(['Alike.One year apart.  来源 cobalt 41.0%', 'a；b                   –'])
})
