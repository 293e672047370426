import { z } from 'zod'
import { topK } from '../../kernels/top-k.ts'
import { aboutOf, nestedModels, nestModels, type SavedModel } from '../../models/saved-model.ts'
import { about } from '../../question.ts'
import {
  type Algorithm,
  algorithm,
  type Contribution,
  type History,
  type Recommender,
  type ScoredTitle,
  type TrainingShape,
} from '../recommender.ts'
import { trainRecommender } from '../train-recommender.ts'
import { singleAlgorithms } from './single.ts'

const member = z.object({
  algorithm: z.enum(Object.keys(singleAlgorithms)),
  weight: z.number().positive(),
  settings: z.record(z.string(), z.unknown()).default({}),
})

const settings = z.object({
  members: z
    .array(member)
    .min(1)
    .default([
      { algorithm: 'item-based', weight: 1, settings: {} },
      { algorithm: 'ials', weight: 1, settings: {} },
      { algorithm: 'popularity', weight: 0.01, settings: {} },
    ])
    .meta(about('What is blended, each with its weight and settings', '参与混合的算法及其权重与设置')),
})

type Member = z.output<typeof member>

const algorithmOf = ({ algorithm: name }: Member) => singleAlgorithms[name] as Algorithm

/** Root mean square: what scores are divided by before they are blended, so that those of all members are as large. */
export function scaleOf(scores: Float64Array | Float32Array): number {
  let sum = 0
  for (let title = 0; title < scores.length; title++) sum += (scores[title] as number) ** 2
  return Math.sqrt(sum / scores.length)
}

interface TrainedMember {
  readonly weight: number
  readonly model: Recommender
}

/** The scores of `model` for each of `histories`, one after another. */
function scoresOfRows(model: Recommender, histories: readonly History[]): Float32Array {
  const scores = new Float32Array(histories.length * model.titles)
  if (model.scoreRows) model.scoreRows(histories, scores)
  else {
    const one = new Float64Array(model.titles)
    for (const [row, history] of histories.entries()) {
      model.score(history, one)
      scores.set(one, row * model.titles)
    }
  }
  return scores
}

/** Scores are sum over members of weight * score / root mean square of that member's scores. */
export class Hybrid implements Recommender {
  readonly algorithm = 'hybrid'
  readonly titles: number
  readonly members: readonly TrainedMember[]
  /** The scores of one member at a time. */
  private readonly room: Float64Array
  /** Factors of histories, which do not change: one is asked about again for each title that is explained. */
  private readonly factors = new WeakMap<History, readonly { model: Recommender; factor: number }[]>()

  /** @param members at least one, all of the same titles */
  constructor(members: readonly TrainedMember[]) {
    this.titles = members[0]?.model.titles ?? 0
    this.members = members
    this.room = new Float64Array(this.titles)
  }

  /** What each member's scores after `history` are multiplied by; members that know nothing are left out. */
  private *scaled(history: History): Generator<{ model: Recommender; factor: number; scores: Float64Array }> {
    const scores = this.room
    for (const { weight, model } of this.members) {
      model.score(history, scores)
      const scale = scaleOf(scores)
      if (scale > 0) yield { model, factor: weight / scale, scores }
    }
  }

  score(history: History, scores: Float64Array): void {
    scores.fill(0)
    for (const { factor, scores: own } of this.scaled(history)) {
      for (let title = 0; title < own.length; title++) {
        scores[title] = (scores[title] as number) + factor * (own[title] as number)
      }
    }
  }

  scoreRows(histories: readonly History[], scores: Float32Array): void {
    const { titles } = this
    scores.fill(0, 0, histories.length * titles)
    for (const { weight, model } of this.members) {
      const own = scoresOfRows(model, histories)
      for (const row of histories.keys()) {
        const from = own.subarray(row * titles, (row + 1) * titles)
        const to = scores.subarray(row * titles, (row + 1) * titles)
        const factor = weight / (scaleOf(from) || 1)
        for (let title = 0; title < titles; title++)
          to[title] = (to[title] as number) + factor * (from[title] as number)
      }
    }
  }

  explain(history: History, title: number): Contribution[] {
    const factors =
      this.factors.get(history) ?? Array.from(this.scaled(history), ({ model, factor }) => ({ model, factor }))
    this.factors.set(history, factors)
    return factors.flatMap(({ model, factor }) =>
      model
        .explain(history, title)
        .map(({ of, amount }) => ({ of, amount: factor * amount, by: model.algorithm }))
        .filter(({ amount }) => amount !== 0),
    )
  }

  /** By the weighted sum over members of nearness as a share of that of the nearest. */
  similar(title: number, count: number): ScoredTitle[] {
    const sums = new Float64Array(this.titles)
    for (const { weight, model } of this.members) {
      const near = model.similar(title, count)
      for (const { title: other, score } of near) {
        sums[other] = (sums[other] as number) + (weight * score) / (near[0] as ScoredTitle).score
      }
    }
    return Array.from(topK(sums, count), (other) => ({ title: other, score: sums[other] as number })).filter(
      ({ score }) => score > 0,
    )
  }

  save(): SavedModel {
    const parts = this.members.map(({ model }) => model.save())
    return nestModels(this.algorithm, { weights: this.members.map(({ weight }) => weight) }, parts)
  }
}

/** Several algorithms at once, their scores brought to one size and added. */
export const hybrid = algorithm({
  name: 'hybrid',
  summary: {
    en: 'Several algorithms blended, with weights that suit the viewers of this project best',
    zh: '多种算法的加权混合，权重按本项目观众选定',
  },
  settings,
  candidates: (round) => (round === 0 ? [settings.parse({})] : []),
  memoryBytes: (shape: TrainingShape, { members }) =>
    members.reduce((sum, one) => {
      const { settings: schema, memoryBytes } = algorithmOf(one)
      return sum + memoryBytes(shape, schema.parse(one.settings))
    }, 0),
  fitting: () => undefined,
  async train(set, { members }, { checkpoint, ...run }) {
    const last = checkpoint?.last ? nestedModels(checkpoint.last) : []
    const finished = Number(checkpoint?.last?.about.finished ?? 0)
    const trained: TrainedMember[] = []
    const saved: SavedModel[] = []
    const keep = (...running: SavedModel[]) =>
      checkpoint?.keep(nestModels(hybrid.name, { finished: saved.length }, [...saved, ...running])) ?? Promise.resolve()
    for (const [i, one] of members.entries()) {
      const own = algorithmOf(one)
      const resumed = last[i]
      const model =
        resumed && i < finished
          ? own.load(resumed)
          : await trainRecommender(own, set, own.settings.parse(one.settings), {
              ...run,
              ...(checkpoint ? { checkpoint: { last: resumed, keep } } : {}),
            })
      trained.push({ weight: one.weight, model })
      if (!checkpoint) continue
      saved.push(model.save())
      await keep()
    }
    return new Hybrid(trained)
  },
  load(saved) {
    const weights = aboutOf(
      saved,
      (told) => z.object({ weights: z.array(z.number().positive()).min(1) }).parse(told).weights,
    )
    return new Hybrid(
      nestedModels(saved).map((part, i) => ({
        weight: weights[i] as number,
        model: (singleAlgorithms[part.algorithm] as Algorithm).load(part),
      })),
    )
  },
})
