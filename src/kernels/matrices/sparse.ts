/**
 * Sparse matrices in compressed sparse row form (CSR): the entries of row r are those from `start[r]` up to `start[r + 1]`,
 * columns ascending, no column twice. Building and transposing are counting sorts, O(entries + rows + columns).
 */

/** One row of a sparse matrix: columns ascending, each with its value. */
export interface SparseVector {
  readonly index: Uint32Array
  readonly value: Float32Array
}

/** A sparse matrix of `rows` x `columns`; `start` has `rows + 1` places. */
export interface SparseMatrix extends SparseVector {
  readonly rows: number
  readonly columns: number
  readonly start: Uint32Array
}

/** Row `row` of `matrix`, sharing its memory. */
export function rowOf(matrix: Pick<SparseMatrix, 'start' | 'index' | 'value'>, row: number): SparseVector {
  const from = matrix.start[row] as number
  const to = matrix.start[row + 1] as number
  return { index: matrix.index.subarray(from, to), value: matrix.value.subarray(from, to) }
}

/** The sum of the values. */
export function totalOf({ value }: Pick<SparseVector, 'value'>): number {
  let sum = 0
  for (let e = 0; e < value.length; e++) sum += value[e] as number
  return sum
}

/** Sum of `of(value)` over the entries of each column. */
export function columnSums({ columns, index, value }: SparseMatrix, of: (value: number) => number): Float64Array {
  const sums = new Float64Array(columns)
  for (let e = 0; e < index.length; e++) {
    const column = index[e] as number
    sums[column] = (sums[column] as number) + of(value[e] as number)
  }
  return sums
}

/** The entries of `matrix` with other values, sharing the rest of its memory. */
export const withValues = (matrix: SparseMatrix, value: Float32Array): SparseMatrix => ({ ...matrix, value })

/** The rows of `matrix` that `rows` names, in its order. */
export function selectRows(matrix: SparseMatrix, rows: ArrayLike<number>): SparseMatrix {
  const start = new Uint32Array(rows.length + 1)
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r] as number
    start[r + 1] = (start[r] as number) + (matrix.start[row + 1] as number) - (matrix.start[row] as number)
  }
  const total = start[rows.length] as number
  const kept = { index: new Uint32Array(total), value: new Float32Array(total) }
  for (let r = 0; r < rows.length; r++) {
    const { index, value } = rowOf(matrix, rows[r] as number)
    kept.index.set(index, start[r])
    kept.value.set(value, start[r])
  }
  return { rows: rows.length, columns: matrix.columns, start, ...kept }
}

/** The rows of `above`, then those of `below`, of as many columns. */
export function stackRows(above: SparseMatrix, below: SparseMatrix): SparseMatrix {
  const entries = above.index.length
  const start = new Uint32Array(above.rows + below.rows + 1)
  start.set(above.start)
  for (let row = 1; row <= below.rows; row++) start[above.rows + row] = entries + (below.start[row] as number)
  const index = new Uint32Array(entries + below.index.length)
  const value = new Float32Array(index.length)
  index.set(above.index)
  index.set(below.index, entries)
  value.set(above.value)
  value.set(below.value, entries)
  return { rows: above.rows + below.rows, columns: above.columns, start, index, value }
}

/** The entries of `matrix` for which `isKept`, given their place, holds. */
export function keepEntries(matrix: SparseMatrix, isKept: (entry: number) => boolean): SparseMatrix {
  const start = new Uint32Array(matrix.rows + 1)
  const index = new Uint32Array(matrix.index.length)
  const value = new Float32Array(matrix.index.length)
  let size = 0
  for (let row = 0; row < matrix.rows; row++) {
    const end = matrix.start[row + 1] as number
    for (let e = matrix.start[row] as number; e < end; e++) {
      if (!isKept(e)) continue
      index[size] = matrix.index[e] as number
      value[size] = matrix.value[e] as number
      size += 1
    }
    start[row + 1] = size
  }
  return { ...matrix, start, index: index.slice(0, size), value: value.slice(0, size) }
}

/** The columns that have an entry, ascending. */
export function filledColumns({ columns, index }: SparseMatrix): Uint32Array {
  const isFilled = new Uint8Array(columns)
  for (let e = 0; e < index.length; e++) isFilled[index[e] as number] = 1
  return Uint32Array.from({ length: columns }, (_, column) => column).filter((column) => isFilled[column] === 1)
}

