import { z } from 'zod'
import { aboutOf, arrayOf, nestedModels, nestModels, type SavedModel } from '../models/saved-model.ts'
import { algorithms } from './algorithm/index.ts'
import { FinishModel } from './finish/finish-model.ts'
import type { Weighing } from './query.ts'
import type { Algorithm, Recommender } from './recommender.ts'

/** A recommender with what it was trained on: the works that it numbers, and how interests were weighed. */
export interface TrainedModel {
  readonly model: Recommender
  /** Ids of the works, decimal text, by their numbers. */
  readonly titleIds: readonly string[]
  readonly weighing: Weighing
  /** Absent where there were too few plays to learn it from. */
  readonly finish?: FinishModel
}

export function saveTrained({ model, titleIds, weighing, finish }: TrainedModel): SavedModel {
  const nested = nestModels('trained', { weighing }, finish ? [model.save(), finish.save()] : [model.save()])
  return { ...nested, arrays: { ...nested.arrays, titleIds: BigInt64Array.from(titleIds, BigInt) } }
}

const savedWeighing = z.object({ halfLifeDays: z.number().positive().nullable() })

/** @throws ModelError `model-file-corrupt` */
export function loadTrained(saved: SavedModel): TrainedModel {
  const weighing = aboutOf(saved, (about) => savedWeighing.parse(about.weighing))
  const [nested, finish] = nestedModels(saved)
  const algorithm = aboutOf(saved, () => algorithms[nested?.algorithm ?? ''] as Algorithm)
  const model = aboutOf(saved, () => algorithm.load(nested as SavedModel))
  return {
    ...{ model, weighing },
    titleIds: Array.from(arrayOf(saved, 'titleIds', 'BigInt64Array', model.titles), String),
    ...(finish ? { finish: FinishModel.load(finish, model.titles) } : {}),
  }
}
