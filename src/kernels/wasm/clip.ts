import { laneSum } from './dot'
import { multiplyAdd } from './multiply-add'

/** Floats that are summed in single precision before their sum is added in double. */
const countAtOnce: usize = 1024

/** Puts the sum of squares of `count` floats, a multiple of 4, as a double at `to`. O(count). */
export function sumSquares(scratch: usize, count: i32, values: usize, to: usize): void {
  const end = values + (<usize>count << 2)
  let sum: f64 = 0
  while (values < end) {
    const stop = min(end, values + (countAtOnce << 2))
    let part = f32x4.splat(0)
    for (; values < stop; values += 16) part = multiplyAdd(v128.load(values), v128.load(values), part)
    sum += <f64>laneSum(part)
  }
  store<f64>(to, sum)
}

/** Multiplies `count` floats, a multiple of 4, by `factor`. O(count). */
export function scaleFloats(scratch: usize, count: i32, values: usize, factor: f32): void {
  const factors = f32x4.splat(factor)
  for (const end = values + (<usize>count << 2); values < end; values += 16) {
    v128.store(values, f32x4.mul(v128.load(values), factors))
  }
}
