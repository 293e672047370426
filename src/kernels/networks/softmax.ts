import { rowOf, type SparseMatrix, totalOf } from '../matrices/sparse.ts'
import { rowRanges, type SparseRoom } from '../matrices/sparse-product.ts'
import type { KernelThreads, Placed } from '../threads/kernel-threads.ts'

/**
 * Minus the multinomial log-likelihood of the sparse counts w in the rows of `target`, in nats, without the terms that depend on w alone:
 * sum over rows of -sum_i w_i log softmax(l)_i, the logits l being the rows at `logits`. Leaves the gradient by l, times `scale`, in their
 * place. `room` and `likelihoods` (two places a row) are working space. O(rows * columns) by `wasm/softmax.ts`.
 * @see Liang, Krishnan, Hoffman and Jebara, "Variational autoencoders for collaborative filtering", WWW 2018, eq. 2
 */
export async function crossEntropy(
  threads: KernelThreads,
  logits: number,
  room: SparseRoom,
  target: SparseMatrix,
  scale: number,
  likelihoods: Placed<Float64Array>,
  signal: AbortSignal,
): Promise<number> {
  const common = [logits, target.columns, ...room.hold(target), scale, likelihoods.at]
  await threads.run(
    'softmaxRows',
    rowRanges(target.rows, threads).map(([from, to]) => [from, to, ...common]),
    signal,
  )
  let loss = 0
  for (let row = 0; row < target.rows; row++) {
    const [hit, sum] = [likelihoods.array[2 * row] as number, likelihoods.array[2 * row + 1] as number]
    loss += totalOf(rowOf(target, row)) * Math.log(sum) - hit
  }
  return loss
}
