import { expect, test } from 'vitest'
import { mostCount } from '../../../../src/reviews/sentiment/linear/scan-grams.ts'
import { WeighedGrams } from '../../../../src/reviews/sentiment/linear/weighed-grams.ts'

const keys = Int32Array.of(5, -7, 9)
const filled = () => new WeighedGrams(keys, Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6))

test('n-grams are counted within one text, up to the most that counts', () => {
  const grams = filled()
  const at = grams.find(-7)
  expect(grams.find(8)).toBe(-1)
  for (let text = 0; text < 3; text++) {
    grams.begin(keys, keys.length)
    for (let times = 1; times <= mostCount; times++) expect(grams.meet(at)).toBe(times)
    expect([grams.meet(at), grams.meet(at), grams.meet(grams.find(5))]).toEqual([0, 0, 1])
  }
  expect([grams.coefficient(at), grams.weight(at)]).toEqual([2, 5])
})

test('after more texts than are told apart, a text begins anew', () => {
  const grams = filled()
  const at = grams.find(9)
  grams.begin(keys, 0)
  expect(grams.meet(at)).toBe(1)
  for (let text = 1; text < 2 ** 23; text++) grams.begin(keys, 0)
  expect([grams.meet(at), grams.meet(at)]).toEqual([1, 2])
})
