import { ModelError } from '../../errors.ts'
import type { KernelThreads, Placed } from '../threads/kernel-threads.ts'

/** Rows of a strip, and of a block that is swept at once. */
const stripRows = 128
/** A pivot below this share of the largest diagonal element cannot be told from 0 in float32. */
const leastPivot = 1e-6

/** The least multiple of 8 from `n` on: how far apart the rows of a matrix must lie to be inverted. */
export const paddedTo8 = (n: number) => Math.ceil(n / 8) * 8

/** Working memory that `invert` takes beside the matrix, in bytes. */
export const invertBytes = (n: number, threads: number) =>
  4 * stripRows * (2 * (paddedTo8(n) + 8) + stripRows) + threads * 12 * stripRows ** 2

function singular(row: number): ModelError {
  return new ModelError(
    {
      en: `The matrix is singular: row ${row} follows from those before it.`,
      zh: `矩阵奇异：第 ${row} 行可由前面各行线性表出。`,
    },
    {
      code: 'matrix-singular',
      value: row,
      advice: { en: 'Choose a larger l2.', zh: '请增大 l2。' },
    },
  )
}

/**
 * Inverts in place the symmetric positive definite `n` x `n` matrix whose lower triangle is given, its rows `paddedTo8(n)` apart;
 * the inverse is whole. O(n^3), by blocks of 128 (`wasm/invert.ts`).
 * @throws ModelError `matrix-singular` where float32 cannot tell it from a singular or indefinite one.
 */
export async function invert(
  threads: KernelThreads,
  matrix: Placed<Float32Array>,
  n: number,
  signal: AbortSignal,
  onBlock: (done: number, of: number) => void = () => {},
): Promise<void> {
  const stride = paddedTo8(n)
  const { at, array } = matrix
  let largest = 0
  for (let i = 0; i < n; i++) largest = Math.max(largest, array[i * stride + i] as number)
  for (let i = n; i < stride; i++) {
    array.fill(0, i * stride, (i + 1) * stride)
    array[i * stride + i] = largest
  }
  const least = leastPivot * largest
  const x = threads.allocate(Float32Array, stripRows * stride)
  const y = threads.allocate(Float32Array, stripRows * (stride + 8))
  const p = threads.allocate(Float32Array, stripRows ** 2)
  const failed = threads.allocate(Int32Array, 1)
  const strips = Array.from({ length: Math.ceil(stride / stripRows) }, (_, i) => {
    const row = i * stripRows
    return { row, rows: Math.min(stripRows, stride - row) }
  })
  const scratch = 12 * stripRows ** 2
  for (const [done, { row: k, rows: size }] of strips.entries()) {
    await threads.run('sweepBlock', [[at, stride, k, size, least, p.at, failed.at]], signal, scratch)
    if (failed.array[0]) throw singular((failed.array[0] as number) - 1)
    const onEach = (...last: number[]) => strips.map(({ row, rows }) => [at, stride, k, size, row, rows, x.at, ...last])
    await threads.run('packStrip', onEach(), signal)
    await threads.run('scaleStrip', onEach(p.at, y.at), signal, scratch)
    // The longest strips first, so that no thread is left with one at the end.
    await threads.run('sweepStrip', onEach(y.at).reverse(), signal)
    onBlock(done + 1, strips.length)
  }
  await threads.run('mirrorStrip', strips.map(({ row, rows }) => [at, stride, row, rows]).reverse(), signal)
}
