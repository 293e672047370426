import type { KernelThreads, Placed } from '../threads/kernel-threads.ts'
import type { SparseMatrix } from './sparse.ts'

/** Tasks for each thread, so that all end at about the same time. */
const tasksPerThread = 8

/** Numbers of tasks' first and last row, such that each task has about as many of `rows`. */
export function rowRanges(rows: number, threads: KernelThreads): [number, number][] {
  const step = Math.ceil(rows / (tasksPerThread * threads.threads))
  return Array.from({ length: Math.ceil(rows / step) }, (_, i) => [i * step, Math.min(rows, (i + 1) * step)])
}

/** Room for one sparse matrix after another in the memory of kernels. */
export class SparseRoom {
  readonly start: Placed<Uint32Array>
  readonly index: Placed<Uint32Array>
  readonly value: Placed<Float32Array>

  /** For matrices of at most `rows` and `entries`. */
  constructor(threads: KernelThreads, rows: number, entries: number) {
    this.start = threads.allocate(Uint32Array, rows + 1)
    this.index = threads.allocate(Uint32Array, entries)
    this.value = threads.allocate(Float32Array, entries)
  }

  /** Puts `matrix` in the place of the one before. Gives where start, index and value lie. */
  hold({ start, index, value }: SparseMatrix): number[] {
    this.start.array.set(start)
    this.index.array.set(index)
    this.value.array.set(value)
    return [this.start.at, this.index.at, this.value.at]
  }
}

/** C += S D (`wasm/sparse-product.ts`) for S put in `room`, D and C by rows of `width` floats, a multiple of 4. O(entries * width). */
export async function addSparseProduct(
  threads: KernelThreads,
  room: SparseRoom,
  s: SparseMatrix,
  d: number,
  width: number,
  c: number,
  signal: AbortSignal,
): Promise<void> {
  const common = [...room.hold(s), d, width, c]
  await threads.run(
    'addSparseRows',
    rowRanges(s.rows, threads).map(([from, to]) => [from, to, ...common]),
    signal,
  )
}
