import { expect, test } from 'vitest'
import { type Credited, castOf } from '../../../src/discovery/characters/cast.ts'
import { aliasesOf, formedNames } from '../../../src/discovery/characters/name-forms.ts'

const row = (person: string, character: string | null = null, more: Partial<Credited> = {}): Credited => ({
  person,
  role: 'actor',
  character,
  billing: null,
  source: 'a',
  ...more,
})

test('a character and who plays them are two', () => {
  expect(castOf([row('Kit Harington', 'Jon Snow'), row('KIT HARINGTON', 'Jon Snow', { role: 'Producer' })])).toEqual([
    { name: 'Jon Snow', kind: 'character', names: ['Jon Snow'], counterparts: ['Kit Harington'], roles: [] },
    {
      name: 'Kit Harington',
      kind: 'person',
      names: ['Kit Harington'],
      counterparts: ['Jon Snow'],
      roles: ['actor', 'producer'],
    },
  ])
})

test('those who play themselves, and nobody in particular, are no characters', () => {
  const cast = castOf([
    row('何炅', '何炅'),
    row('韩雪', '本人'),
    row('Ann Bo', 'Self'),
    row('Cy Dee', 'Narrator (voice)'),
  ])
  expect(cast.map(({ kind, name }) => [kind, name])).toEqual(
    ['何炅', '韩雪', 'Ann Bo', 'Cy Dee'].map((name) => ['person', name]),
  )
})

test('a Chinese name and another are one’s', () => {
  const names = (rows: Credited[]) => castOf(rows).map((figure) => figure.names)
  expect(names([row('吴映洁/Emma Wu')])).toEqual([['吴映洁', 'Emma Wu']])
  expect(names([row('梁朝伟', null, { billing: 1 }), row('Tony Leung', null, { billing: 1, source: 'b' })])).toEqual([
    ['梁朝伟', 'Tony Leung'],
  ])
  expect(names([row('梁朝伟', '周慕云'), row('梁朝伟', 'Chow Mo-wan')])).toEqual([
    ['周慕云', 'Chow Mo-wan'],
    ['梁朝伟'],
  ])
  // Two of one language at one place are two.
  expect(names([row('Ann Bo', null, { billing: 1 }), row('Cy Dee', null, { billing: 1 })])).toEqual([
    ['Ann Bo'],
    ['Cy Dee'],
  ])
})

test('parts of names are words of their own', () => {
  const parts = (...names: string[]) => aliasesOf(names).flatMap(({ kind, text }) => (kind === 'part' ? text : []))
  expect(parts('Captain Rue')).toEqual(['Rue'])
  expect(parts('Keisha Castle-Hughes')).toEqual(['Keisha', 'Castle-Hughes'])
  expect(parts("Craster's Wife", 'Guard #2', 'Will', 'Lord of the Rings')).toEqual(['Wife', 'Rings'])
  expect(parts('撒贝宁', '欧阳娜娜', '何炅', '琼恩·雪诺')).toEqual(['贝宁', '娜娜', '琼恩', '雪诺'])
})

test('names are formed as viewers form them', () => {
  const chinese = formedNames(['白敬亭'])
  for (const name of ['小白', '白白', '白老师', '亭亭', '敬亭哥', '老白']) expect(chinese.has(name), name).toBe(true)
  expect(formedNames(['大张伟']).has('大哥')).toBe(false)
  const english = formedNames(['Benjamin Stark'])
  for (const name of ['ben', 'benji', 'benjy']) expect(english.has(name), name).toBe(true)
  expect(english.has('benjamin')).toBe(false)
})
