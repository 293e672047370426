/**
 * Dense float32 products by register blocking (Goto and van de Geijn, "Anatomy of high-performance matrix
 * multiplication", ACM TOMS 34(3), 2008): panels of 8 columns of the right factor are packed so that the inner loop reads them in order and
 * keeps a tile of sums in registers, 4 x 8 for a left factor packed in panels of 4 rows, 6 x 8 for one that lies by rows.
 */
import { multiplyAdd } from './multiply-add'

export const tileRows: i32 = 4
export const tileColumns: i32 = 8

/** Puts the transpose of 4 x 4 floats at `to`; rows are so many bytes apart. */
@inline
function transposeFour(from: usize, stride: usize, to: usize, toStride: usize): void {
  const a = v128.load(from), b = v128.load(from + stride)
  const c = v128.load(from + 2 * stride), d = v128.load(from + 3 * stride)
  const ab = i8x16.shuffle(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23)
  const cd = i8x16.shuffle(c, d, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23)
  v128.store(to, i64x2.shuffle(ab, cd, 0, 2))
  v128.store(to + toStride, i64x2.shuffle(ab, cd, 1, 3))
  const ef = i8x16.shuffle(a, b, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31)
  const gh = i8x16.shuffle(c, d, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31)
  v128.store(to + 2 * toStride, i64x2.shuffle(ef, gh, 0, 2))
  v128.store(to + 3 * toStride, i64x2.shuffle(ef, gh, 1, 3))
}

/** Copies element (i, j) from i * rowStride + j * columnStride floats after `from` to i * toRowStride + j * toColumnStride after `to`. */
function copyFloats(
  rows: i32, columns: i32, from: usize, rowStride: i32, columnStride: i32, to: usize, toRowStride: i32, toColumnStride: i32,
): void {
  if (rowStride == 1 && columnStride != 1) {
    copyFloats(columns, rows, from, columnStride, rowStride, to, toColumnStride, toRowStride)
    return
  }
  const row = <usize>rowStride << 2, toRow = <usize>toRowStride << 2, toColumn = <usize>toColumnStride << 2
  let wholeRows = 0, wholeColumns = 0
  if (columnStride == 1 && toColumnStride == 1) {
    wholeRows = rows
    wholeColumns = columns & ~3
    for (let i = 0; i < rows; i++) {
      const source = from + <usize>i * row, target = to + <usize>i * toRow
      for (let at: usize = 0; at < <usize>wholeColumns << 2; at += 16) v128.store(target + at, v128.load(source + at))
    }
  } else if (columnStride == 1 && toRowStride == 1) {
    wholeRows = rows & ~3
    wholeColumns = columns & ~3
    for (let i = 0; i < wholeRows; i += 4) {
      for (let j = 0; j < wholeColumns; j += 4) {
        transposeFour(from + <usize>i * row + (<usize>j << 2), row, to + (<usize>i << 2) + <usize>j * toColumn, toColumn)
      }
    }
  }
  for (let i = 0; i < rows; i++) {
    for (let j = i < wholeRows ? wholeColumns : 0; j < columns; j++) {
      store<f32>(to + <usize>i * toRow + <usize>j * toColumn, load<f32>(from + <usize>i * row + (<usize>j * columnStride << 2)))
    }
  }
}

/** Elements of each vector that are packed at once, so that what is read of all vectors stays in the nearest cache. */
const elementsAtOnce: i32 = 16

/**
 * Packs `count` vectors of length `depth` in panels of `width` vectors: element k of vector v lies at
 * from + 4 (v * vectorStride + k * elementStride), and in the panel at place k * width + v mod width. The last panel is filled up with 0.
 */
function packPanels(from: usize, vectorStride: i32, elementStride: i32, count: i32, depth: i32, width: i32, to: usize): void {
  const whole = count - count % width
  if (whole < count) memory.fill(to + ((<usize>whole * depth) << 2), 0, (<usize>width * depth) << 2)
  for (let k = 0; k < depth; k += elementsAtOnce) {
    for (let first = 0; first < count; first += width) {
      copyFloats(
        min(width, count - first), min(elementsAtOnce, depth - k),
        from + ((<usize>first * vectorStride + <usize>k * elementStride) << 2), vectorStride, elementStride,
        to + ((<usize>first * depth + <usize>k * width) << 2), 1, width,
      )
    }
  }
}

