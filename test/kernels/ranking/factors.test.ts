import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeMatrix, placeTransposed } from '../../../src/kernels/matrices/placed-matrix.ts'
import { rowOf, type SparseMatrix, type SparseVector, sparseMatrix } from '../../../src/kernels/matrices/sparse.ts'
import { Random } from '../../../src/kernels/random.ts'
import { factorGram, factorSide, improveSide } from '../../../src/kernels/ranking/factors.ts'
import { FoldIn } from '../../../src/kernels/ranking/fold-in.ts'
import { topK } from '../../../src/kernels/ranking/top-k.ts'
import { largestDifference, never, noise, seeds, withThreads } from '../../support/kernels.ts'

function plays(rows: number, columns: number, count: number, seed: number): SparseMatrix {
  const random = new Random(seed)
  return sparseMatrix(rows, columns, {
    row: Uint32Array.from({ length: count }, () => random.integer(rows)),
    column: Uint32Array.from({ length: count }, () => random.integer(columns)),
    value: Float32Array.from({ length: count }, () => 0.5 + random.uniform()),
  })
}

/** A x = b by Gaussian elimination; A is overwritten. */
function solve(a: number[][], b: number[]): number[] {
  for (const [k, pivotRow] of a.entries()) {
    for (let i = k + 1; i < a.length; i++) {
      const row = a[i] as number[]
      const factor = (row[k] as number) / (pivotRow[k] as number)
      for (let j = k; j < a.length; j++) row[j] = (row[j] as number) - factor * (pivotRow[j] as number)
      b[i] = (b[i] as number) - factor * (b[k] as number)
    }
  }
  const x = new Array<number>(b.length).fill(0)
  for (let i = b.length - 1; i >= 0; i--) {
    let rest = b[i] as number
    for (let j = i + 1; j < b.length; j++) rest -= (a[i]?.[j] as number) * (x[j] as number)
    x[i] = rest / (a[i]?.[i] as number)
  }
  return x
}

/** The factors that minimise the loss of one row, by the normal equations. */
function bestRow(
  { index, value }: SparseVector,
  factors: Float32Array,
  d: number,
  alpha0: number,
  l2: number,
): number[] {
  const y = (row: number, k: number) => factors[row * d + k] as number
  const size = [...Array(d).keys()]
  const a = size.map((i) =>
    size.map((j) => {
      let sum = i === j ? l2 : 0
      for (let row = 0; row < factors.length / d; row++) sum += alpha0 * y(row, i) * y(row, j)
      for (let e = 0; e < index.length; e++) {
        sum += (value[e] as number) * y(index[e] as number, i) * y(index[e] as number, j)
      }
      return sum
    }),
  )
  const b = size.map((i) => {
    return index.reduce((sum, row, e) => sum + (value[e] as number) * y(row, i), 0)
  })
  return solve(a, b)
}

const alpha0 = 0.3
const l2 = (row: number) => 0.5 + row / 10

/** Rows of viewers after `passes` against the fixed factors of 23 titles, and the loss that was told of the last. */
async function improved(matrix: SparseMatrix, titles: Float32Array, d: number, passes: number) {
  return await withThreads(2, async (threads) => {
    const own = factorSide(threads, placeMatrix(threads, matrix), d, l2)
    own.factors.array.set(noise(matrix.rows * d, 8))
    const other = factorSide(threads, placeTransposed(threads, matrix), d, l2)
    other.factors.array.set(titles)
    const gram = threads.allocate(Float32Array, d * d)
    await factorGram(threads, other, d, gram, never)
    let loss = { misses: 0, squares: 0 }
    for (let pass = 0; pass < passes; pass++) {
      loss = await improveSide(threads, own, other, gram, { dimensions: d, alpha0 }, never)
    }
    return { factors: own.factors.array, loss }
  })
}

const best = (matrix: SparseMatrix, titles: Float32Array, d: number) =>
  Array.from({ length: matrix.rows }, (_, row) => bestRow(rowOf(matrix, row), titles, d, alpha0, l2(row))).flat()