/** `matrix` with the columns that `kept` names, ascending, and no entry in any other. */
export function selectColumns(matrix: SparseMatrix, kept: Uint32Array): SparseMatrix {
  if (kept.length === matrix.columns) return matrix
  const place = new Uint32Array(matrix.columns)
  for (const [at, column] of kept.entries()) place[column] = at
  return { ...matrix, columns: kept.length, index: matrix.index.map((column) => place[column] as number) }
}

/** The row of each entry. */
export function entryRows(matrix: SparseMatrix): Uint32Array {
  const rows = new Uint32Array(matrix.index.length)
  for (let row = 0; row < matrix.rows; row++) rows.fill(row, matrix.start[row], matrix.start[row + 1])
  return rows
}

/** Puts `keys`, all below `count`, in order, equal ones as they came: place `start[key]` of `order` holds the first of `key`. */
function countingSort(keys: Uint32Array, count: number): { start: Uint32Array; order: Uint32Array } {
  const start = new Uint32Array(count + 1)
  for (const key of keys) start[key + 1] = (start[key + 1] as number) + 1
  for (let key = 0; key < count; key++) start[key + 1] = (start[key + 1] as number) + (start[key] as number)
  const next = start.slice(0, count)
  const order = new Uint32Array(keys.length)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number
    const place = next[key] as number
    next[key] = place + 1
    order[place] = i
  }
  return { start, order }
}

/** The same entries by column: row j of the result is column j of `matrix`. It lies in `room`, arrays of the right lengths that hold 0. */
export function transpose(
  matrix: SparseMatrix,
  room: Pick<SparseMatrix, 'start' | 'index' | 'value'> = {
    start: new Uint32Array(matrix.columns + 1),
    index: new Uint32Array(matrix.index.length),
    value: new Float32Array(matrix.index.length),
  },
): SparseMatrix {
  const { start, index, value } = room
  for (let e = 0; e < matrix.index.length; e++) {
    const after = (matrix.index[e] as number) + 1
    start[after] = (start[after] as number) + 1
  }
  for (let column = 0; column < matrix.columns; column++) {
    start[column + 1] = (start[column + 1] as number) + (start[column] as number)
  }
  const next = start.slice(0, matrix.columns)
  for (let row = 0; row < matrix.rows; row++) {
    const end = matrix.start[row + 1] as number
    for (let entry = matrix.start[row] as number; entry < end; entry++) {
      const column = matrix.index[entry] as number
      const place = next[column] as number
      next[column] = place + 1
      index[place] = row
      value[place] = matrix.value[entry] as number
    }
  }
  return { rows: matrix.columns, columns: matrix.rows, start, index, value }
}

/** Entries in any order, one place of the three arrays for each. */
export interface Entries {
  readonly row: Uint32Array
  readonly column: Uint32Array
  readonly value: Float32Array
}

/** The matrix of `entries`, whose rows and columns lie below `rows` and `columns`; of equal places the largest value stays. */
export function sparseMatrix(rows: number, columns: number, entries: Entries): SparseMatrix {
  const byColumn = countingSort(entries.column, columns).order
  const { order } = countingSort(
    byColumn.map((entry) => entries.row[entry] as number),
    rows,
  )
  const start = new Uint32Array(rows + 1)
  const index = new Uint32Array(order.length)
  const value = new Float32Array(order.length)
  let size = 0
  let lastRow = -1
  for (const place of order) {
    const entry = byColumn[place] as number
    const row = entries.row[entry] as number
    const column = entries.column[entry] as number
    const amount = entries.value[entry] as number
    if (row === lastRow && index[size - 1] === column) {
      value[size - 1] = Math.max(value[size - 1] as number, amount)
      continue
    }
    lastRow = row
    index[size] = column
    value[size] = amount
    size += 1
    start[row + 1] = (start[row + 1] as number) + 1
  }
  for (let row = 0; row < rows; row++) start[row + 1] = (start[row + 1] as number) + (start[row] as number)
  return { rows, columns, start, index: index.slice(0, size), value: value.slice(0, size) }
}
