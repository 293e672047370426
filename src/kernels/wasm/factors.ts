/**
 * The steps of iALS++: a factor model of weighted, implicit data learned by block coordinate descent (Rendle, Krichene, Zhang and Koren, "iALS++:
 * Speeding up matrix factorization with subspace optimization", 2021, algorithm 2). For the row x of a viewer, y_e the
 * factors of the titles watched, w_e their weights, G = YᵀY:
 *
 *     loss(x) = sum over e of w_e (1 - x y_e)^2 + alpha0 x G xᵀ + l2 |x|^2
 *
 * Each block of coordinates takes the Newton step that minimises the loss in it. Per row and pass O(d entries (block / 2 + 2) + d^2).
 */
import { factorise, solveFactorised, solveSmall } from './cholesky'
import { dot } from './dot'
import { multiplyAdd, multiplyAddDouble } from './multiply-add'
import { addTile, tileColumns, tileRows } from './product'

/** Coordinates that are solved for at once. */
const blockSize: i32 = 16
/** Entries that are packed at once. */
const entriesAtOnce: i32 = 256

/** The sums of four vectors, one in each lane. */
@inline
function fourSums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(
    i8x16.shuffle(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
    i8x16.shuffle(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31),
  )
  const cd = f32x4.add(
    i8x16.shuffle(c, d, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
    i8x16.shuffle(c, d, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31),
  )
  return f32x4.add(
    i8x16.shuffle(ab, cd, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27),
    i8x16.shuffle(ab, cd, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31),
  )
}

/** Puts at `to` the product of `x` with each of the `count` rows that `index` names. */
@inline
function storeProducts(to: usize, index: usize, count: i32, rows: usize, x: usize, d: i32): void {
  const rowBytes = <usize>d << 2
  let e = 0
  for (; e + 4 <= count; e += 4) {
    const at = index + (<usize>e << 2)
    const r0 = rows + <usize>load<u32>(at) * rowBytes
    const r1 = rows + <usize>load<u32>(at, 4) * rowBytes
    const r2 = rows + <usize>load<u32>(at, 8) * rowBytes
    const r3 = rows + <usize>load<u32>(at, 12) * rowBytes
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0
    for (let k: usize = 0; k < rowBytes; k += 16) {
      const own = v128.load(x + k)
      s0 = multiplyAdd(own, v128.load(r0 + k), s0)
      s1 = multiplyAdd(own, v128.load(r1 + k), s1)
      s2 = multiplyAdd(own, v128.load(r2 + k), s2)
      s3 = multiplyAdd(own, v128.load(r3 + k), s3)
    }
    v128.store(to + (<usize>e << 2), fourSums(s0, s1, s2, s3))
  }
  for (; e < count; e++) {
    const place = <usize>e << 2
    store<f32>(to + place, dot(x, rows + <usize>load<u32>(index + place) * rowBytes, d))
  }
}

/** Subtracts from each of `count` floats at `from` the product of `change` with `size` floats (8 or 16) of the row that `index` names for it. */
@inline
function subtractProducts(from: usize, index: usize, count: i32, rows: usize, rowBytes: usize, change: usize, size: i32): void {
  const c0 = v128.load(change), c1 = v128.load(change, 16)
  const wide = size > 8
  const c2 = wide ? v128.load(change, 32) : c0, c3 = wide ? v128.load(change, 48) : c0
  let e = 0
  for (; e + 4 <= count; e += 4) {
    const at = index + (<usize>e << 2)
    const r0 = rows + <usize>load<u32>(at) * rowBytes
    const r1 = rows + <usize>load<u32>(at, 4) * rowBytes
    const r2 = rows + <usize>load<u32>(at, 8) * rowBytes
    const r3 = rows + <usize>load<u32>(at, 12) * rowBytes
    let s0 = multiplyAdd(c1, v128.load(r0, 16), f32x4.mul(c0, v128.load(r0)))
    let s1 = multiplyAdd(c1, v128.load(r1, 16), f32x4.mul(c0, v128.load(r1)))
    let s2 = multiplyAdd(c1, v128.load(r2, 16), f32x4.mul(c0, v128.load(r2)))
    let s3 = multiplyAdd(c1, v128.load(r3, 16), f32x4.mul(c0, v128.load(r3)))
    if (wide) {
      s0 = multiplyAdd(c3, v128.load(r0, 48), multiplyAdd(c2, v128.load(r0, 32), s0))
      s1 = multiplyAdd(c3, v128.load(r1, 48), multiplyAdd(c2, v128.load(r1, 32), s1))
      s2 = multiplyAdd(c3, v128.load(r2, 48), multiplyAdd(c2, v128.load(r2, 32), s2))
      s3 = multiplyAdd(c3, v128.load(r3, 48), multiplyAdd(c2, v128.load(r3, 32), s3))
    }
    const place = from + (<usize>e << 2)
    v128.store(place, f32x4.sub(v128.load(place), fourSums(s0, s1, s2, s3)))
  }
  for (; e < count; e++) {
    const place = <usize>e << 2
    const row = rows + <usize>load<u32>(index + place) * rowBytes
    store<f32>(from + place, load<f32>(from + place) - dot(change, row, size))
  }
}

/**
 * Improves the rows from `first` up to `end` of `own` (rows of `d` floats, `d` a multiple of 8) by one pass over their blocks. The entries of the
 * rows are given in CSR form; `other` are the factors of their columns, `gram` is their d x d Gram matrix. The weight of the squares of row u is
 * l2[u]. Leaves at `loss` two doubles, the sums of w (1 - x y)^2 and of l2 |x|^2 over the rows as they are then. `scratch` has room for 28 KiB
 * and 4 bytes for each entry of the longest row.
 */
export function improveRows(
  scratch: usize, first: i32, end: i32,
  start: usize, index: usize, value: usize,
  own: usize, other: usize, gram: usize, d: i32, alpha0: f32, l2: usize, loss: usize,
): void {
  const hessian = scratch
  const factor = hessian + 4 * blockSize * blockSize
  const step = factor + 8 * blockSize * blockSize
  const change = step + 8 * blockSize
  const left = scratch + 12288
  const right = left + 4 * entriesAtOnce * blockSize
  const predicted = right + 4 * entriesAtOnce * blockSize
  const rowBytes = <usize>d << 2
  let misses: f64 = 0, squares: f64 = 0
  for (let u = first; u < end; u++) {
    const from = load<u32>(start + (<usize>u << 2))
    const entries: i32 = load<u32>(start + (<usize>u << 2), 4) - from
    const titles = index + (<usize>from << 2)
    const weights = value + (<usize>from << 2)
    const x = own + <usize>u * rowBytes
    const ridge = load<f32>(l2 + (<usize>u << 2))
    storeProducts(predicted, titles, entries, other, x, d)
    for (let b = 0; b < d; b += blockSize) {
      const size = min(blockSize, d - b)
      const stride = <usize>size << 2
      for (let i = 0; i < size; i++) {
        const row = gram + <usize>(b + i) * rowBytes
        for (let j = 0; j < size; j += 4) {
          const value4 = v128.load(row + (<usize>(b + j) << 2))
          v128.store(hessian + <usize>i * stride + (<usize>j << 2), f32x4.mul(value4, f32x4.splat(alpha0)))
        }
        const own4 = load<f32>(x + (<usize>(b + i) << 2))
        store<f64>(step + (<usize>i << 3), <f64>(alpha0 * dot(row, x, d) + ridge * own4))
      }
      for (let at = 0; at < entries; at += entriesAtOnce) {
        const count = min(entriesAtOnce, entries - at)
        let g0 = f32x4.splat(0), g1 = g0, g2 = g0, g3 = g0
        for (let e = 0; e < count; e++) {
          const place = <usize>(at + e) << 2
          const y = other + <usize>load<u32>(titles + place) * rowBytes + (<usize>b << 2)
          const weight = v128.load32_splat(weights + place)
          const slope = f32x4.mul(weight, f32x4.sub(v128.load32_splat(predicted + place), f32x4.splat(1)))
          const y0 = v128.load(y), y1 = v128.load(y, 16)
          const l = left + (<usize>e << 4)
          const r = right + (<usize>e << 5)
          v128.store(r, y0)
          v128.store(r, y1, 16)
          v128.store(l, f32x4.mul(weight, y0))
          v128.store(l + (<usize>count << 4), f32x4.mul(weight, y1))
          g0 = multiplyAdd(slope, y0, g0)
          g1 = multiplyAdd(slope, y1, g1)
          if (size > 8) {
            const y2 = v128.load(y, 32), y3 = v128.load(y, 48)
            const far = r + (<usize>count << 5)
            v128.store(far, y2)
            v128.store(far, y3, 16)
            v128.store(l + (<usize>(2 * count) << 4), f32x4.mul(weight, y2))
            v128.store(l + (<usize>(3 * count) << 4), f32x4.mul(weight, y3))
            g2 = multiplyAdd(slope, y2, g2)
            g3 = multiplyAdd(slope, y3, g3)
          }
        }
        addToStep(step, g0, g1)
        if (size > 8) addToStep(step + 64, g2, g3)
        for (let i = 0; i < size; i += tileRows) {
          for (let j = 0; j < i + tileRows; j += tileColumns) {
            addTile(
              left + (<usize>(i * count) << 2), right + (<usize>(j * count) << 2), count, 1,
              hessian + <usize>i * stride + (<usize>j << 2), stride,
            )
          }
        }
      }
      for (let i = 0; i < size; i++) {
        for (let j = 0; j <= i; j++) {
          const h = <f64>load<f32>(hessian + <usize>i * stride + (<usize>j << 2))
          store<f64>(factor + (<usize>(j * size + i) << 3), i == j ? h + <f64>ridge : h)
        }
      }
      if (!solveSmall(factor, size, step)) continue
      for (let i = 0; i < size; i++) {
        const delta = <f32>load<f64>(step + (<usize>i << 3))
        const place = <usize>i << 2
        store<f32>(change + place, delta)
        const coordinate = x + (<usize>b << 2) + place
        store<f32>(coordinate, load<f32>(coordinate) - delta)
      }
      subtractProducts(predicted, titles, entries, other + (<usize>b << 2), rowBytes, change, size)
    }
    for (let e = 0; e < entries; e++) {
      const miss = <f64>load<f32>(predicted + (<usize>e << 2)) - 1
      misses += <f64>load<f32>(weights + (<usize>e << 2)) * miss * miss
    }
    squares += <f64>(ridge * dot(x, x, d))
  }
  store<f64>(loss, misses)
  store<f64>(loss, squares, 8)
}

/** The upper two lanes in the place of the lower. */
@inline
function high(a: v128): v128 {
  return i8x16.shuffle(a, a, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15)
}

@inline
function addToStep(step: usize, a: v128, b: v128): void {
  addFour(step, a)
  addFour(step + 32, b)
}

@inline
function addFour(step: usize, a: v128): void {
  v128.store(step, f64x2.add(v128.load(step), f64x2.promote_low_f32x4(a)))
  v128.store(step, f64x2.add(v128.load(step, 16), f64x2.promote_low_f32x4(high(a))), 16)
}

/** Rows that are added to the normal equations at once, so that these are read and written once for all of them. */
const rowsAtOnce: i32 = 4

/**
 * Adds w y yᵀ to the lower triangle of the d x d doubles at `a` and w y to the d doubles at `b` for each of `count` rows y of `factors`, named by
 * `index`, with weights w at `value`. `scratch` has room for 32 d bytes.
 */
export function addToNormalEquations(
  scratch: usize, factors: usize, d: i32, index: usize, value: usize, count: i32, a: usize, b: usize,
): void {
  const stride = <usize>d << 3
  for (let first = 0; first < count; first += rowsAtOnce) {
    let w0: f64 = 0, w1: f64 = 0, w2: f64 = 0, w3: f64 = 0
    for (let r = 0; r < rowsAtOnce; r++) {
      const present = first + r < count
      const e = <usize>(present ? first + r : first) << 2
      const y = factors + (<usize>(load<u32>(index + e) * <u32>d) << 2)
      const to = scratch + <usize>r * stride
      for (let k = 0; k < d; k += 2) {
        v128.store(to + (<usize>k << 3), f64x2.promote_low_f32x4(v128.load64_zero(y + (<usize>k << 2))))
      }
      const weight = present ? <f64>load<f32>(value + e) : 0
      if (r == 0) w0 = weight
      else if (r == 1) w1 = weight
      else if (r == 2) w2 = weight
      else w3 = weight
    }
    const y1 = scratch + stride, y2 = y1 + stride, y3 = y2 + stride
    for (let i = 0; i < d; i++) {
      const place = <usize>i << 3
      const s0 = w0 * load<f64>(scratch + place), s1 = w1 * load<f64>(y1 + place)
      const s2 = w2 * load<f64>(y2 + place), s3 = w3 * load<f64>(y3 + place)
      const f0 = f64x2.splat(s0), f1 = f64x2.splat(s1), f2 = f64x2.splat(s2), f3 = f64x2.splat(s3)
      const row = a + <usize>i * stride
      for (let j: usize = 0; j <= place; j += 16) {
        let sum = multiplyAddDouble(f0, v128.load(scratch + j), v128.load(row + j))
        sum = multiplyAddDouble(f1, v128.load(y1 + j), sum)
        sum = multiplyAddDouble(f2, v128.load(y2 + j), sum)
        v128.store(row + j, multiplyAddDouble(f3, v128.load(y3 + j), sum))
      }
      store<f64>(b + place, load<f64>(b + place) + (s0 + s1 + (s2 + s3)))
    }
  }
}

/** Solves A x = b in the place of b for the positive definite `n` x `n` doubles at `a`, of which the lower triangle is read and overwritten. */
export function solvePositive(scratch: usize, a: usize, n: i32, b: usize): void {
  factorise(a, n, 0)
  solveFactorised(a, n, b)
}

/** Adds to `sum` the products of the two floats at `y` and of `x`. They are loaded as two, since shuffles all wait for one port of a processor. */
@inline
function addTwo(y: usize, x: v128, sum: v128): v128 {
  return multiplyAddDouble(f64x2.promote_low_f32x4(v128.load64_zero(y)), x, sum)
}

/** The scalar products, in double precision, of each of `rows` rows of `d` floats with the `d` doubles at `x`; `d` a multiple of 4. */
export function dotRows(scratch: usize, factors: usize, rows: i32, d: i32, x: usize, to: usize): void {
  const rowBytes = <usize>d << 2
  let r = 0
  // Four rows at once: each number of x is loaded once for all of them, and sums do not wait for one another.
  for (; r + 4 <= rows; r += 4) {
    let y = factors + <usize>r * rowBytes
    const end = y + rowBytes
    let a0 = f64x2.splat(0), b0 = a0, a1 = a0, b1 = a0, a2 = a0, b2 = a0, a3 = a0, b3 = a0
    for (let at = x; y < end; y += 16, at += 32) {
      const first = v128.load(at), second = v128.load(at, 16)
      a0 = addTwo(y, first, a0)
      b0 = addTwo(y + 8, second, b0)
      a1 = addTwo(y + rowBytes, first, a1)
      b1 = addTwo(y + rowBytes + 8, second, b1)
      a2 = addTwo(y + 2 * rowBytes, first, a2)
      b2 = addTwo(y + 2 * rowBytes + 8, second, b2)
      a3 = addTwo(y + 3 * rowBytes, first, a3)
      b3 = addTwo(y + 3 * rowBytes + 8, second, b3)
    }
    const sums = to + (<usize>r << 3)
    storeSum(sums, a0, b0)
    storeSum(sums + 8, a1, b1)
    storeSum(sums + 16, a2, b2)
    storeSum(sums + 24, a3, b3)
  }
  for (; r < rows; r++) storeDot(factors + <usize>r * rowBytes, rowBytes, x, to + (<usize>r << 3))
}

/** As `dotRows` for the `count` rows that `index` names. */
export function dotPicked(scratch: usize, factors: usize, d: i32, index: usize, count: i32, x: usize, to: usize): void {
  const rowBytes = <usize>d << 2
  for (let e = 0; e < count; e++) {
    storeDot(factors + <usize>load<u32>(index + (<usize>e << 2)) * rowBytes, rowBytes, x, to + (<usize>e << 3))
  }
}

@inline
function storeDot(y: usize, rowBytes: usize, x: usize, to: usize): void {
  let a = f64x2.splat(0), b = a
  for (const end = y + rowBytes; y < end; y += 16, x += 32) {
    a = addTwo(y, v128.load(x), a)
    b = addTwo(y + 8, v128.load(x, 16), b)
  }
  storeSum(to, a, b)
}

@inline
function storeSum(to: usize, a: v128, b: v128): void {
  const sum = f64x2.add(a, b)
  store<f64>(to, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1))
}
