import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gram } from '../../../src/kernels/matrices/gram.ts'
import { sparseMatrix } from '../../../src/kernels/matrices/sparse.ts'
import { largestDifference, never, withThreads } from '../../support/kernels.ts'

const entry = fc.record({
  row: fc.integer({ min: 0, max: 19 }),
  column: fc.integer({ min: 0, max: 69 }),
  value: fc.float({ min: Math.fround(0.1), max: 4, noNaN: true }),
})

test('the product of a sparse matrix with itself agrees with the definition', async () => {
  await withThreads(2, async (threads) => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 300 }), async (entries) => {
        const x = sparseMatrix(20, 70, {
          row: Uint32Array.from(entries, ({ row }) => row),
          column: Uint32Array.from(entries, ({ column }) => column),
          value: Float32Array.from(entries, ({ value }) => value),
        })
        const expected = new Float64Array(70 * 70)
        for (let row = 0; row < 20; row++) {
          for (let e = x.start[row] as number; e < (x.start[row + 1] as number); e++) {
            for (let f = x.start[row] as number; f <= e; f++) {
              const place = (x.index[e] as number) * 70 + (x.index[f] as number)
              expected[place] = (expected[place] as number) + (x.value[e] as number) * (x.value[f] as number)
            }
          }
        }
        const to = threads.allocate(Float32Array, 70 * 70)
        await gram(threads, x, to, 70, never)
        expect(largestDifference(to.array, expected)).toBeLessThan(1e-4)
      }),
      { numRuns: 40 },
    )
  })
})
