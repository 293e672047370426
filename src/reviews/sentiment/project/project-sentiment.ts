import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Engine } from '../../../engine/engine.ts'
import type { ModelStore } from '../../../models/model-store.ts'
import { encodeModel } from '../../../models/saved-model.ts'
import { counted, grouped, type Text } from '../../../text.ts'
import type { SentimentJudge } from '../../judge/judge.ts'
import { LexiconSentiment } from '../lexicon-sentiment.ts'
import { fitLinear } from '../linear/fit-linear.ts'
import { LinearSentiment } from '../linear/linear-sentiment.ts'
import { lexicon, openSentiment } from '../open-sentiment.ts'
import { judgedByWords } from '../sentiment-model.ts'
import { findTeachers, gatherTaught, leastOfEach, type Teacher } from './teachers.ts'

/** Raised when the same model begins to judge otherwise, so that all reviews are judged anew. */
const judging = 1
const seed = 1

/** By what the reviews of a project are judged, and what there is to tell of it. */
export interface ProjectSentiment {
  /** Undefined where there is nothing to judge by. */
  readonly judge: SentimentJudge | undefined
  readonly text: Text
  /** Whether it judges only until there are reviews to learn from. */
  readonly isStopgap?: boolean
}

interface Chosen {
  /** The project's folder. */
  readonly folder: string
  /** `reviews.sentiment` of the settings. */
  readonly setting: string
  /** Models that were learned from the project's own reviews. */
  readonly store: ModelStore
  /** Whether to learn anew. */
  readonly learn: boolean
}

/** Where no model was kept. */
const notJudged: ProjectSentiment = { judge: undefined, text: { en: '', zh: '' } }

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

function judgeBy(model: string, sha256: string): SentimentJudge {
  const key = createHash('sha256')
    .update(JSON.stringify([judging, sha256]))
    .digest('hex')
    .slice(0, 16)
  return { table: 'review_sentiment', key, model }
}

/**
 * What the settings name to judge by, or the model that was learned from the project's own reviews before; undefined where one is to be learned.
 * @throws InputError, ModelError for a file that is no model of sentiment
 */
export async function knownSentiment({ folder, setting, store, learn }: Chosen): Promise<ProjectSentiment | undefined> {
  if (setting === 'none') {
    return { judge: undefined, text: { en: 'Reviews are not judged, as the settings say.', zh: '按设置不判断评论。' } }
  }
  if (setting === 'stars') {
    return learn ? undefined : await kept(store)
  }
  if (setting === lexicon) {
    const bytes = encodeModel(new LexiconSentiment().save())
    return { judge: judgeBy(lexicon, sha256Of(bytes)), text: judgedByWords.lexicon }
  }
  const model = resolve(folder, setting)
  const languages = Object.keys((await openSentiment(model)).learned)
  return {
    judge: judgeBy(model, sha256Of(await readFile(model))),
    text: {
      en: `Reviews are judged by the model ${setting}, which has learned ${languages.join(', ')}.`,
      zh: `评论由模型 ${setting} 判断，其学习的语言为 ${languages.join('、')}。`,
    },
  }
}

async function kept(store: ModelStore): Promise<ProjectSentiment | undefined> {
  const learned = await store.load()
  if (!learned) return undefined
  const { path, record } = learned
  const isStopgap = record.algorithm === LexiconSentiment.algorithm
  return { judge: judgeBy(path, record.sha256), text: record.why ?? notJudged.text, isStopgap }
}

/** What it takes to learn from the reviews of a version, which is open on `engine`. */
export interface LearningInput {
  readonly engine: Engine
  readonly store: ModelStore
  readonly version: number
  readonly now: Date
  readonly signal: AbortSignal
}

/**
 * Learns a model from the project's own reviews that have marks or labels, and keeps it for later builds; equal reviews give an equal
 * model. Where too few are favourable or unfavourable, a list of opinion words judges until there are more.
 */
