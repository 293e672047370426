import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WordReader } from '../../../../src/reviews/sentiment/lstm/read-words.ts'

const read = (text: string, longest = 8) => [...new WordReader(longest).read(text)]

test('words are read in order, the same whatever their form', () => {
  expect(read('A GREAT film')).toEqual(read('a great   film'))
  expect(read('劇情精彩')).toEqual(read('剧情精彩'))
  expect(read('film great a')).toEqual(read('a great film').reverse())
  expect(read('')).toEqual([])
})

test('Chinese is read by words', () => {
  const [plot, fine] = [read('剧情'), read('精彩')]
  expect(plot).toHaveLength(1)
  expect(read('剧情精彩')).toEqual([...plot, ...fine])
  expect(read('剧情good精彩')).toEqual([...plot, ...read('good'), ...fine])
  expect(read('剧情，精彩')).toHaveLength(3)
})

test('of a long text a quarter is read at its beginning and the rest at its end', () => {
  expect(read('a b c d e f g h i j k l')).toEqual(read('a b g h i j k l'))
  expect(read('a b c d e f g h')).toEqual(read('a b c d e f g h', 100))
})

test('never more than so many words, none of them 0', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 8, max: 20 }), (text, longest) => {
      const words = read(text, longest)
      expect(words.length).toBe(Math.min(longest, read(text, 10_000).length))
      expect(words).not.toContain(0)
    }),
  )
})

test('the language is that of the whole text', () => {
  const reader = new WordReader(8)
  const text = `${'剧情非常精彩'.repeat(4)} it was the best of them all`
  reader.read(text)
  expect(reader.languageOf(text)).toBe('zh')
})
