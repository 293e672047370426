/** A pivot below this share of the column's own sum of squares is rounding error. */
const leastPivot = 1e-9

/**
 * Takes column `k` out of the columns after it, in the lower triangle of the symmetric sums of products `a` (`size` to a row): what is left of them is
 * what `k` does not explain. A step of Cholesky's or Gauss's elimination. `squares` is the sum of squares of the column at first.
 * Returns false, and does nothing, where the column follows from those taken out before. O((size - k)²).
 */
export function pivotOut(a: Float64Array, size: number, k: number, squares: number): boolean {
  const pivot = a[k * size + k] as number
  if (!(pivot > leastPivot * squares)) return false
  for (let i = k + 1; i < size; i++) {
    const factor = (a[i * size + k] as number) / pivot
    if (factor === 0) continue
    for (let j = k + 1; j <= i; j++) {
      a[i * size + j] = (a[i * size + j] as number) - factor * (a[j * size + k] as number)
    }
  }
  return true
}
