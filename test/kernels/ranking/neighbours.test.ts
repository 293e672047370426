import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeMatrix } from '../../../src/kernels/matrices/placed-matrix.ts'
import { rowOf, type SparseMatrix, sparseMatrix } from '../../../src/kernels/matrices/sparse.ts'
import { Random, shuffled } from '../../../src/kernels/random.ts'
import { neighbours } from '../../../src/kernels/ranking/neighbours.ts'
import { never, withThreads } from '../../support/kernels.ts'

const columns = 30
const matrix = fc
  .array(
    fc.record({
      row: fc.integer({ min: 0, max: 19 }),
      column: fc.integer({ min: 0, max: columns - 1 }),
      value: fc.integer({ min: -3, max: 4 }).filter((value) => value !== 0),
    }),
    { maxLength: 200 },
  )
  .map((entries) =>
    sparseMatrix(20, columns, {
      row: Uint32Array.from(entries, ({ row }) => row),
      column: Uint32Array.from(entries, ({ column }) => column),
      value: Float32Array.from(entries, ({ value }) => value),
    }),
  )
const similarity = fc.record({
  a: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: columns, maxLength: columns }),
  b: fc.array(fc.integer({ min: 500, max: 900 }), { minLength: columns, maxLength: columns }),
  shift: fc.integer({ min: 0, max: 4 }),
  overlap: fc.constantFrom(0, 1),
})

function product(x: SparseMatrix, i: number, j: number): number {
  let sum = 0
  for (let row = 0; row < x.rows; row++) {
    const { index, value } = rowOf(x, row)
    sum += (value[index.indexOf(i)] ?? 0) * (value[index.indexOf(j)] ?? 0)
  }
  return sum
}

test('the nearest columns are those that the definition puts first', async () => {
  await withThreads(2, async (threads) => {
    await fc.assert(
      fc.asyncProperty(matrix, similarity, fc.integer({ min: 1, max: 40 }), async (x, { a, b, shift, overlap }, k) => {
        const arrays = { a: Float32Array.from(a), b: Float32Array.from(b), shift, overlap }
        const found = await neighbours(threads, placeMatrix(threads, x), arrays, k, never)
        for (let i = 0; i < columns; i++) {
          const near = Array.from({ length: columns }, (_, j) => {
            const d = product(x, i, j)
            const whole = (a[i] as number) * (a[j] as number) + (b[i] as number) + (b[j] as number) + shift
            return { j, similarity: Math.fround(d / (whole - overlap * d)) }
          })
            .filter((other) => other.j !== i && other.similarity > 0)
            .sort((one, other) => other.similarity - one.similarity || one.j - other.j)
            .slice(0, k)
          const [from, to] = [found.start[i], found.start[i + 1]]
          expect([...found.index.subarray(from, to)]).toEqual(near.map(({ j }) => j))
          expect([...found.value.subarray(from, to)]).toEqual(near.map((other) => other.similarity))
        }
      }),
      { numRuns: 60 },
    )
  })
})

test('columns without an entry have no neighbours and are none', async () => {
  const x = sparseMatrix(1, 5, {
    row: Uint32Array.of(0, 0),
    column: Uint32Array.of(1, 3),
    value: Float32Array.of(1, 1),
  })
  const empty = new Float32Array(5)
  const found = await withThreads(1, (threads) =>
    neighbours(
      threads,
      placeMatrix(threads, x),
      { a: Float32Array.of(0, 1, 0, 1, 0), b: empty, shift: 0, overlap: 0 },
      9,
      never,
    ),
  )
  expect([...found.start]).toEqual([0, 0, 1, 1, 2, 2])
  expect([...found.index]).toEqual([3, 1])
})

test('rows of more than one block count all, of few columns and of many', async () => {
  const [rows, perRow] = [3000, 50]
  const random = new Random(5)
  const lists = Array.from({ length: rows }, () =>
    Array.from(shuffled(64, random).subarray(0, perRow)).sort((a, b) => a - b),
  )
  const products = new Float64Array(64 ** 2)
  for (const list of lists)
    for (const i of list) for (const j of list) products[64 * i + j] = (products[64 * i + j] as number) + 1
  for (const columns of [64, 10_000]) {
    const x = { rows, columns, index: Uint32Array.from(lists.flat()), value: new Float32Array(rows * perRow).fill(1) }
    const start = Uint32Array.from({ length: rows + 1 }, (_, row) => row * perRow)
    const none = new Float32Array(columns)
    const found = await withThreads(1, (threads) =>
      neighbours(threads, placeMatrix(threads, { ...x, start }), { a: none, b: none, shift: 1, overlap: 0 }, 63, never),
    )
    expect(found.index.length).toBe(64 * 63)
    for (let i = 0; i < 64; i++) {
      for (let n = 63 * i; n < 63 * (i + 1); n++)
        expect(found.value[n]).toBe(products[64 * i + (found.index[n] as number)])
    }
  }
})
