import type { KernelThreads, Placed } from '../threads/kernel-threads.ts'
import { placeMatrix, placeTransposed } from './placed-matrix.ts'
import type { SparseMatrix } from './sparse.ts'

const rowsAtOnce = 32

/** Memory that `gram` takes beside the result, in bytes. */
export const gramBytes = (rows: number, columns: number, entries: number) => 4 * (rows + columns + 4 * entries)

/**
 * Adds the lower triangle of XᵀX to `to`, rows `stride` apart. O(sum of squared row lengths / 2) by `wasm/gram.ts`; float32, exact
 * for counts up to 2^24.
 */
export async function gram(
  threads: KernelThreads,
  x: SparseMatrix,
  to: Placed<Float32Array>,
  stride: number,
  signal: AbortSignal,
): Promise<void> {
  const byRow = placeMatrix(threads, x).at
  const byColumn = placeTransposed(threads, x).at
  const tasks = Array.from({ length: Math.ceil(x.columns / rowsAtOnce) }, (_, i) => {
    const first = i * rowsAtOnce
    return [first, Math.min(first + rowsAtOnce, x.columns), ...byRow, ...byColumn, to.at, stride]
  })
  await threads.run('gramRows', tasks, signal)
}