test('one pass over one block solves every row exactly', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(8, 16), fc.integer({ min: 0, max: 900 }), seeds, async (d, count, seed) => {
      const matrix = plays(9, 23, count, seed)
      const titles = noise(23 * d, seed + 1)
      const { factors, loss } = await improved(matrix, titles, d, 1)
      const expected = best(matrix, titles, d)
      expect(largestDifference(factors, expected)).toBeLessThan(2e-4)
      const expectedLoss = { misses: 0, squares: 0 }
      for (let row = 0; row < 9; row++) {
        const x = expected.slice(row * d, (row + 1) * d)
        const { index, value } = rowOf(matrix, row)
        expectedLoss.squares += l2(row) * x.reduce((sum, k) => sum + k * k, 0)
        for (let e = 0; e < index.length; e++) {
          const score = x.reduce((sum, k, i) => sum + k * (titles[(index[e] as number) * d + i] as number), 0)
          expectedLoss.misses += (value[e] as number) * (1 - score) ** 2
        }
      }
      for (const part of ['misses', 'squares'] as const) {
        expect(Math.abs(loss[part] - expectedLoss[part])).toBeLessThan(1e-3 * (1 + expectedLoss[part]))
      }
    }),
    { numRuns: 15 },
  )
})

test('many passes over several blocks, the last one narrow, come to the same', async () => {
  const matrix = plays(40, 23, 6000, 3)
  const titles = noise(23 * 40, 4)
  const { factors } = await improved(matrix, titles, 40, 400)
  expect(largestDifference(factors, best(matrix, titles, 40))).toBeLessThan(5e-3)
})

test('the best by their bounds are those that all products put first', () => {
  const [titles, d] = [300, 8]
  const some = fc.record({
    seed: seeds,
    count: fc.integer({ min: 0, max: 40 }),
    factor: fc.constantFrom(0, 0.4, 1, -2),
  })
  fc.assert(
    fc.property(some, ({ seed, count, factor }) => {
      const random = new Random(seed)
      const factors = noise(titles * d, seed)
      // Few titles are long; some are alike.
      for (let k = 0; k < factors.length; k++) factors[k] = (factors[k] as number) / (1 + Math.floor(k / d))
      factors.copyWithin(20 * d, 0, 10 * d)
      const foldIn = new FoldIn(factors, new Float64Array(d * d), d)
      const x = Float64Array.from(noise(d, seed + 1))
      const isOut = Uint8Array.from({ length: titles }, () => (random.uniform() < 0.3 ? 1 : 0))
      const leaveOut = (scores: Float64Array) => scores.map((score, title) => (isOut[title] ? -Infinity : score))
      const firstOf = (scores: Float64Array) =>
        Array.from(topK(scores, count), (title) => ({ title, score: scores[title] }))

      const alone = new Float64Array(titles)
      foldIn.score(x, alone)
      expect(foldIn.best(x, count, isOut)).toEqual(firstOf(leaveOut(alone)))

      const sums = leaveOut(Float64Array.from({ length: titles }, () => random.integer(3) / 4))
      const added = sums.slice()
      foldIn.addScores(x, factor, added)
      expect(foldIn.bestWith(sums, x, factor, count)).toEqual(firstOf(added))
    }),
    { numRuns: 100 },
  )
})

test('folding in solves the normal equations, and its parts sum to the scores', () => {
  fc.assert(
    fc.property(fc.constantFrom(8, 24), fc.integer({ min: 0, max: 23 }), seeds, (d, count, seed) => {
      const factors = noise(23 * d, seed)
      const gram = new Float64Array(d * d)
      for (let place = 0; place < d * d; place++) {
        for (let row = 0; row < 23; row++) {
          const y = factors.subarray(row * d, (row + 1) * d)
          gram[place] =
            (gram[place] as number) + alpha0 * (y[Math.floor(place / d)] as number) * (y[place % d] as number)
        }
      }
      const foldIn = new FoldIn(factors, gram, d)
      const history = rowOf(plays(1, 23, count, seed), 0)
      const scores = new Float64Array(23)
      foldIn.score(foldIn.solve(history, 0.7), scores)
      const x = bestRow(history, factors, d, alpha0, 0.7)
      for (let title = 0; title < 23; title++) {
        const expected = x.reduce((sum, k, i) => sum + k * (factors[title * d + i] as number), 0)
        expect(scores[title]).toBeCloseTo(expected, 8)
        const parts = foldIn.parts(history, 0.7, 0, title)
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(scores[title] as number, 10)
      }
    }),
    { numRuns: 20 },
  )
})
