import { expect, test } from 'vitest'
import { Random } from '../../../../src/kernels/random.ts'
import { lengthBatches } from '../../../../src/reviews/sentiment/lstm/length-batches.ts'

const lengths = Array.from({ length: 1000 }, (_, row) => (row * 37) % 400)
const lengthOf = (row: number) => lengths[row] as number
const rows = Uint32Array.from(lengths.keys()).subarray(1)
const batches = lengthBatches(rows, lengthOf, 16, new Random(1))

test('every row is in one batch', () => {
  expect(batches.flatMap((batch) => [...batch]).sort((a, b) => a - b)).toEqual([...rows])
  expect(Math.max(...batches.map(({ length }) => length))).toBe(16)
})

test('rows of a batch are of about one length, batches in no order', () => {
  const spans = batches.map(
    (batch) => Math.max(...Array.from(batch, lengthOf)) - Math.min(...Array.from(batch, lengthOf)),
  )
  expect(Math.max(...spans)).toBeLessThan(40)
  const longest = batches.map(([first]) => lengthOf(first as number))
  expect(longest).not.toEqual(longest.toSorted((a, b) => b - a))
})

test('batches depend on the random numbers alone', () => {
  expect(lengthBatches(rows, lengthOf, 16, new Random(1))).toEqual(batches)
  expect(lengthBatches(rows, lengthOf, 16, new Random(2))).not.toEqual(batches)
})
