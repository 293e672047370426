import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  entryRows,
  rowOf,
  type SparseMatrix,
  sparseMatrix,
  stackRows,
  transpose,
} from '../../../src/kernels/matrices/sparse.ts'

const entries = fc.array(fc.tuple(fc.nat(6), fc.nat(4), fc.integer({ min: 1, max: 9 })), { maxLength: 60 })

function matrixOf(list: readonly (readonly [number, number, number])[]): SparseMatrix {
  return sparseMatrix(7, 5, {
    row: Uint32Array.from(list, ([row]) => row),
    column: Uint32Array.from(list, ([, column]) => column),
    value: Float32Array.from(list, ([, , value]) => value),
  })
}

function cells(matrix: SparseMatrix): Map<string, number> {
  const rows = entryRows(matrix)
  return new Map(Array.from(matrix.index, (column, i) => [`${rows[i]} ${column}`, matrix.value[i] as number]))
}

test('holds the largest value of each place, columns ascending within a row', () => {
  fc.assert(
    fc.property(entries, (list) => {
      const expected = new Map<string, number>()
      for (const [row, column, value] of list) {
        const place = `${row} ${column}`
        expected.set(place, Math.max(value, expected.get(place) ?? 0))
      }
      const matrix = matrixOf(list)
      expect(cells(matrix)).toEqual(expected)
      for (let row = 0; row < 7; row++) {
        const { index } = rowOf(matrix, row)
        expect([...index]).toEqual([...new Set(index)].sort((a, b) => a - b))
      }
    }),
  )
})

test('the transpose holds the same entries turned round, and turned twice is the matrix itself', () => {
  fc.assert(
    fc.property(entries, (list) => {
      const matrix = matrixOf(list)
      const turned = transpose(matrix)
      expect(cells(turned)).toEqual(
        new Map([...cells(matrix)].map(([place, value]) => [place.split(' ').reverse().join(' '), value])),
      )
      expect(transpose(turned)).toEqual(matrix)
    }),
  )
})

test('stacked matrices hold the rows of both', () => {
  fc.assert(
    fc.property(entries, entries, (above, below) => {
      const [first, second] = [matrixOf(above), matrixOf(below)]
      const both = stackRows(first, second)
      for (let row = 0; row < 14; row++) {
        expect(rowOf(both, row)).toEqual(row < 7 ? rowOf(first, row) : rowOf(second, row - 7))
      }
    }),
  )
})

test('a matrix without entries has empty rows', () => {
  const empty = sparseMatrix(2, 3, { row: new Uint32Array(0), column: new Uint32Array(0), value: new Float32Array(0) })
  expect(rowOf(empty, 1).index.length).toBe(0)
  expect(transpose(empty).start).toEqual(new Uint32Array(4))
})
