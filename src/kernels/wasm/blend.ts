/**
 * Adds the `n` doubles at `from`, divided by their root mean square and multiplied by `weight`, to those at `to`; what they were multiplied by in
 * all is written to `factorAt`, 0 where all are 0.
 */
export function addScaled(scratch: usize, from: usize, n: i32, weight: f64, to: usize, factorAt: usize): void {
  const even = n & ~1
  let squares = f64x2.splat(0)
  for (let i = 0; i < even; i += 2) {
    const two = v128.load(from + (<usize>i << 3))
    squares = f64x2.add(squares, f64x2.mul(two, two))
  }
  let sum = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1)
  if (even < n) {
    const last = load<f64>(from + (<usize>even << 3))
    sum += last * last
  }
  const size = Math.sqrt(sum / n)
  const factor = size > 0 ? weight / size : 0
  store<f64>(factorAt, factor)
  const splat = f64x2.splat(factor)
  for (let i = 0; i < even; i += 2) {
    const at = to + (<usize>i << 3)
    v128.store(at, f64x2.add(v128.load(at), f64x2.mul(splat, v128.load(from + (<usize>i << 3)))))
  }
  if (even < n) {
    const at = to + (<usize>even << 3)
    store<f64>(at, load<f64>(at) + factor * load<f64>(from + (<usize>even << 3)))
  }
}
