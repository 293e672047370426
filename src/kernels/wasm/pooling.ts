/**
 * One vector for each sequence out of the states of its steps; the equations are in `pooling.ts`. States lie as told in `lstm.ts`, in rows of
 * `directions` times `width` floats, a multiple of 8. Sequences without a step get 0. O(steps * directions * width).
 */
import { dot } from './dot'
import { exponential } from './exponential'
import { multiplyAdd } from './multiply-add'

/** The numbers of the ways to pool. */
const byLast: i32 = 0
const byMean: i32 = 1
const byMax: i32 = 2

/** to += factor * from, `bytes` of each. */
@inline
function addMultiple(factor: f32, from: usize, to: usize, bytes: usize): void {
  const factors = f32x4.splat(factor)
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(to + at, multiplyAdd(factors, v128.load(from + at), v128.load(to + at)))
  }
}

/** Puts softmax(h q) of the `length` rows from `row` on at `shares`. */
function attend(row: usize, bytes: usize, length: i32, query: usize, shares: usize): void {
  let top: f32 = -Infinity
  for (let t = 0; t < length; t++) {
    const score = dot(row + <usize>t * bytes, query, <i32>(bytes >> 2))
    store<f32>(shares + (<usize>t << 2), score)
    top = top < score ? score : top
  }
  let sum: f32 = 0
  for (let t = 0; t < length; t++) {
    const at = shares + (<usize>t << 2)
    const power = f32x4.extract_lane(exponential(f32x4.splat(load<f32>(at) - top)), 0)
    store<f32>(at, power)
    sum += power
  }
  for (let t = 0; t < length; t++) store<f32>(shares + (<usize>t << 2), load<f32>(shares + (<usize>t << 2)) / sum)
}

/** Pools the sequences `first` up to `end` by `kind`. What attention gives to each row comes to `shares`. */
export function poolStates(
  scratch: usize, first: i32, end: i32, kind: i32, width: i32, directions: i32,
  start: usize, states: usize, query: usize, shares: usize, pooled: usize,
): void {
  const part = <usize>width << 2, bytes = part * directions
  for (let s = first; s < end; s++) {
    const from = load<u32>(start + (<usize>s << 2))
    const length = load<u32>(start + (<usize>s << 2), 4) - from
    const row = states + <usize>(from + s + 1) * bytes
    const final = row + <usize>(length - 1) * bytes
    const to = pooled + <usize>s * bytes
    memory.fill(to, 0, bytes)
    if (length == 0) continue
    if (kind == byLast) {
      addMultiple(1, final, to, part)
      if (directions == 2) addMultiple(1, row + part, to + part, part)
    } else if (kind == byMean) {
      const share = <f32>1 / <f32>length
      for (let own = row; own <= final; own += bytes) addMultiple(share, own, to, bytes)
    } else if (kind == byMax) {
      addMultiple(1, row, to, bytes)
      for (let own = row + bytes; own <= final; own += bytes) {
        for (let at: usize = 0; at < bytes; at += 16) {
          v128.store(to + at, f32x4.max(v128.load(to + at), v128.load(own + at)))
        }
      }
    } else {
      let share = shares + (<usize>(from + s + 1) << 2)
      attend(row, bytes, length, query, share)
      for (let own = row; own <= final; own += bytes, share += 4) addMultiple(load<f32>(share), own, to, bytes)
    }
  }
}

/**
 * The gradient by the states of the sequences `first` up to `end`, in all their rows, given that by the pooled vectors; with attention also that by
 * the query, a row for each sequence.
 */
export function spreadGradient(
  scratch: usize, first: i32, end: i32, kind: i32, width: i32, directions: i32,
  start: usize, states: usize, query: usize, shares: usize, pooled: usize, byPooled: usize, byStates: usize, byQuery: usize,
): void {
  const part = <usize>width << 2, bytes = part * directions
  for (let s = first; s < end; s++) {
    const from = load<u32>(start + (<usize>s << 2))
    const length = load<u32>(start + (<usize>s << 2), 4) - from
    const skipped = <usize>(from + s + 1)
    const row = states + skipped * bytes
    const byRow = byStates + skipped * bytes
    const slope = byPooled + <usize>s * bytes
    const ofQuery = byQuery + <usize>s * bytes
    memory.fill(byRow, 0, <usize>length * bytes)
    memory.fill(ofQuery, 0, bytes)
    if (length == 0) continue
    if (kind == byLast) {
      addMultiple(1, slope, byRow + <usize>(length - 1) * bytes, part)
      if (directions == 2) addMultiple(1, slope + part, byRow + part, part)
    } else if (kind == byMean) {
      for (let t: u32 = 0; t < length; t++) addMultiple(<f32>1 / <f32>length, slope, byRow + <usize>t * bytes, bytes)
    } else if (kind == byMax) {
      for (let at: usize = 0; at < bytes; at += 16) {
        const top = v128.load(pooled + <usize>s * bytes + at)
        let open = i32x4.splat(-1)
        for (let own: usize = at; own < <usize>length * bytes && v128.any_true(open); own += bytes) {
          const found = v128.and(open, f32x4.eq(v128.load(row + own), top))
          v128.store(byRow + own, v128.and(found, v128.load(slope + at)))
          open = v128.andnot(open, found)
        }
      }
    } else {
      const middle = dot(slope, pooled + <usize>s * bytes, <i32>(bytes >> 2))
      for (let t: u32 = 0; t < length; t++) {
        const own = row + <usize>t * bytes
        const share = load<f32>(shares + ((skipped + t) << 2))
        const byScore = share * (dot(slope, own, <i32>(bytes >> 2)) - middle)
        addMultiple(share, slope, byRow + <usize>t * bytes, bytes)
        addMultiple(byScore, query, byRow + <usize>t * bytes, bytes)
        addMultiple(byScore, own, ofQuery, bytes)
      }
    }
  }
}