/** Packs rows of a left factor. */
export function packLeft(from: usize, vectorStride: i32, elementStride: i32, count: i32, depth: i32, to: usize): void {
  packPanels(from, vectorStride, elementStride, count, depth, tileRows, to)
}

/** Packs columns of a right factor. */
export function packRight(from: usize, vectorStride: i32, elementStride: i32, count: i32, depth: i32, to: usize): void {
  packPanels(from, vectorStride, elementStride, count, depth, tileColumns, to)
}

@inline
function put(at: usize, sum: v128, sign: v128): void {
  v128.store(at, multiplyAdd(sum, sign, v128.load(at)))
}

/** Adds `factor` * (packed left panel) (packed right panel) to the 4 x 8 tile at `to`, whose rows are `stride` bytes apart. */
export function addTile(left: usize, right: usize, depth: i32, factor: f32, to: usize, stride: usize): void {
  let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0
  const end = left + (<usize>depth << 4)
  while (left < end) {
    const r0 = v128.load(right), r1 = v128.load(right, 16)
    let l = v128.load32_splat(left)
    a0 = multiplyAdd(l, r0, a0)
    a1 = multiplyAdd(l, r1, a1)
    l = v128.load32_splat(left, 4)
    b0 = multiplyAdd(l, r0, b0)
    b1 = multiplyAdd(l, r1, b1)
    l = v128.load32_splat(left, 8)
    c0 = multiplyAdd(l, r0, c0)
    c1 = multiplyAdd(l, r1, c1)
    l = v128.load32_splat(left, 12)
    d0 = multiplyAdd(l, r0, d0)
    d1 = multiplyAdd(l, r1, d1)
    left += 16
    right += 32
  }
  const sign = f32x4.splat(factor)
  put(to, a0, sign)
  put(to + 16, a1, sign)
  put(to + stride, b0, sign)
  put(to + stride + 16, b1, sign)
  put(to + 2 * stride, c0, sign)
  put(to + 2 * stride + 16, c1, sign)
  put(to + 3 * stride, d0, sign)
  put(to + 3 * stride + 16, d1, sign)
}

/** `addTile` for 4 or 6 rows of a left factor that lie `leftStride` bytes apart. */
@inline
function addRows(
  left: usize, leftStride: usize, rows: i32, right: usize, depth: i32, factor: f32, to: usize, stride: usize,
): void {
  let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0, e0 = a0, e1 = a0, f0 = a0, f1 = a0
  let a = left, b = a + leftStride, c = b + leftStride, d = c + leftStride, e = d + leftStride, f = e + leftStride
  const end = left + (<usize>depth << 2)
  while (a < end) {
    const r0 = v128.load(right), r1 = v128.load(right, 16)
    let l = v128.load32_splat(a)
    a0 = multiplyAdd(l, r0, a0)
    a1 = multiplyAdd(l, r1, a1)
    l = v128.load32_splat(b)
    b0 = multiplyAdd(l, r0, b0)
    b1 = multiplyAdd(l, r1, b1)
    l = v128.load32_splat(c)
    c0 = multiplyAdd(l, r0, c0)
    c1 = multiplyAdd(l, r1, c1)
    l = v128.load32_splat(d)
    d0 = multiplyAdd(l, r0, d0)
    d1 = multiplyAdd(l, r1, d1)
    if (rows == 6) {
      l = v128.load32_splat(e)
      e0 = multiplyAdd(l, r0, e0)
      e1 = multiplyAdd(l, r1, e1)
      l = v128.load32_splat(f)
      f0 = multiplyAdd(l, r0, f0)
      f1 = multiplyAdd(l, r1, f1)
      e += 4
      f += 4
    }
    a += 4
    b += 4
    c += 4
    d += 4
    right += 32
  }
  const sign = f32x4.splat(factor)
  put(to, a0, sign)
  put(to + 16, a1, sign)
  put(to + stride, b0, sign)
  put(to + stride + 16, b1, sign)
  put(to + 2 * stride, c0, sign)
  put(to + 2 * stride + 16, c1, sign)
  put(to + 3 * stride, d0, sign)
  put(to + 3 * stride + 16, d1, sign)
  if (rows == 6) {
    put(to + 4 * stride, e0, sign)
    put(to + 4 * stride + 16, e1, sign)
    put(to + 5 * stride, f0, sign)
    put(to + 5 * stride + 16, f1, sign)
  }
}

