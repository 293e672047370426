import type { Engine } from '../../engine/engine.ts'
import { InputError } from '../../errors.ts'
import type { Context } from '../../question.ts'
import type { Text } from '../../text.ts'
import { Hybrid, hybrid } from '../algorithm/hybrid.ts'
import { ials } from '../algorithm/ials.ts'
import { itemBased } from '../algorithm/item-based.ts'
import { popularity } from '../algorithm/popularity.ts'
import { singleAlgorithms } from '../algorithm/single.ts'
import { readCatalogue, type Work } from '../catalogue.ts'
import type { Candidate, Choice } from '../evaluation/choose-model.ts'
import { type Tuned, tuneRecommender } from '../evaluation/tune.ts'
import type { Learned } from '../finish/learn-finish.ts'
import type { Weighing } from '../query.ts'
import type { Algorithm, Recommender, TrainingRun, TrainingShape } from '../recommender.ts'
import { trainRecommender } from '../train-recommender.ts'
import { learnAls } from './als.ts'
import { itemBasedSettings, learnItemBased, nearestBytes } from './item-based.ts'
import { drawSample, keepPairs, type Pairs, type Sample } from './pairs.ts'
import { learnPopularity } from './popularity.ts'

/** What is learned on a cluster. */
const namesOnCluster: readonly string[] = [popularity.name, itemBased.name, ials.name]

const itemBasedCandidates: typeof itemBased.candidates = (round, best) => {
  const base = best ?? itemBasedSettings.parse({})
  if (round === 0) {
    const similarities = (['cosine', 'jaccard', 'bm25'] as const).map((similarity) => ({ ...base, similarity }))
    return [...similarities, { ...base, similarity: 'bm25' as const, k1: 100 }]
  }
  return round === 1 ? [50, 200].map((neighbours) => ({ ...base, neighbours })) : []
}

/** l2 counts for each play. */
const alsCandidates: typeof ials.candidates = (round, best) => {
  const base = best ?? ials.settings.parse({ passes: 10 })
  if (round === 0) return [0.03, 0.3].flatMap((alpha0) => [0.01, 0.1].map((l2) => ({ ...base, alpha0, l2 })))
  return round === 1 ? [{ ...base, factors: 128 }] : []
}

/** The algorithms that learn from `pairs` where `engine` keeps them, by their names; of a `TrainingSet` they look at nothing. */
function algorithmsOn(engine: Engine, pairs: Pairs & { plays: number }): Readonly<Record<string, Algorithm>> {
  const factorise = engine.factorise?.bind(engine)
  const found = [
    { ...popularity, train: (_: unknown, settings) => learnPopularity(engine, pairs, settings) } as typeof popularity,
    {
      ...{ ...itemBased, settings: itemBasedSettings, candidates: itemBasedCandidates },
      memoryBytes: ({ titles }: TrainingShape, settings) => nearestBytes(titles, settings),
      train: (_, settings) => learnItemBased(engine, pairs, settings),
    } as Algorithm<typeof itemBasedSettings>,
    ...(factorise
      ? [
          {
            ...{ ...ials, candidates: alsCandidates },
            memoryBytes: ({ titles }, { factors }) => 8 * titles * factors,
            train: (_, settings, { seed }) => learnAls(factorise, pairs, settings, seed),
          } as typeof ials,
        ]
      : []),
  ]
  return Object.fromEntries(found.map((algorithm) => [algorithm.name, algorithm as unknown as Algorithm]))
}

/** @throws InputError `not-on-cluster` for an algorithm that is learned on one machine only */
function requireOnCluster(name: string): void {
  if (name === 'auto' || namesOnCluster.includes(name)) return
  const known = ['auto', ...namesOnCluster]
  throw new InputError(
    { en: `${name} is not learned on a cluster.`, zh: `${name} 不能在集群上训练。` },
    {
      ...{ code: 'not-on-cluster', value: name },
      advice: {
        en: `Choose one of ${known.join(', ')}, or add \`--on here\` to learn on this machine.`,
        zh: `可选：${known.join('、')}；或加上 \`--on here\` 在本机训练。`,
      },
    },
  )
}

const withDefaults = (algorithm: Algorithm): Candidate => ({
  algorithm,
  settings: algorithm.settings.parse({}),
  ndcg100: null,
  tried: 0,
})