export async function learnSentiment(input: LearningInput): Promise<ProjectSentiment> {
  const { engine, store, version, now, signal } = input
  const teachers = await findTeachers(engine)
  const [unfavourable, favourable] = [0, 1].map((kind) =>
    teachers.reduce((sum, { outcomes }) => sum + (outcomes[kind] as number), 0),
  ) as [number, number]
  if (Math.min(unfavourable, favourable) < leastOfEach) {
    return judgeByLexicon(input, [unfavourable, favourable])
  }
  const gathered = await gatherTaught(engine, teachers, signal)
  const [less, more] = gathered.outcomes
  const { model, settings, heldOut } = await fitLinear(gathered, seed, signal)
  await store.publish(model.save(), {
    algorithm: LinearSentiment.algorithm,
    trainedAt: now.toISOString(),
    dataVersion: version,
    seed,
    settings: { ...settings, teachers: teachers.map(({ source, column, outcomes }) => ({ source, column, outcomes })) },
    metrics: heldOut
      ? { accuracy: heldOut.accuracy, macroF1: heldOut.macroF1, calibrationError: heldOut.calibrationError }
      : {},
    size: { reviews: less + more, favourable: more, of: unfavourable + favourable },
    why: learnedWhy(teachers, [less, more], unfavourable + favourable, heldOut?.accuracy),
  })
  return (await kept(store)) ?? notJudged
}

/** The lexicon, kept as a model of the project. */
async function judgeByLexicon(
  { store, version, now }: LearningInput,
  [unfavourable, favourable]: readonly [number, number],
): Promise<ProjectSentiment> {
  const text = {
    en: `${judgedByWords.lexicon.en} ${counted(favourable, 'review')} favourable and ${grouped(unfavourable)} unfavourable by marks or labels; ${leastOfEach} of each are needed to learn from.`,
    zh: `${judgedByWords.lexicon.zh}按评分或标签有 ${grouped(favourable)} 条正面、${grouped(unfavourable)} 条负面；各需 ${leastOfEach} 条才能学习。`,
  }
  const model = new LexiconSentiment().save()
  const before = await store.load()
  if (before?.record.sha256 !== sha256Of(encodeModel(model))) {
    await store.publish(model, {
      ...{ algorithm: model.algorithm, trainedAt: now.toISOString(), dataVersion: version, seed, settings: {} },
      ...{ metrics: {}, size: {}, why: text },
    })
  }
  return { ...((await kept(store)) ?? notJudged), text }
}

function learnedWhy(
  teachers: readonly Teacher[],
  [unfavourable, favourable]: readonly [number, number],
  all: number,
  accuracy: number | undefined,
): Text {
  const learned = unfavourable + favourable
  const right = accuracy === undefined ? undefined : `${(100 * accuracy).toFixed(1)} %`
  const columns = { label: { en: 'labels', zh: '标签' }, rating: { en: 'marks', zh: '评分' } }
  const named = teachers.map(({ source, column }) => ({
    en: `${source} (${columns[column].en})`,
    zh: `${source}（${columns[column].zh}）`,
  }))
  return {
    en: `Reviews are judged by what ${counted(learned, 'review')} of the project${learned < all ? `, a sample of ${grouped(all)},` : ''} taught: ${grouped(favourable)} favourable and ${grouped(unfavourable)} unfavourable, of ${named.map(({ en }) => en).join(', ')}${right ? `; right for ${right} of those held out` : ''}.`,
    zh: `评论由项目自身的 ${grouped(learned)} 条评论${learned < all ? `（抽自 ${grouped(all)} 条）` : ''}训练的模型判断：正面 ${grouped(favourable)} 条、负面 ${grouped(unfavourable)} 条，来自 ${named.map(({ zh }) => zh).join('、')}${right ? `；留出评论的准确率 ${right}` : ''}。`,
  }
}