function addFourRows(left: usize, leftStride: usize, right: usize, depth: i32, factor: f32, to: usize, stride: usize): void {
  addRows(left, leftStride, 4, right, depth, factor, to, stride)
}

function addSixRows(left: usize, leftStride: usize, right: usize, depth: i32, factor: f32, to: usize, stride: usize): void {
  addRows(left, leftStride, 6, right, depth, factor, to, stride)
}

/** `rows`, at least 1, rounded up to a sum of fours and sixes: what `addPanel` reads and writes. */
export function paddedRows(rows: i32): i32 {
  return max(4, (rows + 1) & ~1)
}

/**
 * Adds `factor` * (left factor of `paddedRows(rows)` by `depth`, by rows) (packed right panel) to the 8 columns at `to`; rows are
 * `leftStride` and `stride` bytes apart.
 */
export function addPanel(
  left: usize, leftStride: usize, rows: i32, right: usize, depth: i32, factor: f32, to: usize, stride: usize,
): void {
  let rest = paddedRows(rows)
  for (; rest % 6 != 0; rest -= 4) {
    addFourRows(left, leftStride, right, depth, factor, to, stride)
    left += 4 * leftStride
    to += 4 * stride
  }
  for (; rest > 0; rest -= 6) {
    addSixRows(left, leftStride, right, depth, factor, to, stride)
    left += 6 * leftStride
    to += 6 * stride
  }
}

/** The depth of a packed panel that stays in the nearest cache. */
const depthAtOnce: i32 = 256
/** Columns of the right factor that are packed at once. */
const columnsAtOnce: i32 = 512
/** Rows of the left factor that are packed at once. */
const rowsAtOnce: i32 = 48

/**
 * C += factor * A B for C of `rows` x `columns`, A of `rows` x `depth`. Element (i, j) of a factor lies at i * rowStride + j * columnStride,
 * so that a transposed factor is one with the strides swapped. C is written from `c` on, its rows `cStride` apart. `scratch` has
 * room for a panel of results and the packed factors: 4 (48 8 + (48 + 512) 256) bytes.
 */
export function multiply(
  scratch: usize,
  rows: i32, columns: i32, depth: i32, factor: f32,
  a: usize, aRowStride: i32, aColumnStride: i32,
  b: usize, bRowStride: i32, bColumnStride: i32,
  c: usize, cStride: i32,
): void {
  const panel: usize = tileColumns << 2
  const packedLeft = scratch + <usize>rowsAtOnce * panel
  const packedRight = packedLeft + ((rowsAtOnce * depthAtOnce) << 2)
  const stride = <usize>cStride << 2
  for (let column = 0; column < columns; column += columnsAtOnce) {
    const width = min(columnsAtOnce, columns - column)
    for (let k = 0; k < depth; k += depthAtOnce) {
      const deep = min(depthAtOnce, depth - k)
      packRight(
        b + ((<usize>k * bRowStride + <usize>column * bColumnStride) << 2), bColumnStride, bRowStride, width, deep, packedRight,
      )
      for (let row = 0; row < rows; row += rowsAtOnce) {
        const height = min(rowsAtOnce, rows - row)
        copyFloats(
          height, deep, a + ((<usize>row * aRowStride + <usize>k * aColumnStride) << 2), aRowStride, aColumnStride, packedLeft, deep, 1,
        )
        for (let j = 0; j < width; j += tileColumns) {
          const right = packedRight + ((<usize>j * deep) << 2)
          const to = c + <usize>row * stride + (<usize>(column + j) << 2)
          const present = min(tileColumns, width - j)
          if (present == tileColumns && paddedRows(height) == height) {
            addPanel(packedLeft, <usize>deep << 2, height, right, deep, factor, to, stride)
            continue
          }
          memory.fill(scratch, 0, <usize>height * panel)
          addPanel(packedLeft, <usize>deep << 2, height, right, deep, factor, scratch, panel)
          for (let r = 0; r < height; r++) {
            for (let at: usize = 0; at < <usize>present << 2; at += 4) {
              const target = to + <usize>r * stride + at
              store<f32>(target, load<f32>(target) + load<f32>(scratch + <usize>r * panel + at))
            }
          }
        }
      }
    }
  }
}
