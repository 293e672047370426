import { extname } from 'node:path'
import { Tinypool } from 'tinypool'
import type { ViewerHistory } from './interests.ts'
import type { ListAnswer, ListTask } from './list-thread.ts'
import type { ScoredTitle } from './recommender.ts'

/** Viewers that a thread is given at once. */
const viewersAtOnce = 200

/** How the lists of all viewers are made. */
export type BatchOrder = Pick<ListTask, 'path' | 'request' | 'leftOut' | 'withSeen'>

/** The list of one viewer, best first. */
export interface ViewerList {
  readonly viewerId: string
  readonly titles: readonly ScoredTitle[]
}

async function* inGroups(viewers: AsyncIterable<ViewerHistory>): AsyncGenerator<ViewerHistory[]> {
  let group: ViewerHistory[] = []
  for await (const viewer of viewers) {
    group.push(viewer)
    if (group.length < viewersAtOnce) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}

/** What a thread is given: the histories of `group` one after another. */
function taskOf(group: readonly ViewerHistory[], order: BatchOrder): ListTask {
  const start = new Uint32Array(group.length + 1)
  for (const [v, { history }] of group.entries()) start[v + 1] = (start[v] as number) + history.index.length
  const size = start[group.length] as number
  const task = { ...order, start, index: new Uint32Array(size), value: new Float32Array(size) }
  for (const [v, { history }] of group.entries()) {
    task.index.set(history.index, start[v])
    task.value.set(history.value, start[v])
  }
  return task
}

function listsOf(group: readonly ViewerHistory[], { start, title, score }: ListAnswer): ViewerList[] {
  return group.map(({ viewerId }, v) => ({
    viewerId,
    titles: Array.from(title.subarray(start[v], start[v + 1]), (one, i) => ({
      title: one,
      score: score[(start[v] as number) + i] as number,
    })),
  }))
}

/**
 * The lists of `viewers`, in their order, made on `threads` threads, each of which holds the model once; a few hundred viewers at a time are in
 * memory for each.
 */
export async function* listForAll(
  viewers: AsyncIterable<ViewerHistory>,
  order: BatchOrder,
  threads: number,
  signal: AbortSignal,
): AsyncGenerator<ViewerList[]> {
  const pool = new Tinypool({
    filename: new URL(`./list-thread${extname(import.meta.url)}`, import.meta.url).href,
    minThreads: 1,
    maxThreads: threads,
  })
  try {
    const waiting: Promise<ViewerList[]>[] = []
    for await (const group of inGroups(viewers)) {
      signal.throwIfAborted()
      const made = pool.run(taskOf(group, order)).then((answer: ListAnswer) => listsOf(group, answer))
      made.catch(() => undefined)
      waiting.push(made)
      if (waiting.length > 2 * threads) yield await (waiting.shift() as Promise<ViewerList[]>)
    }
    for (const made of waiting) yield await made
  } finally {
    await pool.destroy()
  }
}
