import { multiplyAdd } from './multiply-add'

/**
 * Adds to each of the rows `first` up to `end` of C that of S D, S sparse (CSR), D and C of rows of `width` floats, `width` a multiple of 4.
 * O(width) an entry.
 */
export function addSparseRows(
  scratch: usize, first: i32, end: i32, start: usize, index: usize, value: usize, d: usize, width: i32, c: usize,
): void {
  const rowBytes = <usize>width << 2
  for (let row = first; row < end; row++) {
    const own = c + <usize>row * rowBytes
    const to = <usize>load<u32>(start + (<usize>row << 2), 4) << 2
    for (let e = <usize>load<u32>(start + (<usize>row << 2)) << 2; e < to; e += 4) {
      const other = d + <usize>load<u32>(index + e) * rowBytes
      const weight = v128.load32_splat(value + e)
      for (let k: usize = 0; k < rowBytes; k += 16) {
        v128.store(own + k, multiplyAdd(weight, v128.load(other + k), v128.load(own + k)))
      }
    }
  }
}
