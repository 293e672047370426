import { type Random, shuffled } from '../random.ts'
import { pivotOut } from './pivot-out.ts'

/** Shares of the variance of the outcome, each of 1. */
export interface RelativeImportance {
  /** Explained by the controls. */
  readonly controls: number
  /** What each group of columns explains beyond the controls; they sum to what all do. */
  readonly groups: Float64Array
}

/** Subsets of so many groups are all looked at; of more, random orders are. */
const mostExact = 16
const orders = 400

/** A matrix and what its columns' sums of squares were at first. */
interface Sums {
  readonly a: Float64Array
  readonly squares: Float64Array
}

/** The rows and columns of `a` (`size` to a row) from `from` on, in the lower triangle. */
function copyFrom(a: Float64Array, size: number, from: number, to: Float64Array): void {
  const left = size - from
  for (let i = 0; i < left; i++) {
    for (let j = 0; j <= i; j++) to[i * left + j] = a[(i + from) * size + j + from] as number
  }
}

/** What is explained by every set of groups, by the bits of its number. */
function explainedBySets({ a, squares }: Sums, groupSizes: readonly number[]): Float64Array {
  const explained = new Float64Array(2 ** groupSizes.length)
  const starts = [0]
  for (const size of groupSizes) starts.push((starts.at(-1) ?? 0) + size)
  const left = starts.map((start) => squares.length - start)
  const buffers = left.map((size) => new Float64Array(size * size))
  buffers[0]?.set(a)
  const outcome = a[a.length - 1] as number
  const descend = (group: number, set: number) => {
    const own = buffers[group] as Float64Array
    const size = left[group] as number
    const width = groupSizes[group]
    if (width === undefined) {
      explained[set] = outcome - (own[0] as number)
      return
    }
    copyFrom(own, size, width, buffers[group + 1] as Float64Array)
    descend(group + 1, set)
    for (let k = 0; k < width; k++) pivotOut(own, size, k, squares[(starts[group] as number) + k] as number)
    copyFrom(own, size, width, buffers[group + 1] as Float64Array)
    descend(group + 1, set | (1 << group))
  }
  descend(0, 0)
  return explained
}

/** Mean gains over all orders, from what every set explains: Shapley 1953. */
function shapleyValues(explained: Float64Array, groups: number): Float64Array {
  const weights = [1 / groups]
  for (let size = 1; size < groups; size++) weights.push(((weights[size - 1] as number) * size) / (groups - size))
  const values = new Float64Array(groups)
  for (let set = 0; set < explained.length; set++) {
    let size = 0
    for (let bits = set; bits > 0; bits &= bits - 1) size += 1
    const weight = weights[size] ?? 0
    for (let group = 0; group < groups; group++) {
      if (set & (1 << group)) continue
      const gain = (explained[set | (1 << group)] as number) - (explained[set] as number)
      values[group] = (values[group] as number) + weight * gain
    }
  }
  return values
}

/** Mean gains over random orders and the reverse of each. */
function sampledValues({ a, squares }: Sums, groupSizes: readonly number[], random: Random): Float64Array {
  const size = squares.length
  const starts = groupSizes.map((_, group) => groupSizes.slice(0, group).reduce((sum, width) => sum + width, 0))
  const values = new Float64Array(groupSizes.length)
  const at = (i: number, j: number) => a[Math.max(i, j) * size + Math.min(i, j)] as number
  for (let turn = 0; turn < orders / 2; turn++) {
    const order = shuffled(groupSizes.length, random)
    for (const groups of [order, order.slice().reverse()]) {
      const columns = [...groups].flatMap((group) =>
        Array.from({ length: groupSizes[group] as number }, (_, k) => (starts[group] as number) + k),
      )
      const placed = [...columns, size - 1]
      const own = Float64Array.from({ length: size * size }, (_, i) =>
        at(placed[Math.floor(i / size)] as number, placed[i % size] as number),
      )
      let k = 0
      for (const group of groups) {
        const before = own[size * size - 1] as number
        for (const end = k + (groupSizes[group] as number); k < end; k++)
          pivotOut(own, size, k, squares[placed[k] as number] as number)
        values[group] = (values[group] as number) + (before - (own[size * size - 1] as number)) / orders
      }
    }
  }
  return values
}

/**
 * How much of the variance of the last column each group of columns explains, as the mean over all orders in which groups could be added to the controls of
 * what R² gains by it (Lindeman, Merenda and Gold, "Introduction to Bivariate and Multivariate Analysis", 1980; Grömping, "Estimators of relative
 * importance in linear regression based on variance decomposition", The American Statistician 61(2), 2007): the Shapley value of R². By sums of products
 * XᵀX of columns: `controls` of them, the first one constant, then those of each group side by side, then the outcome. O(2^groups) up to 16 groups, with a
 * factor of about the square of two groups' columns; beyond, 400 random orders, half of them reversed ones, O(columns³) each. An outcome that does not vary has shares of 0.
 */
export function relativeImportance(
  gram: Float64Array,
  controls: number,
  groupSizes: readonly number[],
  random: Random,
): RelativeImportance {
  const size = Math.round(Math.sqrt(gram.length))
  const a = gram.slice()
  const squares = Float64Array.from({ length: size }, (_, k) => gram[k * size + k] as number)
  const outcomeLeft = () => a[a.length - 1] as number
  pivotOut(a, size, 0, squares[0] as number)
  const variance = outcomeLeft()
  const none = { controls: 0, groups: new Float64Array(groupSizes.length) }
  if (!(variance > 1e-9 * (squares[size - 1] as number))) return none
  for (let k = 1; k < controls; k++) pivotOut(a, size, k, squares[k] as number)
  const left = size - controls
  const rest: Sums = { a: new Float64Array(left * left), squares: squares.slice(controls) }
  copyFrom(a, size, controls, rest.a)
  const values =
    groupSizes.length <= mostExact
      ? shapleyValues(explainedBySets(rest, groupSizes), groupSizes.length)
      : sampledValues(rest, groupSizes, random)
  return { controls: 1 - outcomeLeft() / variance, groups: values.map((value) => value / variance) }
}
