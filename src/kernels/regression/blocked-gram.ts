import type { Random } from '../random.ts'

/**
 * Sums of products of the columns of a table, by block of rows: all that least squares, their cross-validation and their bootstrap need of the
 * rows. Rows that depend on each other belong in one block. Memory: blocks * columns² numbers.
 */
export class BlockedGram {
  readonly columns: number
  readonly #blocks: (Float64Array | undefined)[]
  #rows = 0

  constructor(columns: number, blocks: number) {
    this.columns = columns
    this.#blocks = new Array(blocks).fill(undefined)
  }

  /** Rows that were added. */
  get rows(): number {
    return this.#rows
  }

  /** Adds a row, `value` in the columns `index` (each named once) and 0 elsewhere, to `block`. O(length²). */
  add(block: number, index: ArrayLike<number>, value: ArrayLike<number>): void {
    const sums = this.#blocks[block] ?? new Float64Array(this.columns ** 2)
    this.#blocks[block] = sums
    for (let i = 0; i < index.length; i++) {
      const row = (index[i] as number) * this.columns
      for (let j = 0; j < index.length; j++) {
        const at = row + (index[j] as number)
        sums[at] = (sums[at] as number) + (value[i] as number) * (value[j] as number)
      }
    }
    this.#rows += 1
  }

  /** XᵀX of the rows, whole, `columns` to a row; each block taken as often as `times` says, once unless given. */
  total(times: (block: number) => number = () => 1): Float64Array {
    const sums = new Float64Array(this.columns ** 2)
    for (const [block, own] of this.#blocks.entries()) {
      const weight = own ? times(block) : 0
      if (own && weight !== 0)
        for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + weight * (own[i] as number)
    }
    return sums
  }

  /** The same rows with some of the columns, in the order given. O(blocks * columns²). */
  select(columns: readonly number[]): BlockedGram {
    const chosen = new BlockedGram(columns.length, this.#blocks.length)
    chosen.#rows = this.#rows
    for (const [block, own] of this.#blocks.entries()) {
      if (!own) continue
      chosen.#blocks[block] = Float64Array.from(
        columns.flatMap((row) => columns.map((column) => own[row * this.columns + column] as number)),
      )
    }
    return chosen
  }

  /**
   * XᵀX of as many blocks as there are, drawn with replacement: the bootstrap of clustered rows.
   * @see Davison and Hinkley, "Bootstrap Methods and their Application", 1997, section 3.8
   */
  resampled(random: Random): Float64Array {
    const filled = [...this.#blocks.keys()].filter((block) => this.#blocks[block])
    const times = new Uint32Array(this.#blocks.length)
    for (let draw = 0; draw < filled.length; draw++) {
      const block = filled[random.integer(filled.length)] as number
      times[block] = (times[block] as number) + 1
    }
    return this.total((block) => times[block] as number)
  }
}
