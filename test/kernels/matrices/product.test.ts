import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Dense, dense, multiply, transposed } from '../../../src/kernels/matrices/product.ts'
import { instantiate, isRelaxed, kernelMemory, kernelModule } from '../../../src/kernels/threads/kernel-module.ts'
import { largestDifference, never, noise, seeds, withThreads } from '../../support/kernels.ts'

type Element = (row: number, column: number) => number

const elements =
  (array: Float32Array, { rowStride, columnStride }: Dense): Element =>
  (row, column) =>
    array[row * rowStride + column * columnStride] as number

/** C + factor * A B by the definition, in double precision. */
function product(
  rows: number,
  columns: number,
  depth: number,
  a: Element,
  b: Element,
  c: Float32Array,
  factor: number,
) {
  return Float64Array.from(c, (before, place) => {
    let sum = 0
    for (let k = 0; k < depth; k++) sum += a(Math.floor(place / columns), k) * b(k, place % columns)
    return rows > 0 ? before + factor * sum : before
  })
}

const size = fc.integer({ min: 1, max: 90 })

test('products agree with the definition, whichever factor is transposed', async () => {
  await withThreads(2, async (threads) => {
    const cases = fc.record({
      rows: size,
      columns: size,
      depth: size,
      left: fc.boolean(),
      right: fc.boolean(),
      seed: seeds,
    })
    await fc.assert(
      fc.asyncProperty(cases, async ({ rows, columns, depth, left, right, seed }) => {
        const a = threads.place(noise(rows * depth, seed))
        const b = threads.place(noise(depth * columns, seed + 1))
        const c = threads.place(noise(rows * columns, seed + 2))
        const A = left ? transposed(dense(a.at, depth, rows)) : dense(a.at, rows, depth)
        const B = right ? transposed(dense(b.at, columns, depth)) : dense(b.at, depth, columns)
        const expected = product(rows, columns, depth, elements(a.array, A), elements(b.array, B), c.array, -2)
        await multiply(threads, A, B, dense(c.at, rows, columns), never, -2)
        expect(largestDifference(c.array, expected)).toBeLessThan(1e-4)
      }),
      { numRuns: 40 },
    )
  })
})

test('products deeper, wider and higher than one block agree with the definition', async () => {
  const [rows, columns, depth] = [101, 530, 300]
  await withThreads(1, async (threads) => {
    const a = threads.place(noise(rows * depth, 1))
    const b = threads.place(noise(depth * columns, 2))
    const plain: [Dense, Dense] = [dense(a.at, rows, depth), dense(b.at, depth, columns)]
    const turned: [Dense, Dense] = [transposed(dense(a.at, depth, rows)), transposed(dense(b.at, columns, depth))]
    for (const [A, B] of [plain, turned]) {
      const c = threads.allocate(Float32Array, rows * columns)
      const expected = product(rows, columns, depth, elements(a.array, A), elements(b.array, B), c.array, 1)
      await multiply(threads, A, B, dense(c.at, rows, columns), never)
      expect(largestDifference(c.array, expected)).toBeLessThan(1e-4)
    }
  })
})

test('both binaries compute the same but for rounding', () => {
  expect(isRelaxed || process.versions.node.startsWith('20')).toBe(true)
  const results = [false, isRelaxed].map((relaxed) => {
    const memory = kernelMemory()
    memory.grow(20)
    const kernels = instantiate(kernelModule(relaxed), memory)
    const [a, b, c] = [1, 2, 3].map((page) => new Float32Array(memory.buffer, page * 65_536, 40 * 40))
    a?.set(noise(1600, 3))
    b?.set(noise(1600, 4))
    kernels.multiply(4 * 65_536, 40, 40, 40, 1, 65_536, 40, 1, 2 * 65_536, 40, 1, 3 * 65_536, 40)
    return c as Float32Array
  })
  expect(largestDifference(results[0] as Float32Array, results[1] as Float32Array)).toBeLessThan(1e-4)
  expect(results[0]?.some((value) => value !== 0)).toBe(true)
})
