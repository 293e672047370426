import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Value } from '../../src/engine/engine.ts'
import { csvText } from '../../src/export/csv.ts'

async function write(columns: string[], rows: Record<string, Value>[], guard?: boolean): Promise<string> {
  async function* batches() {
    yield rows
  }
  let text = ''
  for await (const chunk of csvText(columns, batches(), guard === undefined ? {} : { guard })) text += chunk
  return text
}

test('header, quotes, missing values and lists', async () => {
  const rows = [
    { name: 'A, "B"', seconds: 1.5, seen: true },
    { name: null, seconds: -3, seen: ['x', 'y'] },
    { name: '第一\n行', seconds: 0, seen: false },
  ]
  expect(await write(['name', 'seconds', 'seen'], rows)).toBe(
    'name,seconds,seen\r\n"A, ""B""",1.5,true\r\n,-3,"[""x"",""y""]"\r\n"第一\n行",0,false\r\n',
  )
})

test.each(['=cmd|calc', '+1+1', '-2+3', '@SUM(A1)', '\tx', '\rx', '\n=1', '＝1', '=1'])(
  '%j is not a formula',
  async (cell) => {
    const text = await write(['c'], [{ c: cell }])
    expect(text.replace('c\r\n', '')).toMatch(/^"?'/)
    expect(await write(['c'], [{ c: cell }], false)).not.toContain("'")
  },
)

test.each(['-12.5', '+3', '-1e5', '.5', '42', 'a=b', "it's"])('%j stays as it is', async (cell) => {
  expect(await write(['c'], [{ c: cell }])).toBe(`c\r\n${cell}\r\n`)
})

test('a header is guarded too', async () => {
  expect(await write(['=x'], [])).toBe("'=x\r\n")
})

test('unguarded text comes back from a reader of RFC 4180', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme', minLength: 1 })), async (cells) => {
      const text = await write(
        ['c', 'd'],
        cells.map((c) => ({ c, d: 'end' })),
        false,
      )
      const fields = [...text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*),end\r\n/g)].map(([, field = '']) =>
        field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field,
      )
      expect(fields).toEqual(cells)
    }),
  )
})
