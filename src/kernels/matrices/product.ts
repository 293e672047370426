import type { KernelThreads } from '../threads/kernel-threads.ts'

/** A dense float32 matrix in the memory of kernels: element (i, j) lies `4 * (i * rowStride + j * columnStride)` bytes from `at`. */
export interface Dense {
  readonly at: number
  readonly rows: number
  readonly columns: number
  readonly rowStride: number
  readonly columnStride: number
}

/** The matrix at `at`, row by row. */
export const dense = (at: number, rows: number, columns: number, rowStride = columns): Dense => ({
  at,
  rows,
  columns,
  rowStride,
  columnStride: 1,
})

/** The transpose, sharing memory. */
export const transposed = ({ at, rows, columns, rowStride, columnStride }: Dense): Dense => ({
  at,
  rows: columns,
  columns: rows,
  rowStride: columnStride,
  columnStride: rowStride,
})

const scratchBytes = 4 * (48 * 8 + (48 + 512) * 256)
const leastRows = 32

function taskOf(a: Dense, b: Dense, c: Dense, factor: number): number[] {
  const left = [a.at, a.rowStride, a.columnStride]
  const right = [b.at, b.rowStride, b.columnStride]
  return [c.rows, c.columns, a.columns, factor, ...left, ...right, c.at, c.rowStride]
}

/**
 * C += factor * A B (`wasm/product.ts`), float32 throughout; C is stored by rows and shares no memory with A and B. A transposed factor is
 * one whose strides are swapped. O(rows * columns * depth), in blocks of at least 32 rows or columns shared by the threads.
 */
export async function multiply(
  threads: KernelThreads,
  a: Dense,
  b: Dense,
  c: Dense,
  signal: AbortSignal,
  factor = 1,
): Promise<void> {
  const parts = (size: number) => Math.max(1, Math.min(4 * threads.threads, Math.floor(size / leastRows)))
  const byRows = c.rows >= c.columns
  const size = byRows ? c.rows : c.columns
  const step = Math.ceil(size / parts(size) / 8) * 8
  const tasks = Array.from({ length: Math.ceil(size / step) }, (_, i) => {
    const from = i * step
    const count = Math.min(step, size - from)
    const [row, column] = byRows ? [from, 0] : [0, from]
    const [rows, columns] = byRows ? [count, c.columns] : [c.rows, count]
    const left = { ...a, at: a.at + 4 * row * a.rowStride }
    const right = { ...b, at: b.at + 4 * column * b.columnStride }
    return taskOf(left, right, { ...c, at: c.at + 4 * (row * c.rowStride + column), rows, columns }, factor)
  })
  await threads.run('multiply', tasks, signal, scratchBytes)
}
