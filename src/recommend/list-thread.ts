import { readFileSync } from 'node:fs'
import { rowOf } from '../kernels/sparse.ts'
import { decodeModel } from '../models/saved-model.ts'
import { type ListRequest, leaveOut, listTitles, type Scores } from './list-titles.ts'
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

/** Scores that are in memory at once, at most, where several viewers are scored together. */
const mostScores = 2 ** 23

/** The scores of each viewer in turn, for as long as the next has not been asked for. */
function* scoresOf(model: Recommender, { start, index, value }: ListTask): Generator<Scores> {
  const viewers = start.length - 1
  const { titles } = model
  const atOnce = model.scoreRows ? Math.max(1, Math.min(viewers, Math.floor(mostScores / titles))) : 1
  if (!model.scoreRows || atOnce === 1) {
    const scores = new Float64Array(titles)
    for (let viewer = 0; viewer < viewers; viewer++) {
      model.score(rowOf({ start, index, value }, viewer), scores)
      yield scores
    }
    return
  }
  const scores = new Float32Array(atOnce * titles)
  for (let first = 0; first < viewers; first += atOnce) {
    const rows = Array.from({ length: Math.min(atOnce, viewers - first) }, (_, row) =>
      rowOf({ start, index, value }, first + row),
    )
    model.scoreRows(rows, scores)
    for (const row of rows.keys()) yield scores.subarray(row * titles, (row + 1) * titles)
  }
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
  let [viewer, size] = [0, 0]
  for (const scores of scoresOf(model, task)) {
    leaveOut(scores, leftOut)
    if (!withSeen) leaveOut(scores, rowOf(task, viewer).index)
    for (const { title, score } of listTitles(scores, request, noFacts)) {
      answer.title[size] = title
      answer.score[size] = score
      size += 1
    }
    viewer += 1
    answer.start[viewer] = size
  }
  return { ...answer, title: answer.title.slice(0, size), score: answer.score.slice(0, size) }
}
