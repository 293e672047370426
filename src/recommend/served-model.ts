import { InputError } from '../errors.ts'
import type { ModelRecord } from '../models/model-store.ts'
import type { Context } from '../question.ts'
import { readCatalogue, type Work } from './catalogue.ts'
import { loadTrained, type TrainedModel } from './trained-model.ts'

/** The name of the trained recommender among the models of a project. */
export const recommenderName = 'recommender'

/** The published recommender, ready to be asked. */
export interface ServedModel extends TrainedModel {
  readonly record: ModelRecord
  /** The file that holds it. */
  readonly path: string
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
    ...{ record: stored.record, path: stored.path, works, newer: catalogue.size - works.filter(Boolean).length },
    numbers: new Map(trained.titleIds.map((id, number) => [id, number])),
  }
}
