import { gram, gramBytes } from '../../kernels/gram.ts'
import { invert, invertBytes, paddedTo8 } from '../../kernels/invert.ts'
import { KernelThreads } from '../../kernels/kernel-threads.ts'
import { columnSums, rowOf, type SparseMatrix, transpose } from '../../kernels/sparse.ts'
import type { TrainingRun, TrainingShape } from '../recommender.ts'

/** What a machine may run on at most, for an estimate that holds on every one. */
const mostThreads = 64
const titlesAtOnce = 32

/** Memory that `easeCoefficients` takes at most with the result, in bytes. */
export function easeBytes({ viewers, watched: titles, entries }: TrainingShape): number {
  const inverted = Math.min(viewers, titles)
  const side = (n: number) => 4 * paddedTo8(n) ** 2
  const result = viewers < titles ? side(titles) : 0
  return side(inverted) + result + invertBytes(inverted, mostThreads) + gramBytes(viewers, titles, entries)
}

type Run = Pick<TrainingRun, 'signal' | 'onPass'>

/** (XᵀX + l2 I)^-1 over the columns of X, or, where X is given by columns, (XXᵀ + l2 I)^-1 over its rows; rows `stride` apart. */
async function inverseGram(threads: KernelThreads, x: SparseMatrix, l2: number, { signal, onPass }: Run) {
  const n = x.columns
  const stride = paddedTo8(n)
  const matrix = threads.allocate(Float32Array, stride * stride)
  await gram(threads, x, matrix, stride, signal)
  for (let i = 0; i < n; i++) matrix.array[i * stride + i] = (matrix.array[i * stride + i] as number) + l2
  await invert(threads, matrix, n, signal, onPass)
  return { array: matrix.array, stride }
}

/** B_ij = -P_ij / P_jj, P the inverse over the titles, in whose place B is left. O(titles^3). */
async function byTitles(threads: KernelThreads, x: SparseMatrix, l2: number, run: Run): Promise<Float32Array> {
  const n = x.columns
  const { array: p, stride } = await inverseGram(threads, x, l2, run)
  const scale = Float64Array.from({ length: n }, (_, j) => -1 / (p[j * stride + j] as number))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) p[i * n + j] = i === j ? 0 : (p[i * stride + j] as number) * (scale[j] as number)
  }
  return p.subarray(0, n * n)
}

/**
 * The same by the inverse M over the viewers: l2 P = I - H, H = Xᵀ M X (Woodbury), so that B_ij = H_ij / (1 - H_jj).
 * O(viewers^3 + entries (viewers + titles)).
 */
async function byViewers(threads: KernelThreads, x: SparseMatrix, l2: number, run: Run): Promise<Float32Array> {
  const { rows: viewers, columns: n } = x
  const byTitle = transpose(x)
  const { array: m, stride } = await inverseGram(threads, byTitle, l2, run)
  const b = new Float32Array(n * n)
  const ofViewers = new Float64Array(viewers)
  const ofTitles = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    if (i % titlesAtOnce === 0) run.signal.throwIfAborted()
    const { index, value } = rowOf(byTitle, i)
    ofViewers.fill(0)
    for (let e = 0; e < index.length; e++) {
      const from = (index[e] as number) * stride
      for (let v = 0; v < viewers; v++) {
        ofViewers[v] = (ofViewers[v] as number) + (value[e] as number) * (m[from + v] as number)
      }
    }
    ofTitles.fill(0)
    for (let v = 0; v < viewers; v++) {
      const amount = ofViewers[v] as number
      const end = x.start[v + 1] as number
      for (let e = x.start[v] as number; e < end; e++) {
        const title = x.index[e] as number
        ofTitles[title] = (ofTitles[title] as number) + amount * (x.value[e] as number)
      }
    }
    b.set(ofTitles, i * n)
  }
  // 1 - H_jj is no less than l2 / (l2 + squares of j), which rounding must not undo.
  const squares = columnSums(x, (weight) => weight ** 2)
  const scale = squares.map((sum, j) => 1 / Math.max(1 - (b[j * n + j] as number), l2 / (l2 + sum)))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) b[i * n + j] = i === j ? 0 : (b[i * n + j] as number) * (scale[j] as number)
  }
  return b
}

/**
 * B of titles x titles with a diagonal of 0 that makes |X - XB|^2 + l2 |B|^2 least, X of viewers x titles; by the inverse over whichever
 * are fewer, in float32. @throws ModelError `matrix-singular`
 * @see Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019, eq. 8
 */
export async function easeCoefficients(x: SparseMatrix, l2: number, run: TrainingRun): Promise<Float32Array> {
  const threads = new KernelThreads(run.threads)
  try {
    return await (x.rows < x.columns ? byViewers : byTitles)(threads, x, l2, run)
  } finally {
    await threads.close()
  }
}