/** Settings of `algorithms` and the best of these, by the viewers held out; where there are none the only one, or popularity. */
async function choose(
  algorithms: readonly Algorithm[],
  { splits }: Sample,
  run: TrainingRun,
  onStep: (step: Text) => void,
): Promise<Choice> {
  const [split] = splits
  if (!split) {
    const [first] = algorithms as readonly [Algorithm]
    return {
      ...{ candidates: algorithms.map(withDefaults), leftOut: [], chosen: withDefaults(first) },
      why: {
        en: `${first.name} as it is, because too few viewers have the five plays that it takes to compare models and settings.`,
        zh: `选用 ${first.name} 的默认设置：达到比较模型与设置所需五次播放的观众过少。`,
      },
    }
  }
  const tuned: Tuned[] = []
  for (const algorithm of algorithms) {
    onStep({ en: `Choosing settings of ${algorithm.name}`, zh: `选择 ${algorithm.name} 的设置` })
    tuned.push(await tuneRecommender(algorithm, splits, run))
  }
  const candidates = tuned
    .sort((a, b) => b.ndcg100 - a.ndcg100)
    .map(({ algorithm, settings, ndcg100, tried }) => ({ algorithm, settings, ndcg100, tried }))
  const best = candidates[0] as (typeof candidates)[number]
  const [score, viewers] = [best.ndcg100.toFixed(4), split.heldOut.foldIn.rows]
  return {
    ...{ candidates, leftOut: [], chosen: best },
    why: {
      en: `${best.algorithm.name}, learned on the cluster, because it had the best nDCG@100 (${score}) for ${viewers} viewers held out.`,
      zh: `选用在集群上训练的 ${best.algorithm.name}：对 ${viewers} 位留出观众，其 nDCG@100（${score}）最高。`,
    },
  }
}

const noFinish: Text = {
  en: 'There is no finish probability: it is learned with `--on here` only.',
  zh: '未学习看完概率：仅在使用 `--on here` 时学习。',
}

/** What was chosen, and how it is learned from everybody. */
export interface Chosen {
  readonly works: readonly Work[]
  readonly dataVersion: number
  readonly size: { readonly viewers: number; readonly titles: number; readonly plays: number }
  readonly choice: Choice
  /** The model of a candidate of `hybrid`. */
  model(blend: Candidate): Promise<Recommender>
  /** The finish probability that goes with it. */
  finish(blend: Candidate): Promise<Learned>
}

/**
 * Chooses among popularity, item-based and ALS, or the settings of one of them, by viewers held out (`drawSample`), with all learning done where the
 * engine keeps the plays; the facts of titles and what the viewers held out watched come to this machine. Viewers who object are left out.
 * @throws InputError `not-on-cluster`; ModelError `training-data-empty` when it comes to learning
 */
export async function chooseOnCluster(
  context: Context,
  { model: name, weighing }: { readonly model: string; readonly weighing: Weighing },
  run: TrainingRun,
): Promise<Chosen> {
  requireOnCluster(name)
  const { engine, version } = await context.warehouse()
  context.progress.step({ en: 'Weighing plays and ratings on the cluster', zh: '在集群上为播放与评分加权' })
  const works = await readCatalogue(engine)
  const pairs = await keepPairs(engine, works.length, weighing, await context.objections())
  const sample = await drawSample(engine, pairs, works, run.seed)
  const tried = algorithmsOn(engine, { ...sample.others, plays: pairs.plays })
  const wanted = Object.values(tried).filter((algorithm) => name === 'auto' || algorithm.name === name)
  const choice = await choose(wanted, sample, run, (text) => context.progress.step(text))
  return {
    ...{ works, dataVersion: version, choice },
    size: { viewers: pairs.viewers, titles: pairs.titles, plays: pairs.plays },
    finish: async () => ({ why: noFinish }),
    async model({ settings }) {
      const all = algorithmsOn(engine, pairs)
      const members: { weight: number; model: Recommender }[] = []
      for (const { algorithm, weight, settings: own } of hybrid.settings.parse(settings).members) {
        // Content is learned from facts alone, here.
        const member = (all[algorithm] ?? singleAlgorithms[algorithm]) as Algorithm
        members.push({ weight, model: await trainRecommender(member, sample.set, member.settings.parse(own), run) })
      }
      return new Hybrid(members)
    },
  }
}
