import fc from 'fast-check'
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

it('finds in the band what the full table holds', () => {
  const full = (left: string, right: string): number => {
    const at: number[][] = [Array.from({ length: right.length + 1 }, (_, column) => column)]
    const cell = (row: number, column: number): number => at[row]?.[column] ?? 0
    for (let row = 1; row <= left.length; row++) {
      at[row] = [row]
      for (let column = 1; column <= right.length; column++) {
        const change = left[row - 1] === right[column - 1] ? 0 : 1
        const costs = [cell(row - 1, column) + 1, cell(row, column - 1) + 1, cell(row - 1, column - 1) + change]
        const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
        if (row > 1 && column > 1 && isSwap) costs.push(cell(row - 2, column - 2) + 1)
        at[row]?.push(Math.min(...costs))
      }
    }
    return cell(left.length, right.length)
  }
  const word = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 9 }).map((letters) => letters.join(''))
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 9 }), (left, right, limit) => {
      expect(editDistance(left, right, limit)).toBe(Math.min(full(left, right), limit + 1))
    }),
    { numRuns: 2000 },
  )
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
