/**
 * Rows `first` up to `end` of the lower triangle of XᵀX, for X given by rows and by columns (CSR and CSC); element (i, j) lies at
 * i * stride + j of `gram`. For each viewer of title i the row of that viewer is added, up to i: O(sum of squared row lengths / 2)
 * for all of it, and the sums being added to stay in the nearest caches.
 */
export function gramRows(
  scratch: usize, first: i32, end: i32,
  rowStart: usize, rowIndex: usize, rowValue: usize,
  columnStart: usize, columnIndex: usize, columnValue: usize,
  gram: usize, stride: i32,
): void {
  for (let i: u32 = first; i < <u32>end; i++) {
    const sums = gram + ((<usize>i * stride) << 2)
    const last = load<u32>(columnStart + (<usize>i << 2), 4)
    for (let e = load<u32>(columnStart + (<usize>i << 2)); e < last; e++) {
      const row = rowStart + (<usize>load<u32>(columnIndex + (<usize>e << 2)) << 2)
      const weight = load<f32>(columnValue + (<usize>e << 2))
      const rowEnd = load<u32>(row, 4)
      for (let f = load<u32>(row); f < rowEnd; f++) {
        const j = load<u32>(rowIndex + (<usize>f << 2))
        if (j > i) break
        const at = sums + (<usize>j << 2)
        store<f32>(at, load<f32>(at) + weight * load<f32>(rowValue + (<usize>f << 2)))
      }
    }
  }
}
