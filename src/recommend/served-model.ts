import { z } from 'zod'
import { InputError } from '../errors.ts'
import type { ModelRecord } from '../models/model-store.ts'
import { aboutOf, arrayOf, nestedModels, nestModels, type SavedModel } from '../models/saved-model.ts'
import type { Context } from '../question.ts'
import { algorithms } from './algorithm/index.ts'
import { readCatalogue, type Work } from './catalogue.ts'
import type { Weighing } from './query.ts'
import type { Algorithm, Recommender } from './recommender.ts'

/** The name of the trained recommender among the models of a project. */
export const recommenderName = 'recommender'

/** A recommender with what it was trained on: the works that it numbers, and how interests were weighed. */
export interface TrainedModel {
  readonly model: Recommender
  /** Ids of the works, decimal text, by their numbers. */
  readonly titleIds: readonly string[]
  readonly weighing: Weighing
}

export function saveTrained({ model, titleIds, weighing }: TrainedModel): SavedModel {
  const nested = nestModels('trained', { weighing }, [model.save()])
  return { ...nested, arrays: { ...nested.arrays, titleIds: BigInt64Array.from(titleIds, BigInt) } }
}

const savedWeighing = z.object({ halfLifeDays: z.number().positive().nullable() })

/** @throws ModelError `model-file-corrupt` */
export function loadTrained(saved: SavedModel): TrainedModel {
  const weighing = aboutOf(saved, (about) => savedWeighing.parse(about.weighing))
  const [nested] = nestedModels(saved)
  const algorithm = aboutOf(saved, () => algorithms[nested?.algorithm ?? ''] as Algorithm)
  const model = aboutOf(saved, () => algorithm.load(nested as SavedModel))
  return { model, weighing, titleIds: Array.from(arrayOf(saved, 'titleIds', 'BigInt64Array', model.titles), String) }
}

/** The published recommender, ready to be asked. */
export interface ServedModel extends TrainedModel {
  readonly record: ModelRecord
  /** Each work that the model numbers, as it is now; undefined for one that is no longer there. */
  readonly works: readonly (Work | undefined)[]
  readonly numbers: ReadonlyMap<string, number>
  /** Works that came after the training. */
  readonly newer: number
}

/** @throws InputError `not-trained`; ModelError `model-file-corrupt` */
export async function openServedModel(context: Context): Promise<ServedModel> {
  const stored = await context.models(recommenderName).load()
  if (!stored) {
    throw new InputError(
      { en: 'No recommender has been trained here yet.', zh: '此处尚未训练推荐模型。' },
      {
        code: 'not-trained',
        advice: { en: 'Run `marquee recommend train`.', zh: '请运行 `marquee recommend train`。' },
      },
    )
  }
  const trained = loadTrained(stored.model)
  const { engine } = await context.warehouse()
  const catalogue = new Map((await readCatalogue(engine)).map((work) => [work.titleId, work]))
  const works = trained.titleIds.map((id) => catalogue.get(id))
  return {
    ...trained,
    ...{ record: stored.record, works, newer: catalogue.size - works.filter(Boolean).length },
    numbers: new Map(trained.titleIds.map((id, number) => [id, number])),
  }
}
