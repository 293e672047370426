import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rowOf, type SparseMatrix, sparseMatrix } from '../../src/kernels/matrices/sparse.ts'
import { AliasTable, Random, zipfWeights } from '../../src/kernels/random.ts'

/** Plays to learn from, and viewers held out: four fifths of their plays to be told, one fifth to be guessed. */
export interface SimulatedPlays {
  readonly train: SparseMatrix
  readonly foldIn: SparseMatrix
  readonly target: SparseMatrix
}

const parts = ['train', 'foldIn', 'target'] as const
const tastes = 40
const heldOut = 500

function matrixOf(columns: number, rows: readonly (readonly number[])[]): SparseMatrix {
  const column = Uint32Array.from(rows.flat())
  const row = new Uint32Array(column.length)
  let at = 0
  for (const [viewer, titles] of rows.entries()) {
    row.fill(viewer, at, at + titles.length)
    at += titles.length
  }
  return sparseMatrix(rows.length, columns, { row, column, value: new Float32Array(at).fill(1) })
}

/**
 * Viewers of whom each likes three of forty tastes, titles of two tastes each with the popularity of Zipf's law; seven plays in ten follow a
 * taste. Numbers of plays are gamma distributed with a mean of `plays / viewers`.
 */
export function simulatePlays(viewers: number, titles: number, plays: number, seed = 1): SimulatedPlays {
  const random = new Random(seed)
  const popularity = zipfWeights(titles, 0.7)
  const everything = new AliasTable(popularity)
  const tasteOf = Array.from({ length: titles }, () => [random.integer(tastes), random.integer(tastes)])
  const byTaste = Array.from({ length: tastes }, (_, taste) => {
    const weights = popularity.map((weight, title) => (tasteOf[title]?.includes(taste) ? weight : 0))
    return new AliasTable(weights)
  })
  const watch = () => {
    const likes = Array.from({ length: 3 }, () => byTaste[random.integer(tastes)] as AliasTable)
    const count = Math.min(titles / 4, 10 + random.gamma(1.5, (plays / viewers - 10) / 1.5))
    const watched = new Set<number>()
    while (watched.size < count) {
      const from = random.uniform() < 0.7 ? (likes[random.integer(3)] as AliasTable) : everything
      watched.add(from.draw(random))
    }
    return [...watched]
  }
  const guests = Array.from({ length: heldOut }, watch)
  const cut = (list: readonly number[]) => Math.floor(list.length * 0.8)
  return {
    train: matrixOf(titles, Array.from({ length: viewers }, watch)),
    foldIn: matrixOf(
      titles,
      guests.map((list) => list.slice(0, cut(list))),
    ),
    target: matrixOf(
      titles,
      guests.map((list) => list.slice(cut(list))),
    ),
  }
}

/** Leaves what a program in any language can read: for each part NAME.start and NAME.index, little-endian 32-bit numbers. */
export async function writePlays(folder: string, plays: SimulatedPlays): Promise<void> {
  for (const part of parts) {
    await writeFile(join(folder, `${part}.start`), plays[part].start)
    await writeFile(join(folder, `${part}.index`), plays[part].index)
  }
}

export async function readPlays(folder: string, columns: number): Promise<SimulatedPlays> {
  const numbers = async (name: string) => new Uint32Array((await readFile(join(folder, name))).buffer)
  const read = async (part: (typeof parts)[number]): Promise<SparseMatrix> => {
    const [start, index] = [await numbers(`${part}.start`), await numbers(`${part}.index`)]
    return { rows: start.length - 1, columns, start, index, value: new Float32Array(index.length).fill(1) }
  }
  return { train: await read('train'), foldIn: await read('foldIn'), target: await read('target') }
}

/** nDCG@100 with binary gains, the ideal cut off at 100 as well (Liang et al., WWW 2018), of lists without what was told. */
export function meanNdcg(target: SparseMatrix, listOf: (viewer: number) => ArrayLike<number>): number {
  let total = 0
  for (let viewer = 0; viewer < target.rows; viewer++) {
    const wanted = new Set(rowOf(target, viewer).index)
    const gain = (rank: number) => 1 / Math.log2(rank + 2)
    let ideal = 0
    for (let rank = 0; rank < Math.min(100, wanted.size); rank++) ideal += gain(rank)
    total +=
      Array.from(listOf(viewer)).reduce((sum, title, rank) => sum + (wanted.has(title) ? gain(rank) : 0), 0) / ideal
  }
  return total / target.rows
}
