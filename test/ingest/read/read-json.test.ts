import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JsonElements } from '../../../src/ingest/read/json-elements.ts'
import { codeOf, readAll } from './fixture.ts'

test('an array: nested members, lists, missing keys, long numbers, lines', async () => {
  const { columns, records } = await readAll(
    '[\n{"id": 12345678901234567890, "a": {"b": true, "c": [1, "x"]}},\n\n{"id": 2, "later": null, "n": 1.5}, {"id": tru}, 7\n]',
    { type: 'json' },
  )
  expect(columns).toEqual(['id', 'a.b', 'a.c', 'later', 'n'])
  expect(records).toEqual([
    { line: 2, fields: ['12345678901234567890', 'true', '[1,"x"]', '', ''] },
    { line: 4, fields: ['2', '', '', '', '1.5'] },
    { line: 4, raw: '{"id": tru}', malformed: expect.objectContaining({ en: 'It is not well-formed JSON.' }) },
    { line: 4, raw: '7', malformed: expect.objectContaining({ en: 'It is not a JSON object.' }) },
  ])
})

test('the records are found, or set, and a list in them gives a row an item', async () => {
  const content =
    '{"tags": ["x"], "data": {"episodes": [{"n": 1, "scenes": [{"at": "0:01"}, {"at": "0:02"}]}, {"n": 2, "scenes": []}]}}'
  const wanted = [
    ['1', '0:01'],
    ['1', '0:02'],
  ]
  expect((await readAll(content, { type: 'json', explode: 'scenes' })).rows).toEqual(wanted)
  const set = await readAll(content, { type: 'json', records: 'data.episodes', explode: 'scenes' })
  expect(set.columns).toEqual(['n', 'scenes.at'])
  expect(set.rows).toEqual(wanted)
  expect((await readAll('[{"t": "x", "cast": ["A", "B"]}]', { type: 'json', explode: 'cast' })).rows).toEqual([
    ['x', 'A'],
    ['x', 'B'],
  ])
  expect(await codeOf(readAll(content, { type: 'json', records: 'data.films' }))).toBe('no-records')
  expect(await codeOf(readAll('{"a": [{}], "b": [{}]}', { type: 'json' }))).toBe('no-records')
  expect(await codeOf(readAll(' ', { type: 'json' }))).toBe('empty-file')
})

test('one bad element or a cut-off end loses nothing else', async () => {
  const { rows } = await readAll('[{"a": "x},\n{"a": 2}, {"a": "\\ud800"}, {"a"', { type: 'json' })
  expect(rows.map(([first]) => first)).toEqual(
    ['malformed'].concat(rows.length > 1 ? ['2', 'malformed', 'malformed'] : []),
  )
})

test('JSON Lines: a bad line is one malformed record', async () => {
  const { columns, rows } = await readAll('{"a": 1}\n\n{"a": \n{"b": "片"}\n', { type: 'jsonl' })
  expect(columns).toEqual(['a', 'b'])
  expect(rows).toEqual([
    ['1', ''],
    ['malformed', '{"a": '],
    ['', '片'],
  ])
})

test('elements are the same however the text is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 6 }), fc.integer({ min: 1, max: 7 }), (values, size) => {
      const text = JSON.stringify({ 'k"': { x: values } })
      const elements = new JsonElements('k".x')
      const found = []
      for (let at = 0; at < text.length; at += size) found.push(...elements.push(text.slice(at, at + size)))
      expect(found.map((element) => JSON.parse(element.text))).toEqual(JSON.parse(JSON.stringify(values)))
      expect(elements.state).toBe('behind')
    }),
  )
})
