import { expect, it } from 'vitest'
import { shareDone } from '../../../src/engine/spark/share-done.ts'

const stages = (...all: readonly (readonly [id: number, tasks: number, done: number])[]) =>
  all.map(([stageId, tasks, tasksDone]) => ({ stageId, tasks, tasksDone, bytesRead: 0, isDone: tasksDone >= tasks }))

it.each([
  ['no stage', stages(), undefined],
  ['a stage that has just begun', stages([0, 12, 0]), 0],
  ['a stage under way', stages([0, 12, 3]), 0.25],
  ['tasks that a lost executor had to repeat', stages([0, 12, 17]), 1],
  ['two sides of a join, of which the first is under way', stages([0, 4, 2], [1, 4, 0]), 0.25],
  ['a stage that is listed again and skipped', stages([0, 12, 12], [1, 12, 0], [2, 2, 1]), 13 / 14],
  ['the last of many stages', stages([0, 12, 12], [5, 1, 1], [1, 12, 0], [2, 2, 2], [3, 12, 0], [4, 2, 0]), 1],
])('%s', (_, given, share) => {
  expect(shareDone(given)).toBe(share)
})
