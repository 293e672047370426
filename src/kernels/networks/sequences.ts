import { type SparseMatrix, transpose } from '../matrices/sparse.ts'

/** Sequences of words, one after another: those of sequence s are `start[s]` up to `start[s + 1]` of `word`. */
export interface Sequences {
  readonly start: Uint32Array
  readonly word: Uint32Array
}

/** `texts`, one after another. */
export function sequencesOf(texts: readonly Uint32Array[]): Sequences {
  const start = new Uint32Array(texts.length + 1)
  for (const [i, { length }] of texts.entries()) start[i + 1] = (start[i] as number) + length
  const word = new Uint32Array(start[texts.length] as number)
  for (const [i, text] of texts.entries()) word.set(text, start[i])
  return { start, word }
}

/**
 * The steps of sequences as rows of matrices: step t of sequence s is row start[s] + s + 1 + t. A row that is no step comes before each sequence
 * and behind the last one, so that each step has a row before and behind it; nothing is padded.
 */
export interface Steps {
  readonly start: Uint32Array
  readonly rows: number
  /** The words that occur, as they come first. */
  readonly distinct: Uint32Array
  /** The place in `distinct` of the word of each row. */
  readonly word: Uint32Array
  /** The sequences that have a step, the longest first. */
  readonly order: Uint32Array
  /** First place and end in `order` of sequences that are worked on together; all slices have about as many steps. */
  readonly slices: readonly (readonly [number, number])[]
}

/** Sequences to a slice, on average: enough for kernels to be fast, few enough for slices to be shared by threads. */
const sequencesPerSlice = 12

/** Cuts `order` so that slices have about as many steps, and an even number of sequences, which is what products take at once. */
function slicesOf(order: Uint32Array, lengthOf: (sequence: number) => number): [number, number][] {
  let left = order.reduce((sum, sequence) => sum + lengthOf(sequence), 0)
  const count = Math.ceil(order.length / sequencesPerSlice)
  const slices: [number, number][] = []
  let from = 0
  let steps = 0
  for (let end = 1; end <= order.length; end++) {
    const own = lengthOf(order[end - 1] as number)
    steps += own
    const open = count - slices.length
    const isFull = open * (steps + own) >= left && (end - from) % 2 === 0
    if (end < order.length && (open === 1 || !isFull)) continue
    slices.push([from, end])
    from = end
    left -= steps
    steps = 0
  }
  return slices
}

/** Lays out `sequences` of words below `words`. O(steps + words + sequences log sequences). */
export function layOut({ start, word }: Sequences, words: number): Steps {
  const count = start.length - 1
  const lengthOf = (sequence: number) => (start[sequence + 1] as number) - (start[sequence] as number)
  const rows = word.length + count + 1
  const placeOf = new Uint32Array(words)
  const distinct = new Uint32Array(Math.min(words, word.length))
  const ofRow = new Uint32Array(rows)
  let size = 0
  for (let sequence = 0; sequence < count; sequence++) {
    for (let step = start[sequence] as number; step < (start[sequence + 1] as number); step++) {
      const own = word[step] as number
      if (placeOf[own] === 0) {
        distinct[size] = own
        size += 1
        placeOf[own] = size
      }
      ofRow[step + sequence + 1] = (placeOf[own] as number) - 1
    }
  }
  const order = Uint32Array.from({ length: count }, (_, sequence) => sequence)
    .filter((sequence) => lengthOf(sequence) > 0)
    .sort((a, b) => lengthOf(b) - lengthOf(a) || a - b)
  return { start, rows, distinct: distinct.slice(0, size), word: ofRow, order, slices: slicesOf(order, lengthOf) }
}

/** Which rows each distinct word is in: distinct words x rows, 1 for each. */
export function occurrences({ start, rows, distinct, word }: Steps): SparseMatrix {
  const steps = start[start.length - 1] as number
  const rowStart = new Uint32Array(rows + 1)
  const index = new Uint32Array(steps)
  for (let sequence = 0; sequence + 1 < start.length; sequence++) {
    rowStart[(start[sequence] as number) + sequence + 1] = start[sequence] as number
    for (let step = start[sequence] as number; step < (start[sequence + 1] as number); step++) {
      rowStart[step + sequence + 2] = step + 1
      index[step] = word[step + sequence + 1] as number
    }
  }
  rowStart[rows] = steps
  return transpose({ rows, columns: distinct.length, start: rowStart, index, value: new Float32Array(steps).fill(1) })
}
