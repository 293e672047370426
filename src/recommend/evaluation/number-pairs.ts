import { type SparseMatrix, sparseMatrix } from '../../kernels/matrices/sparse.ts'

/** A play as a file tells it; `weight` is above 0. */
export interface Pair {
  readonly user: string
  readonly item: string
  readonly weight: number
}

/** Gives ids numbers from 0, in the order in which they first come. */
export class Numbering {
  private readonly numbers = new Map<string, number>()

  get count(): number {
    return this.numbers.size
  }

  /** The number of `id`, a new one where it has none. */
  of(id: string): number {
    const known = this.numbers.get(id)
    if (known !== undefined) return known
    this.numbers.set(id, this.numbers.size)
    return this.numbers.size - 1
  }

  known(id: string): number | undefined {
    return this.numbers.get(id)
  }
}

/** Collects plays as the entries of a matrix of users x items. */
export class PairMatrix {
  private readonly row: number[] = []
  private readonly column: number[] = []
  private readonly value: number[] = []

  add(user: number, item: number, weight: number): void {
    this.row.push(user)
    this.column.push(item)
    this.value.push(weight)
  }

  /** Of equal pairs the largest weight counts. */
  matrix(users: number, items: number): SparseMatrix {
    return sparseMatrix(users, items, {
      row: Uint32Array.from(this.row),
      column: Uint32Array.from(this.column),
      value: Float32Array.from(this.value),
    })
  }
}
