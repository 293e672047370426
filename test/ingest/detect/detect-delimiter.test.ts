import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectDelimiter, splitLine } from '../../../src/ingest/detect/detect-delimiter.ts'

describe('detectDelimiter', () => {
  test.each([',', ';', '\t', '|', '::', '||', '^'])('finds %j', (delimiter) => {
    const lines = [
      ['user_id', 'title', 'minutes'],
      ['u1', 'Dawn, again', '12'],
      ['u2', 'Noon', '7'],
    ]
    const quoted = lines.map((cells) =>
      cells.map((cell) => (cell.includes(delimiter) ? `"${cell}"` : cell)).join(delimiter),
    )
    expect(detectDelimiter(quoted)).toMatchObject({ delimiter, header: true, skip: 0, names: lines[0] })
  })

  test('a first line of values is no header', () => {
    const layout = detectDelimiter(['1::0000068::10::1381620027', '2::0000070::7::1381620040'])
    expect(layout).toMatchObject({
      delimiter: '::',
      header: false,
      names: ['column_1', 'column_2', 'column_3', 'column_4'],
    })
  })

  test('a header of known words stays one where a word is repeated; other repeated cells are values', () => {
    const header = ['user_id,title,started_at,title', 'u1,Dawn,2024-01-05,Dusk']
    expect(detectDelimiter(header)).toMatchObject({ header: true })
    expect(detectDelimiter(['Dawn,Dawn,x', 'Dusk,Noon,y'])).toMatchObject({ header: false })
    const shares = ['Place,Name,Home,%,Away,%', '1,Dawn,$5,38.4%,$8,61.6%', '2,Noon,$7,47.6%,$6,52.4%']
    expect(detectDelimiter(shares)).toMatchObject({ header: true })
  })

  test('prose before the header is skipped', () => {
    const lines = [
      'Daily report of 71 cities',
      'Made on 2024-03-05',
      '',
      '频道,节目名称,收视率%',
      'A,早间新闻,1.2',
      'B,晚间新闻,2.3',
    ]
    expect(detectDelimiter(lines)).toMatchObject({ delimiter: ',', skip: 3, header: true })
  })

  test('headers that are years or dates are headers', () => {
    const lines = ['Channel,2019,2020,2021', 'A,1.1,1.2,1.3', 'B,2.1,2.2,2.3']
    expect(detectDelimiter(lines).header).toBe(true)
  })

  test('line breaks between quotes join lines, whatever cells hold', () => {
    const cell = fc.string({ maxLength: 12 }).map((text) => text.replaceAll('"', '').replace(/[\r\u0000]/g, ''))
    const quote = (text: string): string => `"${text}"`
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 4, maxLength: 20 }), (rows) => {
        const text = ['user_id,title,comment', ...rows.map((row) => row.map(quote).join(','))].join('\n')
        expect(detectDelimiter(text.split('\n'))).toMatchObject({ delimiter: ',', header: true })
      }),
    )
  })

  test('a quoted list is one cell, though without quotes the lines would have more cells of about the same number', () => {
    const rows = Array.from({ length: 40 }, (_, at) => `${at},Film ${at},"['Ann', 'Bo', 'Cy']"`)
    const lines = ['rank,title,actors', ...rows, '41,Dawn,"[\'Ann\']"']
    expect(detectDelimiter(lines)).toMatchObject({ delimiter: ',', quote: '"', header: true })
  })

  test('a tab separates quoted cells where quotes in them are doubled; otherwise a quote is text', () => {
    const quoted = ['id\ttitle\tsynopsis', '1\tDawn\t"The ""long"" morning"', '2\tNoon\t"Short"']
    expect(detectDelimiter(quoted).quote).toBe('"')
    const plain = ['id\ttitle\tsynopsis', '1\t"Dawn" revisited\tx', '2\tNoon\t"Short"']
    expect(detectDelimiter(plain).quote).toBe('')
  })

  test('a quote written twice between quotes is one', () => {
    expect(splitLine('a,"b ""c"", d",e', ',', '"')).toEqual(['a', 'b "c", d', 'e'])
  })
})
