import { type Random, shuffled } from '../../../kernels/random.ts'

/** Batches whose reviews are sorted by length together: enough for a batch to have about one length, few enough for it to have chance companions. */
const batchesTogether = 50

/** `rows` in batches of `size` and about one length, in random order. */
export function lengthBatches(
  rows: Uint32Array,
  lengthOf: (row: number) => number,
  size: number,
  random: Random,
): Uint32Array[] {
  const order = shuffled(rows.length, random).map((place) => rows[place] as number)
  const batches: Uint32Array[] = []
  for (let from = 0; from < order.length; from += batchesTogether * size) {
    const together = order
      .subarray(from, from + batchesTogether * size)
      .sort((a, b) => lengthOf(b) - lengthOf(a) || a - b)
    for (let first = 0; first < together.length; first += size) batches.push(together.subarray(first, first + size))
  }
  return Array.from(shuffled(batches.length, random), (place) => batches[place] as Uint32Array)
}
