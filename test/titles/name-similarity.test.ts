import { expect, it } from 'vitest'
import { compareNames, editDistance, prepareName } from '../../src/titles/name-similarity.ts'
import { parseTitle } from '../../src/titles/parse-title.ts'

const compare = (left: string, right: string, words: readonly [string, number][] = []): number =>
  compareNames(prepareName(parseTitle(left)), prepareName(parseTitle(right)), new Map(words)).value

it('counts insertions, deletions, substitutions and swaps', () => {
  expect(editDistance('kitten', 'sitting', 9)).toBe(3)
  expect(editDistance('abcd', 'abdc', 9)).toBe(1)
  expect(editDistance('abcdefgh', 'zzzzzzzz', 2)).toBe(3)
})

it('is 0 for sequels and 1 for spellings of one name', () => {
  expect(compare('Rocky II', 'Rocky III')).toBe(0)
  expect(compare('Rocky II', 'Rocky')).toBe(0)
  expect(compare('The Rocky Part II', 'ROCKY 2')).toBe(1)
  expect(compare('Jennifer Eight', 'Jennifer 8')).toBe(0.96)
  expect(compare('Nine', '9')).toBe(0.8)
})

it('takes a word that other names use for a word, not for a slip of the pen', () => {
  const words: [string, number][] = [
    ['house', 9],
    ['mouse', 4],
  ]
  expect(compare('The Yellow House', 'The Yellow Mouse')).toBeCloseTo(10 / 11)
  expect(compare('The Yellow House', 'The Yellow Mouse', words)).toBeCloseTo((10 / 11) * 0.88)
})
