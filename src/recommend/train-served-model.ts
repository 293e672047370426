import { createHash } from 'node:crypto'
import { availableParallelism, totalmem } from 'node:os'
import { InputError } from '../errors.ts'
import type { ModelRecord } from '../models/model-store.ts'
import { nestedModels, nestModels, type SavedModel } from '../models/saved-model.ts'
import type { Context } from '../question.ts'
import type { Text } from '../text.ts'
import { singleAlgorithms } from './algorithm/single.ts'
import { readCatalogue, type Work } from './catalogue.ts'
import { type Chosen, chooseOnCluster } from './cluster/choose-on-cluster.ts'
import { countPairs } from './cluster/pairs.ts'
import { type Choice, chooseModel } from './evaluation/choose-model.ts'
import { withFallbacks } from './fallbacks.ts'
import { type Learned, learnFinish } from './finish/learn-finish.ts'
import { readInterests } from './interests.ts'
import type { Weighing } from './query.ts'
import type { TrainingRun, TrainingSet } from './recommender.ts'
import { readChoice, writeChoice } from './saved-choice.ts'
import { recommenderName } from './served-model.ts'
import { trainRecommender } from './train-recommender.ts'
import { saveTrained } from './trained-model.ts'

/** Share of the machine's memory that a training may take. */
const memoryShare = 0.6
/** Pairs of viewer and title that are read to this machine unless it is told to; each takes some tens of bytes. */
const mostPairsHere = 50_000_000
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
  /** On the machines of the engine or on this one; by the number of pairs unless set. */
  readonly on?: 'cluster' | 'here' | undefined
}

/** @throws InputError `no-cluster` where one is asked for and the engine is none */
async function isForCluster(context: Context, { on, weighing }: TrainingOrder): Promise<boolean> {
  const { engine } = await context.warehouse()
  if (on === 'here') return false
  if (engine.factorise) return on === 'cluster' || (await countPairs(engine, weighing)) > mostPairsHere
  if (on === undefined) return false
  throw new InputError(
    { en: 'This project runs on no cluster.', zh: '本项目没有在集群上运行。' },
    {
      ...{ code: 'no-cluster', value: on },
      advice: {
        en: 'Leave out `--on cluster`, or set `engine: spark` in marquee.yaml.',
        zh: '请去掉 `--on cluster`，或在 marquee.yaml 中设置 `engine: spark`。',
      },
    },
  )
}

async function chooseHere(
  context: Context,
  { model: name, weighing }: TrainingOrder,
  run: TrainingRun,
): Promise<Chosen> {
  const { works, set, viewerIds, dataVersion } = await readTrainingSet(context, weighing)
  const { engine } = await context.warehouse()
  const { rows: viewers, columns: titles, index } = set.interactions
  const names = name === 'auto' ? Object.keys(singleAlgorithms) : [name]
  const key = keyOf({ dataVersion, names, weighing, seed: run.seed })
  const { last, keep } = await context.models(recommenderName).checkpoint(key)
  const choice = last
    ? readChoice(last)
    : await chooseModel(set, names, run, { onStep: (text) => context.progress.step(text) })
  const keepState = (...begun: SavedModel[]) => keep(nestModels('training', { choice: writeChoice(choice) }, begun))
  if (!last) await keepState()
  const checkpoint = { last: last && nestedModels(last)[0], keep: keepState }
  return {
    ...{ works, dataVersion, size: { viewers, titles, plays: index.length }, choice },
    finish: (chosen) => learnFinish({ engine, works, set, viewerIds }, chosen, run),
    model: ({ algorithm, settings }) => trainRecommender(algorithm, set, settings, { ...run, checkpoint }),
  }
}

/**
 * Chooses settings, and of `auto` the algorithms, by viewers held out, trains on everything and publishes the result with a little of
 * content and popularity, for new titles and new viewers, and with a finish probability where there are plays enough. A training on this machine
 * that was cut off goes on where it was, with the same result.
 * @throws ModelError `training-data-empty`, or where none can learn from the data; nothing is published then
 */
export async function trainServedModel(
  context: Context,
  order: TrainingOrder,
): Promise<{ record: ModelRecord; choice: Choice; learned: Learned }> {
  const { model: name, weighing, seed } = order
  requireKnown(name)
  const run = runOn(context, order)
  const find = (await isForCluster(context, order)) ? chooseOnCluster : chooseHere
  const { works, dataVersion, size, choice, ...learn } = await find(context, order, run)
  const chosen = withFallbacks(choice.chosen, { facts: works })
  const step = (text: Text) => context.progress.step(text)
  step({ en: 'Learning the finish probability', zh: '学习看完概率' })
  const learned = await learn.finish(chosen)
  step({ en: 'Training on all viewers', zh: '用全部观众训练' })
  const model = await learn.model(chosen)
  const saved = saveTrained({ ...{ model, weighing, titleIds: works.map(({ titleId }) => titleId) }, ...learned })
  const record = await context.models(recommenderName).publish(saved, {
    algorithm: choice.chosen.algorithm.name,
    trainedAt: context.now().toISOString(),
    ...{ dataVersion, seed, settings: { ...chosen.settings, ...weighing }, why: choice.why },
    metrics: {
      ...(choice.chosen.ndcg100 === null ? {} : { ndcg100: choice.chosen.ndcg100 }),
      ...finishMetrics(learned),
    },
    size,
  })
  return { record, choice, learned }
}
