import { ModelError } from '../../errors.ts'

/** Labelled samples: row i of `features`, `columns` numbers from `i * columns` on, came out as `outcome[i]`, 0 or 1, and counts `weight[i]`. */
export interface Samples {
  readonly columns: number
  readonly features: Float64Array
  readonly outcome: Uint8Array
  readonly weight: Float64Array
}

/** A fitted logistic unit. */
export interface LogisticFit {
  readonly intercept: number
  readonly coefficients: Float64Array
  readonly steps: number
  /** Whether the gradient came to nothing before the steps ran out. */
  readonly converged: boolean
}

const mostSteps = 100
/** Share of the total weight below which no part of the gradient counts as more than nothing. */
const tolerance = 1e-9
const mostHalvings = 40

/** f(x) = 1 / (1 + exp(-x)), without overflow. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const e = Math.exp(x)
  return e / (1 + e)
}

/** -ln of the probability that logit `x` gives `outcome`. */
export function logLossOf(x: number, outcome: number): number {
  const wrong = outcome === 1 ? -x : x
  return Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong)))
}

function refuse(code: string, value: unknown, en: string, zh: string): never {
  throw new ModelError({ en, zh }, { code, value, advice: { en: 'Leave them out.', zh: '请剔除这些样本。' } })
}

function requireSamples({ features, outcome, weight }: Samples): void {
  const strange = features.find((value) => !Number.isFinite(value))
  if (strange !== undefined) {
    refuse('feature-not-finite', strange, `A feature is ${strange}.`, `有特征值为 ${strange}。`)
  }
  const wrong = weight.find((value) => !(value > 0 && value < Number.POSITIVE_INFINITY))
  if (wrong !== undefined)
    refuse('weight-not-positive', wrong, `A sample weighs ${wrong}.`, `有样本的权重为 ${wrong}。`)
  if (!outcome.includes(0) || !outcome.includes(1)) {
    refuse('one-outcome', outcome[0], 'All samples came out alike.', '全部样本结果相同，无从学习。')
  }
}

/** Solves `a` x = `b` in place for the symmetric positive definite `a`, n x n, of which the lower triangle is given: Cholesky, O(n^3). */
function solve(a: Float64Array, b: Float64Array): void {
  const n = b.length
  const at = (i: number, j: number) => a[i * n + j] as number
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j)
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k)
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / at(j, j)
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) b[i] = (b[i] as number) - at(i, k) * (b[k] as number)
    b[i] = (b[i] as number) / at(i, i)
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i] = (b[i] as number) - at(k, i) * (b[k] as number)
    b[i] = (b[i] as number) / at(i, i)
  }
}

/** The penalised loss at `theta`, whose last place is the intercept; fills its gradient and the lower triangle of its Hessian. */
function expand(
  { columns, features, outcome, weight }: Samples,
  theta: Float64Array,
  l2: number,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  const n = columns + 1
  gradient.fill(0)
  hessian.fill(0)
  const row = new Float64Array(n).fill(1)
  for (let i = 0; i < outcome.length; i++) {
    row.set(features.subarray(i * columns, (i + 1) * columns))
    let x = 0
    for (let k = 0; k < n; k++) x += (theta[k] as number) * (row[k] as number)
    const p = logistic(x)
    const miss = (weight[i] as number) * (p - (outcome[i] as number))
    const curve = (weight[i] as number) * p * (1 - p)
    for (let k = 0; k < n; k++) {
      const value = row[k] as number
      if (value === 0) continue
      gradient[k] = (gradient[k] as number) + miss * value
      const scaled = curve * value
      for (let j = 0; j <= k; j++) hessian[k * n + j] = (hessian[k * n + j] as number) + scaled * (row[j] as number)
    }
  }
  for (let k = 0; k < columns; k++) {
    gradient[k] = (gradient[k] as number) + l2 * (theta[k] as number)
    hessian[k * n + k] = (hessian[k * n + k] as number) + l2
  }
}

function lossOf({ columns, features, outcome, weight }: Samples, theta: Float64Array, l2: number): number {
  let loss = 0
  for (let k = 0; k < columns; k++) loss += 0.5 * l2 * (theta[k] as number) ** 2
  for (let i = 0; i < outcome.length; i++) {
    let x = theta[columns] as number
    for (let k = 0; k < columns; k++) x += (theta[k] as number) * (features[i * columns + k] as number)
    loss += (weight[i] as number) * logLossOf(x, outcome[i] as number)
  }
  return loss
}

/**
 * Minimises over theta
 *
 *     sum_i w_i (y_i ln(1 + exp(-t_i)) + (1 - y_i) ln(1 + exp(t_i))) + l2 / 2 sum_k theta_k^2,   t_i = theta_0 + sum_k theta_k x_ik
 *
 * by Newton's method (iteratively reweighted least squares), a step halved for as long as it raises the loss. The intercept theta_0 is not
 * penalised. A constant feature gets the coefficient 0. O(steps * samples * columns^2). @param l2 above 0, which keeps separable samples finite
 * @throws ModelError `feature-not-finite`, `weight-not-positive`; `one-outcome` where all samples came out alike
 * @see Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning", 2nd edition, 2009, section 4.4
 */
export function fitLogistic(samples: Samples, l2: number): LogisticFit {
  requireSamples(samples)
  const { columns, outcome, weight } = samples
  const n = columns + 1
  const [total, hits] = weight.reduce<[number, number]>(
    ([all, ones], one, i) => [all + one, ones + one * (outcome[i] as number)],
    [0, 0],
  )
  const theta = new Float64Array(n)
  theta[columns] = Math.log(hits / (total - hits))
  const gradient = new Float64Array(n)
  const hessian = new Float64Array(n * n)
  let loss = lossOf(samples, theta, l2)
  const found = (steps: number, converged: boolean): LogisticFit => ({
    ...{ intercept: theta[columns] as number, coefficients: theta.slice(0, columns), steps, converged },
  })
  for (let step = 0; step < mostSteps; step++) {
    expand(samples, theta, l2, gradient, hessian)
    if (gradient.every((part) => Math.abs(part) <= tolerance * Math.min(hits, total - hits))) return found(step, true)
    solve(hessian, gradient)
    const before = theta.slice()
    let [share, next] = [1, Number.POSITIVE_INFINITY]
    for (let halving = 0; halving < mostHalvings && !(next <= loss); halving++, share /= 2) {
      for (let k = 0; k < n; k++) theta[k] = (before[k] as number) - share * (gradient[k] as number)
      next = lossOf(samples, theta, l2)
    }
    if (!(next < loss)) {
      // Rounding leaves nothing to gain.
      const isLower = next === loss
      if (!isLower) theta.set(before)
      return found(step + 1, isLower)
    }
    loss = next
  }
  return found(mostSteps, false)
}
