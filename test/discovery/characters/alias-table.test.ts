import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AliasTable } from '../../../src/discovery/characters/alias-table.ts'

const tableOf = (...names: string[]) => {
  const table = new AliasTable<string>()
  for (const name of names) table.add(name, name)
  return table
}
const found = (table: AliasTable<string>, text: string) =>
  table.find(text).map(({ target, from, to }) => [target, text.slice(from, to)])

test('the longest name at a place is found, from left to right', () => {
  const table = tableOf('Jon', 'Jon Snow', 'Snow', '何炅', '何老师')
  expect(found(table, 'Jon, jon snow and SNOW: 何炅老师是何老师')).toEqual([
    ['Jon', 'Jon'],
    ['Jon Snow', 'jon snow'],
    ['Snow', 'SNOW'],
    ['何炅', '何炅'],
    ['何老师', '何老师'],
  ])
})

test('a name is found in other characters, accents and as a possessive, but not within a word', () => {
  const table = tableOf('Zoe', '撒贝宁', 'Rue')
  expect(found(table, "Zoë's 撒貝寧 Rue’s truest")).toEqual([
    ['Zoe', "Zoë's"],
    ['撒贝宁', '撒貝寧'],
    ['Rue', 'Rue’s'],
  ])
  expect(found(table, 'ruer Zoes')).toEqual([])
})

test('a name that ends where another goes on is still found', () => {
  expect(found(tableOf('a b', 'a b c d', 'c'), 'a b c e')).toEqual([
    ['a b', 'a b'],
    ['c', 'c'],
  ])
  expect(tableOf('Jon Snow').get('jon  snow')).toBe('Jon Snow')
  expect(tableOf('Jon Snow').get('Jon')).toBeUndefined()
})

test('places lie in the text in order, whatever it is', () => {
  const table = tableOf('a', 'a a', '何', '👏')
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '何', '👏', "'s", '<', '\ud83d') }), (text) => {
      let last = 0
      for (const { from, to } of table.find(text)) {
        expect(from).toBeGreaterThanOrEqual(last)
        expect(to).toBeGreaterThan(from)
        last = to
      }
      expect(last).toBeLessThanOrEqual(text.length)
    }),
  )
})
