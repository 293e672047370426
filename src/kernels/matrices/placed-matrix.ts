import type { KernelThreads } from '../threads/kernel-threads.ts'
import { type SparseMatrix, transpose } from './sparse.ts'

/** A sparse matrix in the memory of kernels, and the addresses of `start`, `index` and `value` there. */
export interface PlacedMatrix extends SparseMatrix {
  readonly at: readonly number[]
}

function roomFor(threads: KernelThreads, rows: number, entries: number) {
  const start = threads.allocate(Uint32Array, rows + 1)
  const index = threads.allocate(Uint32Array, entries)
  const value = threads.allocate(Float32Array, entries)
  return { start: start.array, index: index.array, value: value.array, at: [start.at, index.at, value.at] }
}

/** A copy of `matrix` in the memory of `threads`. */
export function placeMatrix(threads: KernelThreads, matrix: SparseMatrix): PlacedMatrix {
  const room = roomFor(threads, matrix.rows, matrix.index.length)
  room.start.set(matrix.start)
  room.index.set(matrix.index)
  room.value.set(matrix.value)
  return { ...matrix, ...room }
}

/** The transpose of `matrix` in the memory of `threads`. */
export function placeTransposed(threads: KernelThreads, matrix: SparseMatrix): PlacedMatrix {
  const room = roomFor(threads, matrix.columns, matrix.index.length)
  return { ...transpose(matrix, room), at: room.at }
}
