import { gram, gramBytes } from '../../kernels/matrices/gram.ts'
import { invert, invertBytes, paddedTo8 } from '../../kernels/matrices/invert.ts'
import { columnSums, rowOf, type SparseMatrix, transpose, withValues } from '../../kernels/matrices/sparse.ts'
import { KernelThreads } from '../../kernels/threads/kernel-threads.ts'
import type { TrainingRun, TrainingShape } from '../recommender.ts'

/** What a machine may run on at most, for an estimate that holds on every one. */
const mostThreads = 64
const titlesAtOnce = 32

/** Memory that `easeCoefficients` takes at most with the result, in bytes. */
export function easeBytes({ viewers, watched: titles, entries }: TrainingShape): number {
  const inverted = Math.min(viewers, titles)
  const side = (n: number) => 4 * paddedTo8(n) ** 2
  const result = viewers < titles ? side(titles) : 0
  const scaled = 4 * entries
  return side(inverted) + result + scaled + invertBytes(inverted, mostThreads) + gramBytes(viewers, titles, entries)
}

/** What keeps the coefficients small, and how much titles that few watched are favoured. */
interface Penalties {
  readonly l2: number
  readonly dropout: number
  readonly rarity: number
}

type Run = Pick<TrainingRun, 'signal' | 'onPass'>

/** (YᵀY + I)^-1 over the columns of Y, or, where Y is given by columns, (YYᵀ + I)^-1 over its rows; rows `stride` apart. */
async function inverseGram(threads: KernelThreads, y: SparseMatrix, { signal, onPass }: Run) {
  const n = y.columns
  const stride = paddedTo8(n)
  const matrix = threads.allocate(Float32Array, stride * stride)
  await gram(threads, y, matrix, stride, signal)
  for (let i = 0; i < n; i++) matrix.array[i * stride + i] = (matrix.array[i * stride + i] as number) + 1
  await invert(threads, matrix, n, signal, onPass)
  return { array: matrix.array, stride }
}

/** B_ij = -P_ij / P_jj, P the inverse over the titles, in whose place B is left. O(titles^3). */
async function byTitles(threads: KernelThreads, y: SparseMatrix, run: Run): Promise<Float32Array> {
  const n = y.columns
  const { array: p, stride } = await inverseGram(threads, y, run)
  const scale = Float64Array.from({ length: n }, (_, j) => -1 / (p[j * stride + j] as number))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) p[i * n + j] = i === j ? 0 : (p[i * stride + j] as number) * (scale[j] as number)
  }
  return p.subarray(0, n * n)
}

/**
 * The same by the inverse M over the viewers: P = I - H, H = Yᵀ M Y (Woodbury), so that B_ij = H_ij / (1 - H_jj).
 * O(viewers^3 + entries (viewers + titles)).
 */
async function byViewers(threads: KernelThreads, y: SparseMatrix, run: Run): Promise<Float32Array> {
  const { rows: viewers, columns: n } = y
  const byTitle = transpose(y)
  const { array: m, stride } = await inverseGram(threads, byTitle, run)
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
      const end = y.start[v + 1] as number
      for (let e = y.start[v] as number; e < end; e++) {
        const title = y.index[e] as number
        ofTitles[title] = (ofTitles[title] as number) + amount * (y.value[e] as number)
      }
    }
    b.set(ofTitles, i * n)
  }
  // 1 - H_jj is no less than 1 / (1 + squares of j), which rounding must not undo.
  const squares = columnSums(y, (weight) => weight ** 2)
  const scale = squares.map((sum, j) => 1 / Math.max(1 - (b[j * n + j] as number), 1 / (1 + sum)))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) b[i * n + j] = i === j ? 0 : (b[i * n + j] as number) * (scale[j] as number)
  }
  return b
}

/**
 * B of titles x titles with a diagonal of 0 that makes |X - XB|^2 + sum over i of l_i |row i of B|^2 least, X of viewers x titles, l_i = l2 +
 * dropout / (1 - dropout) * sum of squares of column i; column j is divided by (viewers of j)^rarity. With Y = X L^-1/2, L = diag(l), it is
 * L^-1/2 times that of Y and a penalty of 1, times L^1/2. By the inverse over whichever of viewers and titles are fewer, in float32.
 * @throws ModelError `matrix-singular`
 * @see Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019, eq. 8; of dropout: "Autoencoders that don't overfit
 * towards the identity", NeurIPS 2020; of rarity: Paudel, Christoffel, Newell and Bernstein, "Updatable, accurate, diverse, and scalable
 * recommendations for interactive applications", TiiS 7(1), 2017, where it is beta
 */
export async function easeCoefficients(
  x: SparseMatrix,
  { l2, dropout, rarity }: Penalties,
  run: TrainingRun,
): Promise<Float32Array> {
  const squares = columnSums(x, (weight) => weight ** 2)
  const root = squares.map((sum) => Math.sqrt(l2 + (dropout / (1 - dropout)) * sum))
  const y = withValues(
    x,
    x.value.map((weight, entry) => weight / (root[x.index[entry] as number] as number)),
  )
  const of = columnSums(x, () => 1).map((viewers, j) => (root[j] as number) * viewers ** -rarity)
  const threads = new KernelThreads(run.threads)
  try {
    const b = await (y.rows < y.columns ? byViewers : byTitles)(threads, y, run)
    const n = y.columns
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        b[i * n + j] = ((b[i * n + j] as number) * (of[j] as number)) / (root[i] as number)
      }
    }
    return b
  } finally {
    await threads.close()
  }
}
