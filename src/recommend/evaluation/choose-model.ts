import type { z } from 'zod'
import { ModelError } from '../../errors.ts'
import { Random } from '../../kernels/random.ts'
import type { Text } from '../../text.ts'
import { hybrid } from '../algorithm/hybrid.ts'
import { singleAlgorithms } from '../algorithm/single.ts'
import type { Algorithm, TrainingRun, TrainingSet } from '../recommender.ts'
import { shapeOf } from '../train-recommender.ts'
import { fitBlend } from './blend.ts'
import { type Split, splitByViewer } from './held-out.ts'
import { type Trial, type Tuned, tuneRecommender } from './tune.ts'

/** An algorithm with settings, and how they did on the viewers held out; `ndcg100` is null where there were none. */
export interface Candidate {
  readonly algorithm: Algorithm
  readonly settings: z.output<z.ZodObject>
  readonly ndcg100: number | null
  readonly tried: number
}

/** What was tried, best first, why some was not, and the choice. */
export interface Choice {
  readonly candidates: readonly Candidate[]
  readonly leftOut: readonly { readonly algorithm: string; readonly why: Text }[]
  readonly chosen: Candidate
  readonly why: Text
}

/** So many viewers should be held out in all, so that chance decides little. */
const enoughViewers = 480
const mostFolds = 2

/** Viewers held out at once to choose by: a tenth, more where they are few. */
const heldOutCount = (viewers: number) =>
  Math.min(1000, Math.max(Math.ceil(viewers / 10), Math.min(250, Math.floor(viewers / 4))))

/** Where too few are held out at once, others are in turn. */
function splitsOf(set: TrainingSet, seed: number): Split[] {
  const count = heldOutCount(set.interactions.rows)
  return splitByViewer(set, count, Math.min(mostFolds, Math.ceil(enoughViewers / count)), new Random(seed))
}

const withDefaults = (algorithm: Algorithm): Candidate => ({
  algorithm,
  settings: algorithm.settings.parse({}),
  ndcg100: null,
  tried: 0,
})

const percent = (share: number) => share.toFixed(4)

/** The share that popularity has at least, so that viewers without a history get a list. */
const leastPopularity = 0.01

/** What may be a member of a blend. */
interface Member extends Trial {
  readonly algorithm: Algorithm
}

/** The best settings of each algorithm, and those of another kind; best first, as many as can be trained within `memoryBytes` in all. */
function membersOf(tuned: readonly Tuned[], set: TrainingSet, memoryBytes: number): Member[] {
  const shape = shapeOf(set)
  let left = memoryBytes
  return tuned
    .flatMap(({ algorithm, otherKind, ...best }) =>
      [best, ...(otherKind ? [otherKind] : [])].map((trial): Member => ({ ...trial, algorithm })),
    )
    .sort((a, b) => b.ndcg100 - a.ndcg100)
    .filter(({ algorithm, settings }) => {
      const needed = algorithm.memoryBytes(shape, settings)
      if (needed > left) return false
      left -= needed
      return true
    })
}

function hybridOf(members: readonly Member[], weights: readonly number[]): Pick<Candidate, 'algorithm' | 'settings'> {
  const blended = members.flatMap(({ algorithm, settings }, m) => {
    const least = algorithm.name === 'popularity' ? leastPopularity : 0
    const weight = Math.max(weights[m] as number, least)
    return weight > 0 ? [{ algorithm: algorithm.name, weight, settings }] : []
  })
  return { algorithm: hybrid as unknown as Algorithm, settings: hybrid.settings.parse({ members: blended }) }
}

interface ChoiceOptions {
  readonly onStep?: ((step: Text) => void) | undefined
  /** Whether a blend may be chosen. */
  readonly blends?: boolean
}

/**
 * Finds settings for the algorithms `names` and, where they are several, a blend of them, by viewers of `set` that are held out for it, and chooses
 * what gave these the best lists. Nothing else is looked at. Where nobody can be held out, the only one of `names` is chosen, or popularity.
 * @throws ModelError where none of `names` can learn from `set`
 */
export async function chooseModel(
  set: TrainingSet,
  names: readonly string[],
  run: TrainingRun,
  { onStep, blends = names.length > 1 }: ChoiceOptions = {},
): Promise<Choice> {
  const splits = splitsOf(set, run.seed)
  const wanted = names.map((name) => singleAlgorithms[name] as Algorithm)
  if (splits.length === 0) {
    const [only] = wanted
    const chosen = only && wanted.length === 1 ? only : (singleAlgorithms.popularity as Algorithm)
    return {
      ...{ candidates: wanted.map(withDefaults), leftOut: [], chosen: withDefaults(chosen) },
      why: {
        en: `${chosen.name} as it is, because no viewer has the five plays that it takes to compare models and settings.`,
        zh: `选用 ${chosen.name} 的默认设置：没有观众达到比较模型与设置所需的五次播放。`,
      },
    }
  }
  const { onPass: _, ...quiet } = run
  const tuned: Tuned[] = []
  const leftOut: { algorithm: string; why: Text }[] = []
  let failure: unknown
  for (const algorithm of wanted) {
    onStep?.({ en: `Choosing settings of ${algorithm.name}`, zh: `选择 ${algorithm.name} 的设置` })
    try {
      tuned.push(await tuneRecommender(algorithm, splits, quiet))
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
      leftOut.push({ algorithm: algorithm.name, why: error.text })
      failure = error
    }
  }
  if (tuned.length === 0) throw failure
  const singles = tuned
    .map(({ algorithm, settings, ndcg100, tried }) => ({ algorithm, settings, ndcg100, tried }))
    .sort((a, b) => b.ndcg100 - a.ndcg100)
  const best = singles[0] as Candidate & { ndcg100: number }
  const viewers = splits.reduce((sum, { heldOut }) => sum + heldOut.foldIn.rows, 0)
  const alone = {
    ...{ candidates: singles, leftOut, chosen: best },
    why: {
      en: `${best.algorithm.name}, because it had the best nDCG@100 (${percent(best.ndcg100)}) for ${viewers} viewers held out${blends ? ', and no blend had a better one' : ''}.`,
      zh: `选用 ${best.algorithm.name}：对 ${viewers} 位留出观众，其 nDCG@100（${percent(best.ndcg100)}）最高${blends ? '，且没有更好的混合' : ''}。`,
    },
  }
  const members = blends ? membersOf(tuned, set, run.memoryBytes) : []
  if (members.length < 2) return alone
  onStep?.({ en: 'Blending', zh: '混合模型' })
  const { weights, ndcg100 } = fitBlend(
    members.map(({ models }) => models),
    splits.map(({ heldOut }) => heldOut),
    run.signal,
  )
  if (weights.filter((weight) => weight > 0).length < 2) return alone
  const blend = { ...hybridOf(members, weights), ndcg100, tried: singles.reduce((sum, { tried }) => sum + tried, 0) }
  return {
    ...{ candidates: [blend, ...singles], leftOut, chosen: blend },
    why: {
      en: `A blend, because its nDCG@100 for ${viewers} viewers held out was ${percent(ndcg100)}; the best single model was ${best.algorithm.name} ${percent(best.ndcg100)}.`,
      zh: `选用混合模型：对 ${viewers} 位留出观众，其 nDCG@100 为 ${percent(ndcg100)}；最好的单一模型为 ${best.algorithm.name} ${percent(best.ndcg100)}。`,
    },
  }
}
