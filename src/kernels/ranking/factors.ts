import type { PlacedMatrix } from '../matrices/placed-matrix.ts'
import { dense, multiply, transposed } from '../matrices/product.ts'
import type { SparseMatrix } from '../matrices/sparse.ts'
import type { KernelThreads, Placed } from '../threads/kernel-threads.ts'

/** Tasks for each thread, so that all end at about the same time. */
const tasksPerThread = 16
/** What a task costs at most, in entries: the calling thread is back soon. */
const mostCost = 2 ** 19
const scratchBytes = 44 * 1024

/** The rows of one side of the data with their factors, in the memory of kernels. */
export interface FactorSide {
  /** Rows x `dimensions`. */
  readonly factors: Placed<Float32Array>
  /** Weight of the squares of each row. */
  readonly l2: Placed<Float32Array>
  readonly entries: readonly number[]
  /** Where the rows are cut so that each part has about as many entries. */
  readonly cuts: readonly number[]
  /** Of each part, the loss of its entries and that of its squares. */
  readonly losses: Placed<Float64Array>
  readonly longest: number
}

function evenCuts({ rows, start }: SparseMatrix, fewest: number): number[] {
  // A row costs about as much as 16 entries beside its own.
  const cost = (row: number) => (start[row] as number) + 16 * row
  const parts = Math.max(fewest, cost(rows) / mostCost)
  const cuts = [0]
  for (let row = 1; row < rows; row++) {
    if (cost(row) - cost(cuts.at(-1) as number) >= cost(rows) / parts) cuts.push(row)
  }
  return [...cuts, rows]
}

/** Memory that a side takes, in bytes. */
export const sideBytes = (rows: number, entries: number, dimensions: number) =>
  4 * (rows * (dimensions + 2) + 2 * entries)

/** The side of the rows of `matrix`, whose factors are 0 at first. */
export function factorSide(
  threads: KernelThreads,
  matrix: PlacedMatrix,
  dimensions: number,
  l2: (row: number) => number,
): FactorSide {
  const cuts = evenCuts(matrix, threads.threads * tasksPerThread)
  let longest = 0
  for (let row = 0; row < matrix.rows; row++) {
    longest = Math.max(longest, (matrix.start[row + 1] as number) - (matrix.start[row] as number))
  }
  return {
    factors: threads.allocate(Float32Array, matrix.rows * dimensions),
    l2: threads.place(Float32Array.from({ length: matrix.rows }, (_, row) => l2(row))),
    entries: matrix.at,
    cuts,
    losses: threads.allocate(Float64Array, 2 * (cuts.length - 1)),
    longest,
  }
}

/** FᵀF for the factors F of `side`, into `to`. */
export async function factorGram(
  threads: KernelThreads,
  { factors: { at, array } }: FactorSide,
  dimensions: number,
  to: Placed<Float32Array>,
  signal: AbortSignal,
): Promise<void> {
  const f = dense(at, array.length / dimensions, dimensions)
  to.array.fill(0)
  await multiply(threads, transposed(f), f, dense(to.at, dimensions, dimensions), signal)
}

/**
 * One pass of `improveRows` (`wasm/factors.ts`) over the rows of `own`, given the factors of `other` and their Gram matrix.
 * Gives the losses of the entries and of the squares of `own` as they are then. `dimensions` is a multiple of 8.
 */
export async function improveSide(
  threads: KernelThreads,
  own: FactorSide,
  other: FactorSide,
  gram: Placed<Float32Array>,
  { dimensions, alpha0 }: { dimensions: number; alpha0: number },
  signal: AbortSignal,
): Promise<{ misses: number; squares: number }> {
  const common = [...own.entries, own.factors.at, other.factors.at, gram.at, dimensions, alpha0, own.l2.at]
  const tasks = Array.from({ length: own.cuts.length - 1 }, (_, i) => {
    return [own.cuts[i] as number, own.cuts[i + 1] as number, ...common, own.losses.at + 16 * i]
  })
  await threads.run('improveRows', tasks, signal, scratchBytes + 4 * own.longest)
  const sumFrom = (place: number) => own.losses.array.reduce((sum, loss, i) => (i % 2 === place ? sum + loss : sum), 0)
  return { misses: sumFrom(0), squares: sumFrom(1) }
}
