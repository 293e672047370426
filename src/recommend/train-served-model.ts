import { createHash } from 'node:crypto'
import { availableParallelism, totalmem } from 'node:os'
import { InputError } from '../errors.ts'
import type { ModelRecord } from '../models/model-store.ts'
import { nestedModels, nestModels, type SavedModel } from '../models/saved-model.ts'
import type { Context } from '../question.ts'
import type { Text } from '../text.ts'
import { hybrid } from './algorithm/hybrid.ts'
import { singleAlgorithms } from './algorithm/single.ts'
import { readCatalogue, type Work } from './catalogue.ts'
import { type Candidate, type Choice, chooseModel } from './evaluation/choose-model.ts'
import { type Learned, learnFinish } from './finish/learn-finish.ts'
import { readInterests } from './interests.ts'
import type { Weighing } from './query.ts'
import type { Algorithm, TrainingRun, TrainingSet } from './recommender.ts'
import { readChoice, writeChoice } from './saved-choice.ts'
import { recommenderName } from './served-model.ts'
import { trainRecommender } from './train-recommender.ts'
import { saveTrained } from './trained-model.ts'

/** Share of the machine's memory that a training may take. */
const memoryShare = 0.6
/** What content and popularity weigh at least, so that new titles and new viewers are served. */
const fallbackWeights: Readonly<Record<string, number>> = { 'content-based': 0.02, popularity: 0.01 }

/** How a training is run on this machine. */
export function runOn(
  { signal }: Pick<Context, 'signal'>,
  { seed, threads }: { seed: number; threads?: number | undefined },
): TrainingRun {
  return { seed, signal, threads: threads ?? availableParallelism(), memoryBytes: memoryShare * totalmem() }
}

/** What a project has to learn from. */
export interface ProjectData {
  /** What is known of each title, by its number. */
  readonly works: readonly Work[]
  readonly set: TrainingSet
  /** The ids of the viewers of `set`, decimal text. */
  readonly viewerIds: readonly string[]
  /** 1 for each entry of `set` whose time is known. */
  readonly isTimed: Uint8Array
  readonly dataVersion: number
}

/** The works of the project and what its viewers watched of them; without any of it, training throws ModelError `training-data-empty`. */
export async function readTrainingSet(context: Context, weighing: Weighing): Promise<ProjectData> {
  const { engine, version } = await context.warehouse()
  context.progress.step({ en: 'Reading plays and ratings', zh: '读取播放与评分' })
  const works = await readCatalogue(engine)
  const numbers = new Map(works.map(({ titleId }, number) => [titleId, number]))
  const read = await readInterests(engine, numbers, weighing, context.signal, await context.objections())
  const { isTimed, viewerIds, ...interests } = read
  return { works, set: { ...interests, facts: works }, viewerIds, isTimed, dataVersion: version }
}

/** `chosen`, blended with a little of content and popularity. */
function withFallbacks({ algorithm, settings, ...rest }: Candidate): Candidate {
  const own =
    algorithm.name === hybrid.name
      ? hybrid.settings.parse(settings).members
      : [{ algorithm: algorithm.name, weight: 1, settings }]
  const missing = Object.entries(fallbackWeights).filter(([name]) => own.every((member) => member.algorithm !== name))
  const members = [...own, ...missing.map(([name, weight]) => ({ algorithm: name, weight, settings: {} }))]
  return { ...rest, algorithm: hybrid as unknown as Algorithm, settings: hybrid.settings.parse({ members }) }
}

function requireKnown(name: string): void {
  if (name === 'auto' || singleAlgorithms[name]) return
  const known = ['auto', ...Object.keys(singleAlgorithms)]
  throw new InputError(
    { en: `There is no algorithm ${name}.`, zh: `没有名为 ${name} 的算法。` },
    {
      ...{ code: 'unknown-algorithm', value: name },
      advice: { en: `Choose one of ${known.join(', ')}.`, zh: `可选：${known.join('、')}。` },
    },
  )
}

/** Tells trainings apart that would come to different models. */
const keyOf = (of: object) => createHash('sha256').update(JSON.stringify(of)).digest('hex')

function finishMetrics(learned: Learned): Record<string, number> {
  if (!('finish' in learned)) return {}
  const { logLoss, baseLogLoss, areaUnderRoc, calibrationError, plays, heldOutPlays } = learned.finish.quality
  return {
    ...{ finishLogLoss: logLoss, finishBaseLogLoss: baseLogLoss, finishAreaUnderRoc: areaUnderRoc },
    ...{ finishCalibrationError: calibrationError, finishPlays: plays, finishHeldOutPlays: heldOutPlays },
  }
}

/** Which model is to be trained. */
export interface TrainingOrder {
  /** An algorithm, or `auto`. */
  readonly model: string
  readonly weighing: Weighing
  readonly seed: number
  readonly threads?: number | undefined
}

/**
 * Chooses settings, and of `auto` the algorithms, by viewers held out, trains on everything and publishes the result with a little of
 * content and popularity, for new titles and new viewers, and with a finish probability where there are plays enough. A training that was cut off
 * goes on where it was, with the same result.
 * @throws ModelError `training-data-empty`, or where none can learn from the data; nothing is published then
 */
export async function trainServedModel(
  context: Context,
  { model: name, weighing, seed, threads }: TrainingOrder,
): Promise<{ record: ModelRecord; choice: Choice; learned: Learned }> {
  requireKnown(name)
  const { works, set, viewerIds, dataVersion } = await readTrainingSet(context, weighing)
  const run = runOn(context, { seed, threads })
  const step = (text: Text) => context.progress.step(text)
  const names = name === 'auto' ? Object.keys(singleAlgorithms) : [name]
  const store = context.models(recommenderName)
  const { last, keep } = await store.checkpoint(keyOf({ dataVersion, names, weighing, seed }))
  const choice = last ? readChoice(last) : await chooseModel(set, names, run, step)
  const state = (...begun: SavedModel[]) => keep(nestModels('training', { choice: writeChoice(choice) }, begun))
  if (!last) await state()
  const chosen = withFallbacks(choice.chosen)
  step({ en: 'Learning the finish probability', zh: '学习看完概率' })
  const { engine } = await context.warehouse()
  const learned = await learnFinish({ engine, works, set, viewerIds }, chosen, run)
  step({ en: 'Training on all viewers', zh: '用全部观众训练' })
  const [begun] = last ? nestedModels(last) : []
  const checkpoint = { last: begun, keep: state }
  const model = await trainRecommender(chosen.algorithm, set, chosen.settings, { ...run, checkpoint })
  const saved = saveTrained({ ...{ model, weighing, titleIds: works.map(({ titleId }) => titleId) }, ...learned })
  const { interactions } = set
  const record = await store.publish(saved, {
    algorithm: choice.chosen.algorithm.name,
    trainedAt: context.now().toISOString(),
    ...{ dataVersion, seed, settings: { ...chosen.settings, ...weighing }, why: choice.why },
    metrics: {
      ...(choice.chosen.ndcg100 === null ? {} : { ndcg100: choice.chosen.ndcg100 }),
      ...finishMetrics(learned),
    },
    size: { viewers: interactions.rows, titles: interactions.columns, plays: interactions.index.length },
  })
  return { record, choice, learned }
}
