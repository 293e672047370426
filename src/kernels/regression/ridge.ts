import type { BlockedGram } from './blocked-gram.ts'
import { pivotOut } from './pivot-out.ts'

/**
 * Least squares of the last column on the others by their sums of products XᵀX (`size` columns, the first one constant), the columns from
 * `controls` on penalised by `penalty` times their squared deviations from the mean: as if each had unit variance. Coefficients of all columns but the last; 0 for
 * those that follow from columns before them. O(size³).
 * @see Hoerl and Kennard, "Ridge regression", Technometrics 12(1), 1970
 */
export function ridge(gram: Float64Array, size: number, controls: number, penalty: number): Float64Array {
  const a = gram.slice()
  const rows = gram[0] as number
  for (let j = controls; j < size - 1; j++) {
    const deviations = (gram[j * size + j] as number) - (gram[j] as number) ** 2 / rows
    a[j * size + j] = (a[j * size + j] as number) + penalty * Math.max(0, deviations)
  }
  const last = size - 1
  const isKept = Array.from({ length: last }, (_, k) => pivotOut(a, size, k, gram[k * size + k] as number))
  const coefficients = new Float64Array(last)
  for (let k = last - 1; k >= 0; k--) {
    if (!isKept[k]) continue
    let sum = a[last * size + k] as number
    for (let j = k + 1; j < last; j++) sum -= (a[j * size + k] as number) * (coefficients[j] as number)
    coefficients[k] = sum / (a[k * size + k] as number)
  }
  return coefficients
}

/** Squared errors of `coefficients` on the rows behind `gram`. */
function squaredErrors(gram: Float64Array, size: number, coefficients: Float64Array): number {
  const signed = [...coefficients, -1]
  let sum = 0
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) sum += (signed[i] as number) * (signed[j] as number) * (gram[i * size + j] as number)
  }
  return Math.max(0, sum)
}

/** The penalty with the least squared error on rows left out, and the share of their variance that is explained with it. */
export interface ChosenPenalty {
  readonly penalty: number
  /** 1 - squared errors over those of the mean of the other rows; below 0 where the model is worse than that mean. */
  readonly r2: number
}

const folds = 10

/** Chooses one of `penalties` for `ridge` by tenfold cross-validation over blocks. O(folds penalties size³). */
export function choosePenalty(grams: BlockedGram, controls: number, penalties: readonly number[]): ChosenPenalty {
  const size = grams.columns
  const splits = Array.from({ length: folds }, (_, fold) => ({
    train: grams.total((block) => (block % folds === fold ? 0 : 1)),
    test: grams.total((block) => (block % folds === fold ? 1 : 0)),
  })).filter(({ train, test }) => (train[0] as number) > 0 && (test[0] as number) > 0)
  const errors = (solve: (train: Float64Array) => Float64Array) =>
    splits.reduce((sum, { train, test }) => sum + squaredErrors(test, size, solve(train)), 0)
  const tried = penalties.map((penalty) => ({
    penalty,
    error: errors((train) => ridge(train, size, controls, penalty)),
  }))
  const best = tried.reduce((least, one) => (one.error < least.error ? one : least))
  const ofMean = errors((train) => {
    const mean = new Float64Array(size - 1)
    mean[0] = (train[size - 1] as number) / (train[0] as number)
    return mean
  })
  return { penalty: best.penalty, r2: ofMean > 0 ? 1 - best.error / ofMean : 0 }
}
