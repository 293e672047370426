/** Whether place `a` of a heap holds less than place `b`: a lower similarity, or an equal one of a higher row. */
@inline
function isWorse(value: usize, index: usize, a: usize, b: usize): bool {
  const x = load<f32>(value + a)
  const y = load<f32>(value + b)
  return x < y || (x == y && load<u32>(index + a) > load<u32>(index + b))
}

@inline
function swap(value: usize, index: usize, a: usize, b: usize): void {
  const x = load<f32>(value + a)
  const i = load<u32>(index + a)
  store<f32>(value + a, load<f32>(value + b))
  store<u32>(index + a, load<u32>(index + b))
  store<f32>(value + b, x)
  store<u32>(index + b, i)
}

/** Moves the top of a heap of `size` down until those below it are no worse. */
function sink(value: usize, index: usize, size: i32): void {
  let i = 0
  for (;;) {
    let child = 2 * i + 1
    if (child >= size) return
    if (child + 1 < size && isWorse(value, index, <usize>(child + 1) << 2, <usize>child << 2)) child += 1
    if (!isWorse(value, index, <usize>child << 2, <usize>i << 2)) return
    swap(value, index, <usize>child << 2, <usize>i << 2)
    i = child
  }
}

function rise(value: usize, index: usize, from: i32): void {
  let i = from
  while (i > 0) {
    const parent = (i - 1) >> 1
    if (!isWorse(value, index, <usize>i << 2, <usize>parent << 2)) return
    swap(value, index, <usize>i << 2, <usize>parent << 2)
    i = parent
  }
}

/** Entries of X that are gone through for one column after another, so that they stay in the nearer caches. */
const blockEntries: u32 = 1 << 17

/** The row after those that begin within a block of entries from that of row `from` on. */
function blockEnd(rowStart: usize, from: u32, rows: u32): u32 {
  const limit = load<u32>(rowStart + (<usize>from << 2)) + blockEntries
  let row = from + 1
  while (row < rows && load<u32>(rowStart + (<usize>row << 2)) < limit) row += 1
  return row
}

/** Adds to `sums` the rows before `endRow` that column entries from `entry` up to `last` name, each times its value. Gives the first entry not added. */
function addRows(
  sums: usize, entry: u32, last: u32, endRow: u32,
  rowStart: usize, rowIndex: usize, rowValue: usize, columnIndex: usize, columnValue: usize,
): u32 {
  let e = entry
  for (; e < last; e++) {
    const number = load<u32>(columnIndex + (<usize>e << 2))
    if (number >= endRow) break
    const row = rowStart + (<usize>number << 2)
    const weight = load<f32>(columnValue + (<usize>e << 2))
    const rowEnd = <usize>load<u32>(row, 4) << 2
    for (let f = <usize>load<u32>(row) << 2; f < rowEnd; f += 4) {
      const at = sums + (<usize>load<u32>(rowIndex + f) << 2)
      store<f32>(at, load<f32>(at) + weight * load<f32>(rowValue + f))
    }
  }
  return e
}

/**
 * For each column `first` up to `end` of X, given by `rows` rows and by columns (CSR and CSC), the at most `k` other columns that are most
 * similar, best first: from place column * k on of `index` and `value`; `count` says how many. The similarity of i and j, above 0, is
 * d / (a_i a_j + b_i + b_j + shift - c d), d being the scalar product of both. `columns` is a multiple of 4; `scratch` has room for as many floats
 * and one number more for each of `atOnce` columns, which share what they read of X.
 * O(sum of squared row lengths), and columns / 4 for each column.
 */
export function neighbourRows(
  scratch: usize, first: i32, end: i32, atOnce: i32,
  rowStart: usize, rowIndex: usize, rowValue: usize,
  columnStart: usize, columnIndex: usize, columnValue: usize,
  a: usize, b: usize, shift: f32, c: f32,
  rows: u32, columns: i32, k: i32, index: usize, value: usize, count: usize,
): void {
  const sumBytes = <usize>columns << 2
  const next = scratch + <usize>atOnce * sumBytes
  memory.fill(scratch, 0, <usize>atOnce * sumBytes)
  for (let group = first; group < end; group += atOnce) {
    const size = min(atOnce, end - group)
    const start = columnStart + (<usize>group << 2)
    memory.copy(next, start, <usize>size << 2)
    for (let from: u32 = 0; from < rows; ) {
      from = blockEnd(rowStart, from, rows)
      for (let i: usize = 0; i < <usize>size; i++) {
        const entry = load<u32>(next + (i << 2))
        const last = load<u32>(start + (i << 2), 4)
        store<u32>(next + (i << 2), addRows(scratch + i * sumBytes, entry, last, from, rowStart, rowIndex, rowValue, columnIndex, columnValue))
      }
    }
    for (let i = 0; i < size; i++) {
      best(scratch + <usize>i * sumBytes, group + i, a, b, shift, c, columns, k, index, value, count)
    }
  }
}

/** The best of column `i`, whose scalar products with all columns are `sums`, which are set to 0. */
function best(
  sums: usize, i: i32, a: usize, b: usize, shift: f32, c: f32,
  columns: i32, k: i32, index: usize, value: usize, count: usize,
): void {
  const own = <usize>i << 2
  store<f32>(sums + own, 0)
  const overlap = f32x4.splat(c)
  const bestIndex = index + (<usize>i * k << 2)
  const bestValue = value + (<usize>i * k << 2)
  const ownA = f32x4.splat(load<f32>(a + own))
  const ownB = f32x4.splat(load<f32>(b + own) + shift)
  let size = 0
  let least: f32 = 0
  let bound = f32x4.splat(0)
  for (let j: usize = 0; j < <usize>columns << 2; j += 16) {
    const d = v128.load(sums + j)
    if (!v128.any_true(d)) continue
    v128.store(sums + j, f32x4.splat(0))
    const whole = f32x4.add(f32x4.add(f32x4.mul(ownA, v128.load(a + j)), ownB), v128.load(b + j))
    const similarity = f32x4.div(d, f32x4.sub(whole, f32x4.mul(overlap, d)))
    if (!v128.any_true(f32x4.gt(similarity, bound))) continue
    for (let lane: usize = 0; lane < 4; lane++) {
      const one = lane < 2
        ? (lane == 0 ? f32x4.extract_lane(similarity, 0) : f32x4.extract_lane(similarity, 1))
        : (lane == 2 ? f32x4.extract_lane(similarity, 2) : f32x4.extract_lane(similarity, 3))
      if (!(one > least)) continue
      const other = <u32>(j >> 2) + <u32>lane
      if (size < k) {
        store<f32>(bestValue + (<usize>size << 2), one)
        store<u32>(bestIndex + (<usize>size << 2), other)
        rise(bestValue, bestIndex, size)
        size += 1
      } else {
        store<f32>(bestValue, one)
        store<u32>(bestIndex, other)
        sink(bestValue, bestIndex, size)
      }
      if (size == k) {
        least = load<f32>(bestValue)
        bound = f32x4.splat(least)
      }
    }
  }
  store<u32>(count + own, size)
  for (let rest = size - 1; rest > 0; rest--) {
    swap(bestValue, bestIndex, 0, <usize>rest << 2)
    sink(bestValue, bestIndex, rest)
  }
}
