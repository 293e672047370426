import type { Engine, Row } from '../engine/engine.ts'
import type { SparseMatrix } from '../kernels/matrices/sparse.ts'
import { interestStatement, type Weighing } from './query.ts'
import type { History } from './recommender.ts'

/** That of somebody of whom nothing is known. */
export const noHistory: History = { index: new Uint32Array(0), value: new Float32Array(0) }

interface InterestRow extends Row {
  viewer_id: string | number
  title_id: string | number
  weight: number
  age_days: number | null
  is_finished: boolean
}

/** What all viewers watched and rated, as a model learns it. */
export interface Interests {
  /** The ids of the viewers, decimal text, ascending as integers. */
  readonly viewerIds: readonly string[]
  /** Viewers x works. */
  readonly interactions: SparseMatrix
  /** Absent where no play or rating has a time; 0 for one without. */
  readonly ageDays?: Float32Array
  /** 1 for each entry whose time is known. */
  readonly isTimed: Uint8Array
}

/** What one viewer watched and rated. */
export interface ViewerInterests {
  readonly history: History
  /** Numbers of the works seen to the end. */
  readonly finished: ReadonlySet<number>
  /** Days from the viewer's newest play or rating to the newest of all; null where no time is known or nothing was watched. */
  readonly newestAgeDays: number | null
}

/** Those of `rows` that are of the works `numbers`, with the number and the viewer's id as decimal text. */
const ofWorks = (rows: readonly InterestRow[], numbers: ReadonlyMap<string, number>) =>
  rows.flatMap((row) => {
    const work = numbers.get(String(row.title_id))
    return work === undefined ? [] : [{ row, work, viewerId: String(row.viewer_id) }]
  })

/** A list that grows, in a typed array. */
class Growing<A extends Float32Array | Uint32Array | Uint8Array> {
  #array: A
  #size = 0

  constructor(array: A) {
    this.#array = array
  }

  push(value: number): void {
    if (this.#size === this.#array.length) {
      const larger = new (this.#array.constructor as new (length: number) => A)(2 * this.#size)
      larger.set(this.#array)
      this.#array = larger
    }
    this.#array[this.#size++] = value
  }

  get size(): number {
    return this.#size
  }

  toArray(): A {
    return this.#array.slice(0, this.#size) as A
  }
}

const firstPlaces = 1024

/**
 * What the viewers of the warehouse watched and rated of the works `numbers`, which come in the order of their ids; a viewer of none of them
 * is left out, and so are those with an id in `leftOut`. Time and memory grow with the number of pairs.
 */
export async function readInterests(
  engine: Engine,
  numbers: ReadonlyMap<string, number>,
  weighing: Weighing,
  signal: AbortSignal,
  leftOut: ReadonlySet<string> = new Set(),
): Promise<Interests> {
  const [index, value, age] = [
    new Uint32Array(firstPlaces),
    new Float32Array(firstPlaces),
    new Float32Array(firstPlaces),
  ]
  const entries = { index: new Growing(index), value: new Growing(value), age: new Growing(age) }
  const isTimed = new Growing(new Uint8Array(firstPlaces))
  const start = new Growing(new Uint32Array(firstPlaces))
  const viewerIds: string[] = []
  for await (const rows of engine.stream<InterestRow>(interestStatement(weighing))) {
    signal.throwIfAborted()
    for (const { row, work, viewerId } of ofWorks(rows, numbers)) {
      if (leftOut.has(viewerId)) continue
      if (viewerId !== viewerIds.at(-1)) {
        start.push(entries.index.size)
        viewerIds.push(viewerId)
      }
      isTimed.push(row.age_days === null ? 0 : 1)
      entries.index.push(work)
      entries.value.push(row.weight)
      entries.age.push(row.age_days ?? 0)
    }
  }
  start.push(entries.index.size)
  const interactions = {
    ...{ rows: start.size - 1, columns: numbers.size },
    ...{ start: start.toArray(), index: entries.index.toArray(), value: entries.value.toArray() },
  }
  const timed = isTimed.toArray()
  return { viewerIds, interactions, isTimed: timed, ...(timed.includes(1) ? { ageDays: entries.age.toArray() } : {}) }
}

/** What the viewer with the id `viewer`, decimal text, watched and rated of the works `numbers`. */
export async function readViewer(
  engine: Engine,
  viewer: string,
  numbers: ReadonlyMap<string, number>,
  weighing: Weighing,
): Promise<ViewerInterests> {
  const known = ofWorks(await engine.query<InterestRow>(interestStatement(weighing, viewer)), numbers)
  known.sort((left, right) => left.work - right.work)
  const ages = known.flatMap(({ row: { age_days } }) => (age_days === null ? [] : [age_days]))
  return {
    history: {
      index: Uint32Array.from(known, ({ work }) => work),
      value: Float32Array.from(known, ({ row }) => row.weight),
    },
    finished: new Set(known.filter(({ row }) => row.is_finished).map(({ work }) => work)),
    newestAgeDays: ages.length === 0 ? null : Math.min(...ages),
  }
}

/** A viewer's id, decimal text, and what they watched and rated. */
export interface ViewerHistory {
  readonly viewerId: string
  readonly history: History
}

/**
 * Every viewer with what they watched and rated of the works `numbers`, by id; a viewer of none of them is left out. Nothing is told of those with
 * an id in `objections`.
 */
export async function* streamHistories(
  engine: Engine,
  numbers: ReadonlyMap<string, number>,
  weighing: Weighing,
  signal: AbortSignal,
  objections: ReadonlySet<string>,
): AsyncGenerator<ViewerHistory> {
  let viewerId = ''
  let pairs: { work: number; weight: number }[] = []
  const history = (): History => {
    if (objections.has(viewerId)) return noHistory
    pairs.sort((left, right) => left.work - right.work)
    return {
      index: Uint32Array.from(pairs, ({ work }) => work),
      value: Float32Array.from(pairs, ({ weight }) => weight),
    }
  }
  for await (const rows of engine.stream<InterestRow>(interestStatement(weighing))) {
    signal.throwIfAborted()
    for (const { row, work, viewerId: id } of ofWorks(rows, numbers)) {
      if (id !== viewerId && pairs.length > 0) {
        yield { viewerId, history: history() }
        pairs = []
      }
      viewerId = id
      pairs.push({ work, weight: row.weight })
    }
  }
  if (pairs.length > 0) yield { viewerId, history: history() }
}
