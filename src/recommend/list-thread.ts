import { readFileSync } from 'node:fs'
import { rowOf } from '../kernels/matrices/sparse.ts'
import { decodeModel } from '../models/saved-model.ts'
import { type ListRequest, listBy, rankingOf } from './list-titles.ts'
import type { Recommender } from './recommender.ts'
import { loadTrained } from './trained-model.ts'

/** Lists for several viewers by the model in a file. */
export interface ListTask {
  readonly path: string
  /** The histories, one after another: those of viewer v from `start[v]` up to `start[v + 1]`. */
  readonly start: Uint32Array
  readonly index: Uint32Array
  readonly value: Float32Array
  /** By score alone. */
  readonly request: ListRequest
  readonly leftOut: Uint32Array
  /** Whether titles of a viewer's history are listed too. */
  readonly withSeen: boolean
}

/** Titles and scores of all lists, one after another. */
export interface ListAnswer {
  readonly start: Uint32Array
  readonly title: Uint32Array
  readonly score: Float64Array
}

let loaded: { readonly path: string; readonly model: Recommender } | undefined

/** The model in `path`, kept for the next task. */
function modelAt(path: string): Recommender {
  if (loaded?.path !== path) loaded = { path, model: loadTrained(decodeModel(readFileSync(path), path)).model }
  return loaded.model
}

const noFacts = () => {
  throw new Error('lists by score alone need no facts')
}

export default function listForAll(task: ListTask): ListAnswer {
  const { path, request, leftOut, withSeen } = task
  const model = modelAt(path)
  const viewers = task.start.length - 1
  const answer = {
    start: new Uint32Array(viewers + 1),
    title: new Uint32Array(viewers * request.count),
    score: new Float64Array(viewers * request.count),
  }
  const scores = new Float64Array(model.titles)
  let size = 0
  for (let viewer = 0; viewer < viewers; viewer++) {
    const history = rowOf(task, viewer)
    const out = withSeen ? [leftOut] : [leftOut, history.index]
    for (const { title, score } of listBy(rankingOf(model, history), out, request, noFacts, scores)) {
      answer.title[size] = title
      answer.score[size] = score
      size += 1
    }
    answer.start[viewer + 1] = size
  }
  return { ...answer, title: answer.title.slice(0, size), score: answer.score.slice(0, size) }
}
