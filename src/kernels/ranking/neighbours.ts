import { type PlacedMatrix, placeTransposed } from '../matrices/placed-matrix.ts'
import { columnSums, type SparseMatrix } from '../matrices/sparse.ts'
import type { KernelThreads } from '../threads/kernel-threads.ts'

const columnsPerTask = 32
/** Sums of scalar products that a thread holds at once, so that they stay in a near cache. */
const mostSums = 2 ** 17
const paddedTo4 = (length: number) => Math.ceil(length / 4) * 4

/** The similarity of columns i and j of scalar product d: d / (a_i a_j + b_i + b_j + shift - overlap d). */
export interface Similarity {
  readonly a: Float32Array
  readonly b: Float32Array
  readonly shift: number
  readonly overlap: number
}

/** The cosine of two columns; `shift` is added to the product of their lengths. */
export const cosineOf = (x: SparseMatrix, shift = 0): Similarity => ({
  a: Float32Array.from(
    columnSums(x, (value) => value ** 2),
    Math.sqrt,
  ),
  b: new Float32Array(x.columns),
  shift,
  overlap: 0,
})

/** Of each column, others with their similarity: those from `start[column]` up to `start[column + 1]`, best first. */
export interface Neighbours {
  readonly start: Uint32Array
  readonly index: Uint32Array
  readonly value: Float32Array
}

/** Memory that `neighbours` takes, in bytes, with the result. */
export const neighboursBytes = (rows: number, columns: number, entries: number, k: number) =>
  4 * (rows + 4 * columns + 4 * entries) + 16 * columns * Math.min(k, columns)

/**
 * The at most `k` most similar columns of each column of `x`, of similarity above 0, of equal ones the lower first.
 * O(sum of squared row lengths + columns^2 / 4) by `wasm/neighbours.ts`, in float32.
 */
export async function neighbours(
  threads: KernelThreads,
  x: PlacedMatrix,
  { a, b, shift, overlap }: Similarity,
  k: number,
  signal: AbortSignal,
): Promise<Neighbours> {
  const columns = paddedTo4(x.columns)
  const most = Math.min(k, x.columns)
  const padded = (array: Float32Array) => {
    const placed = threads.allocate(Float32Array, columns)
    placed.array.set(array)
    return placed.at
  }
  const index = threads.allocate(Uint32Array, x.columns * most)
  const value = threads.allocate(Float32Array, x.columns * most)
  const count = threads.allocate(Uint32Array, x.columns)
  const common = [
    ...x.at,
    ...placeTransposed(threads, x).at,
    ...[padded(a), padded(b), shift, overlap, x.rows, columns, most, index.at, value.at, count.at],
  ]
  const atOnce = Math.max(1, Math.min(columnsPerTask, Math.floor(mostSums / columns)))
  const tasks = Array.from({ length: Math.ceil(x.columns / columnsPerTask) }, (_, i) => {
    const first = i * columnsPerTask
    return [first, Math.min(first + columnsPerTask, x.columns), atOnce, ...common]
  })
  await threads.run('neighbourRows', tasks, signal, 4 * atOnce * (columns + 1))
  return compact(count.array, index.array, value.array, most)
}

/** What the first `count` of each `width` places hold. */
function compact(count: Uint32Array, index: Uint32Array, value: Float32Array, width: number): Neighbours {
  const start = new Uint32Array(count.length + 1)
  for (let column = 0; column < count.length; column++) {
    start[column + 1] = (start[column] as number) + (count[column] as number)
  }
  const total = start[count.length] as number
  const kept = { start, index: new Uint32Array(total), value: new Float32Array(total) }
  for (let column = 0; column < count.length; column++) {
    const from = column * width
    const to = from + (count[column] as number)
    kept.index.set(index.subarray(from, to), start[column])
    kept.value.set(value.subarray(from, to), start[column])
  }
  return kept
}
