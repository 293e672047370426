/**
 * The steps of inverting a symmetric positive definite float32 matrix in place by the sweep operator on blocks (Goodnight, "A
 * tutorial on the SWEEP operator", The American Statistician 33(3), 1979). Sweeping the block K, with P = A_KK^-1:
 *
 *     A_ij -= A_iK P A_Kj,   A_iK <- A_iK P,   A_KK <- -P
 *
 * After all blocks A holds minus its inverse. Only the lower triangle is read and kept. n^3 additions and multiplications in all, nearly all
 * of them in `sweepRows`. X = A_iK and Y = X P are packed panels of `size` deep; rows come in strips of `stripRows`, the last one
 * a multiple of 8, and the blocks are the strips.
 */
import { factorise, invertFactor } from './cholesky'
import { addTile, packLeft, packRight, tileColumns, tileRows } from './product'

/**
 * Inverts the block of `size` rows from row `k` on: leaves -P in its place and P, packed as a right factor, at `p`. Where a pivot is
 * not above `least` it leaves 1 + its row at `failed` instead. `scratch` has room for 12 size^2 bytes.
 */
export function sweepBlock(scratch: usize, a: usize, stride: i32, k: i32, size: i32, least: f64, p: usize, failed: usize): void {
  const block = a + ((<usize>k * stride + k) << 2)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      store<f64>(scratch + (<usize>(i * size + j) << 3), <f64>load<f32>(block + ((<usize>i * stride + j) << 2)))
    }
  }
  const pivot = factorise(scratch, size, least)
  if (pivot != 0) {
    store<i32>(failed, k + pivot)
    return
  }
  invertFactor(scratch, size)
  const inverse = scratch + (<usize>(size * size) << 3)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum: f64 = 0
      for (let r = i; r < size; r++) {
        const row = scratch + (<usize>(r * size) << 3)
        sum += load<f64>(row + (<usize>i << 3)) * load<f64>(row + (<usize>j << 3))
      }
      store<f32>(inverse + (<usize>(i * size + j) << 2), <f32>sum)
      store<f32>(inverse + (<usize>(j * size + i) << 2), <f32>sum)
      store<f32>(block + ((<usize>i * stride + j) << 2), -(<f32>sum))
    }
  }
  packRight(inverse, size, 1, size, size, p)
}

/** Packs X for the strip of `rows` rows from `row` on; zeros for the block itself. */
export function packStrip(scratch: usize, a: usize, stride: i32, k: i32, size: i32, row: i32, rows: i32, x: usize): void {
  const to = x + ((<usize>row * size) << 2)
  if (row == k) memory.fill(to, 0, (<usize>rows * size) << 2)
  else if (row > k) packLeft(a + ((<usize>row * stride + k) << 2), stride, 1, rows, size, to)
  else packLeft(a + ((<usize>k * stride + row) << 2), 1, stride, rows, size, to)
}

/** Y = X P for a strip: packed at `y`, and put in the place of X. `scratch` has room for 4 rows * size bytes. */
export function scaleStrip(
  scratch: usize, a: usize, stride: i32, k: i32, size: i32, row: i32, rows: i32, x: usize, p: usize, y: usize,
): void {
  const to = y + ((<usize>row * size) << 2)
  const bytes = (<usize>rows * size) << 2
  if (row == k) {
    memory.fill(to, 0, bytes)
    return
  }
  memory.fill(scratch, 0, bytes)
  for (let j = 0; j < size; j += tileColumns) {
    for (let i = 0; i < rows; i += tileRows) {
      addTile(
        x + ((<usize>(row + i) * size) << 2), p + ((<usize>j * size) << 2), size, 1,
        scratch + (<usize>(i * size + j) << 2), <usize>size << 2,
      )
    }
  }
  packRight(scratch, size, 1, rows, size, to)
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < size; c++) {
      const at = row > k ? <usize>(row + i) * stride + k + c : <usize>(k + c) * stride + row + i
      store<f32>(a + (at << 2), load<f32>(scratch + (<usize>(i * size + c) << 2)))
    }
  }
}

/** A_ij -= X_i Y_jᵀ for the rows of a strip and all columns up to its own, except those of the block. */
export function sweepStrip(scratch: usize, a: usize, stride: i32, k: i32, size: i32, row: i32, rows: i32, x: usize, y: usize): void {
  if (row == k) return
  const last = row + rows
  for (let j = 0; j < last; j += tileColumns) {
    if (j == k) {
      j += size - tileColumns
      continue
    }
    const right = y + ((<usize>j * size) << 2)
    for (let i = row; i < last; i += tileRows) {
      addTile(x + ((<usize>i * size) << 2), right, size, -1, a + ((<usize>i * stride + j) << 2), <usize>stride << 2)
    }
  }
}

const mirrorRows: i32 = 32

/** Negates the lower triangle in the rows of a strip and copies it to the upper one. */
export function mirrorStrip(scratch: usize, a: usize, stride: i32, row: i32, rows: i32): void {
  for (let i0 = row; i0 < row + rows; i0 += mirrorRows) {
    const iEnd = min(i0 + mirrorRows, row + rows)
    for (let j0 = 0; j0 < iEnd; j0 += mirrorRows) {
      for (let i = i0; i < iEnd; i++) {
        const jEnd = min(j0 + mirrorRows, i + 1)
        for (let j = j0; j < jEnd; j++) {
          const at = a + ((<usize>i * stride + j) << 2)
          const value = -load<f32>(at)
          store<f32>(at, value)
          store<f32>(a + ((<usize>j * stride + i) << 2), value)
        }
      }
    }
  }
}
