/**
 * Dense float32 products by register blocking (Goto and van de Geijn, "Anatomy of high-performance matrix
 * multiplication", ACM TOMS 34(3), 2008): panels of 4 rows of the left and 8 columns of the right factor are packed so that the
 * inner loop reads them in order and keeps a tile of 4 x 8 sums in registers.
 */
import { multiplyAdd } from './multiply-add'

export const tileRows: i32 = 4
export const tileColumns: i32 = 8

/**
 * Packs `count` vectors of length `depth` in panels of `width` vectors: element k of vector v lies at
 * from + 4 (v * vectorStride + k * elementStride), and in the panel at place k * width + v mod width. The last panel is filled up with 0.
 */
@inline
function packPanels(from: usize, vectorStride: i32, elementStride: i32, count: i32, depth: i32, width: i32, to: usize): void {
  for (let first = 0; first < count; first += width) {
    const present = min(width, count - first)
    for (let v = 0; v < width; v++) {
      let target = to + (<usize>v << 2)
      if (v < present) {
        let source = from + ((<usize>(first + v) * vectorStride) << 2)
        for (let k = 0; k < depth; k++) {
          store<f32>(target, load<f32>(source))
          source += <usize>elementStride << 2
          target += <usize>width << 2
        }
      } else {
        for (let k = 0; k < depth; k++) {
          store<f32>(target, 0)
          target += <usize>width << 2
        }
      }
    }
    to += (<usize>depth * width) << 2
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

/** The same where only `rows` x `columns` of the tile exist; `spare` has room for a whole one. */
function addPartOfTile(
  left: usize, right: usize, depth: i32, factor: f32, to: usize, stride: usize, rows: i32, columns: i32, spare: usize,
): void {
  memory.fill(spare, 0, 128)
  addTile(left, right, depth, factor, spare, 32)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const at = to + <usize>r * stride + (<usize>c << 2)
      store<f32>(at, load<f32>(at) + load<f32>(spare + <usize>((r * tileColumns + c) << 2)))
    }
  }
}

/** The depth of a packed panel that stays in the nearest cache. */
const depthAtOnce: i32 = 256
/** Columns of the right factor that are packed at once. */
const columnsAtOnce: i32 = 512
/** Rows of the left factor that are packed at once. */
const rowsAtOnce: i32 = 64

/**
 * C += factor * A B for C of `rows` x `columns`, A of `rows` x `depth`. Element (i, j) of a factor lies at i * rowStride + j * columnStride,
 * so that a transposed factor is one with the strides swapped. C is written from `c` on, its rows `cStride` apart. `scratch` has
 * room for 128 bytes and the packed panels: 4 (64 + 512) 256 bytes.
 */
export function multiply(
  scratch: usize,
  rows: i32, columns: i32, depth: i32, factor: f32,
  a: usize, aRowStride: i32, aColumnStride: i32,
  b: usize, bRowStride: i32, bColumnStride: i32,
  c: usize, cStride: i32,
): void {
  const packedLeft = scratch + 128
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
        packLeft(a + ((<usize>row * aRowStride + <usize>k * aColumnStride) << 2), aRowStride, aColumnStride, height, deep, packedLeft)
        for (let j = 0; j < width; j += tileColumns) {
          const right = packedRight + ((<usize>j * deep) << 2)
          for (let i = 0; i < height; i += tileRows) {
            const left = packedLeft + ((<usize>i * deep) << 2)
            const to = c + <usize>(row + i) * stride + (<usize>(column + j) << 2)
            if (i + tileRows <= height && j + tileColumns <= width) addTile(left, right, deep, factor, to, stride)
            else addPartOfTile(left, right, deep, factor, to, stride, min(tileRows, height - i), min(tileColumns, width - j), scratch)
          }
        }
      }
    }
  }
}
