import { multiplyAddDouble } from './multiply-add'

/**
 * Factorises the `n` x `n` matrix of doubles at `a`, of which the lower triangle is read, into L Lᵀ, L in its place
 * (Golub and Van Loan, Matrix Computations, 4th ed., 4.2.5). Rows are `n` apart. Gives 0, or 1 + the number of the first pivot that is not
 * above `least`. O(n^3 / 3).
 */
export function factorise(a: usize, n: i32, least: f64): i32 {
  const stride = <usize>n << 3
  for (let i = 0; i < n; i++) {
    const row = a + <usize>i * stride
    for (let j = 0; j <= i; j++) {
      const other = a + <usize>j * stride
      const rest = load<f64>(row + (<usize>j << 3)) - dotDouble(row, other, j)
      if (j < i) {
        store<f64>(row + (<usize>j << 3), rest / load<f64>(other + (<usize>j << 3)))
      } else {
        if (!(rest > least)) return 1 + i
        store<f64>(row + (<usize>i << 3), Math.sqrt(rest))
      }
    }
  }
  return 0
}

/** The scalar product of two vectors of `n` doubles. */
@inline
function dotDouble(a: usize, b: usize, n: i32): f64 {
  let sum = f64x2.splat(0), other = sum
  let k = 0
  for (; k + 4 <= n; k += 4) {
    const at = <usize>k << 3
    sum = multiplyAddDouble(v128.load(a + at), v128.load(b + at), sum)
    other = multiplyAddDouble(v128.load(a + at, 16), v128.load(b + at, 16), other)
  }
  sum = f64x2.add(sum, other)
  let total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
  for (; k < n; k++) total += load<f64>(a + (<usize>k << 3)) * load<f64>(b + (<usize>k << 3))
  return total
}

/** Solves L Lᵀ x = b in the place of b, given what `factorise` left at `l`. O(n^2). */
export function solveFactorised(l: usize, n: i32, b: usize): void {
  const stride = <usize>n << 3
  for (let i = 0; i < n; i++) {
    const row = l + <usize>i * stride
    const at = b + (<usize>i << 3)
    store<f64>(at, (load<f64>(at) - dotDouble(row, b, i)) / load<f64>(row + (<usize>i << 3)))
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = l + <usize>i * stride
    const at = b + (<usize>i << 3)
    const x = load<f64>(at) / load<f64>(row + (<usize>i << 3))
    store<f64>(at, x)
    for (let k = 0; k < i; k++) {
      const rest = b + (<usize>k << 3)
      store<f64>(rest, load<f64>(rest) - x * load<f64>(row + (<usize>k << 3)))
    }
  }
}

/** Inverts in place the lower triangular matrix that `factorise` left at `l`. O(n^3 / 3). */
export function invertFactor(l: usize, n: i32): void {
  const stride = <usize>n << 3
  for (let i = 0; i < n; i++) {
    const row = l + <usize>i * stride
    const diagonal = 1 / load<f64>(row + (<usize>i << 3))
    // Row i of the inverse: -(1 / l_ii) sum over k < i of l_ik times row k of the inverse, which stands there already.
    for (let j = 0; j < i; j++) {
      let sum: f64 = 0
      for (let k = j; k < i; k++) sum += load<f64>(row + (<usize>k << 3)) * load<f64>(l + <usize>k * stride + (<usize>j << 3))
      store<f64>(row + (<usize>j << 3), -diagonal * sum)
    }
    store<f64>(row + (<usize>i << 3), diagonal)
  }
}

/**
 * Solves A x = b in the place of b for the `n` x `n` doubles at `a`, of which the upper triangle is read and overwritten; `n` is even. Gives false
 * where A is not positive definite. Faster than `factorise` for small n: no sums across lanes, one division a row.
 */
export function solveSmall(a: usize, n: i32, b: usize): bool {
  const stride = <usize>n << 3
  for (let k = 0; k < n; k++) {
    const row = a + <usize>k * stride
    const pivot = load<f64>(row + (<usize>k << 3))
    if (!(pivot > 0)) return false
    const reciprocal = 1 / pivot
    const rhs = load<f64>(b + (<usize>k << 3)) * reciprocal
    for (let i = k + 1; i < n; i++) {
      const above = load<f64>(row + (<usize>i << 3))
      const factor = f64x2.splat(-above * reciprocal)
      const other = a + <usize>i * stride
      for (let j = i & ~1; j < n; j += 2) {
        const at = other + (<usize>j << 3)
        v128.store(at, multiplyAddDouble(factor, v128.load(row + (<usize>j << 3)), v128.load(at)))
      }
      const at = b + (<usize>i << 3)
      store<f64>(at, load<f64>(at) - above * rhs)
    }
    store<f64>(b + (<usize>k << 3), rhs)
    store<f64>(row + (<usize>k << 3), reciprocal)
  }
  for (let k = n - 2; k >= 0; k--) {
    const row = a + <usize>k * stride
    let sum: f64 = 0
    for (let j = k + 1; j < n; j++) sum += load<f64>(row + (<usize>j << 3)) * load<f64>(b + (<usize>j << 3))
    const at = b + (<usize>k << 3)
    store<f64>(at, load<f64>(at) - sum * load<f64>(row + (<usize>k << 3)))
  }
  return true
}
