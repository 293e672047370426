import { multiplyAdd } from './multiply-add'

/** The sum of the four lanes. */
@inline
export function laneSum(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3)
}

/** The scalar product of two vectors of `n` floats, `n` a multiple of 8. */
@inline
export function dot(a: usize, b: usize, n: i32): f32 {
  let sum = f32x4.splat(0), other = sum
  const end = a + (<usize>n << 2)
  while (a < end) {
    sum = multiplyAdd(v128.load(a), v128.load(b), sum)
    other = multiplyAdd(v128.load(a, 16), v128.load(b, 16), other)
    a += 32
    b += 32
  }
  return laneSum(f32x4.add(sum, other))
}
