import { logistic } from '../../../kernels/regression/logistic-regression.ts'

/**
 * Labelled reviews whose labels a model contradicts that has not learned from them, the most contradicted first: it gives the other label at least the
 * probability that it gives that label on average where it stands. `logit` are those of being favourable, `outcome` the labels. O(n log n).
 * @see Northcutt, Jiang and Chuang, "Confident learning: estimating uncertainty in dataset labels", JAIR 70, 2021
 */
export function suspectLabels(logit: ArrayLike<number>, outcome: ArrayLike<number>): number[] {
  const probabilityOf = (i: number, label: number) =>
    label === 1 ? logistic(logit[i] as number) : logistic(-(logit[i] as number))
  const sums = [0, 0] as [number, number]
  const counts = [0, 0] as [number, number]
  for (let i = 0; i < outcome.length; i++) {
    const label = outcome[i] as 0 | 1
    sums[label] += probabilityOf(i, label)
    counts[label] += 1
  }
  const other = (i: number) => (1 - (outcome[i] as number)) as 0 | 1
  return Array.from({ length: outcome.length }, (_, i) => i)
    .filter((i) => {
      const label = other(i)
      return probabilityOf(i, label) > 0.5 && probabilityOf(i, label) >= sums[label] / counts[label]
    })
    .sort((a, b) => probabilityOf(b, other(b)) - probabilityOf(a, other(a)))
}
