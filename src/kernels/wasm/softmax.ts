import { laneSum } from './dot'
import { exponential } from './exponential'

@inline
function laneMax(x: v128): f32 {
  return max(max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)), max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)))
}

/**
 * For each of the rows `first` up to `end` of `logits`, `columns` floats l each, and of the sparse targets w given as CSR: puts the gradient
 * scale (W softmax(l) - w), W being the sum of w, in the place of l, and at `likelihoods` two doubles, sum of w l - W max(l) and sum of e^(l - max(l)).
 * O(columns + targets) a row.
 */
export function softmaxRows(
  scratch: usize, first: i32, end: i32,
  logits: usize, columns: i32, start: usize, index: usize, value: usize, scale: f32, likelihoods: usize,
): void {
  const rowBytes = <usize>columns << 2
  const blockBytes = rowBytes & ~15
  for (let row = first; row < end; row++) {
    const own = logits + <usize>row * rowBytes
    let highest = f32x4.splat(-Infinity)
    for (let j: usize = 0; j < blockBytes; j += 16) highest = f32x4.max(highest, v128.load(own + j))
    let top = laneMax(highest)
    for (let j = blockBytes; j < rowBytes; j += 4) top = max(top, load<f32>(own + j))
    const from = <usize>load<u32>(start + (<usize>row << 2)) << 2
    const to = <usize>load<u32>(start + (<usize>row << 2), 4) << 2
    let total: f64 = 0
    let hit: f64 = 0
    for (let e = from; e < to; e += 4) {
      const weight = <f64>load<f32>(value + e)
      total += weight
      hit += weight * <f64>(load<f32>(own + (<usize>load<u32>(index + e) << 2)) - top)
    }
    const tops = f32x4.splat(top)
    let sums = f32x4.splat(0)
    for (let j: usize = 0; j < blockBytes; j += 16) {
      const power = exponential(f32x4.sub(v128.load(own + j), tops))
      v128.store(own + j, power)
      sums = f32x4.add(sums, power)
    }
    let sum = laneSum(sums)
    for (let j = blockBytes; j < rowBytes; j += 4) {
      const power = f32x4.extract_lane(exponential(f32x4.splat(load<f32>(own + j) - top)), 0)
      store<f32>(own + j, power)
      sum += power
    }
    const share = <f32>(<f64>scale * total / <f64>sum)
    const shares = f32x4.splat(share)
    for (let j: usize = 0; j < blockBytes; j += 16) v128.store(own + j, f32x4.mul(v128.load(own + j), shares))
    for (let j = blockBytes; j < rowBytes; j += 4) store<f32>(own + j, load<f32>(own + j) * share)
    for (let e = from; e < to; e += 4) {
      const at = own + (<usize>load<u32>(index + e) << 2)
      store<f32>(at, load<f32>(at) - scale * load<f32>(value + e))
    }
    store<f64>(likelihoods + (<usize>row << 4), hit)
    store<f64>(likelihoods + (<usize>row << 4), <f64>sum, 8)
  }
}
