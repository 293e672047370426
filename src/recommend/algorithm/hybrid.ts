import { z } from 'zod'
import { ScoreBlend } from '../../kernels/score-blend.ts'
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

interface TrainedMember {
  readonly weight: number
  readonly model: Recommender
}

/** The scores of `model` for each of `histories`, one after another. */
function scoresOfRows(model: Recommender, histories: readonly History[]): Float32Array | undefined {
  if (!model.scoreRows) return undefined
  const scores = new Float32Array(histories.length * model.titles)
  model.scoreRows(histories, scores)
  return scores
}

/** Scores are sum over members of weight * score / root mean square of that member's scores. */
export class Hybrid implements Recommender {
  readonly algorithm = 'hybrid'
  readonly titles: number
  readonly members: readonly TrainedMember[]
  private readonly blend: ScoreBlend
  /** What the scores of members are multiplied by after histories, which do not change: one is asked about again for each title that is explained. */
  private readonly factors = new WeakMap<History, readonly number[]>()

  /** @param members at least one, all of the same titles */
  constructor(members: readonly TrainedMember[]) {
    this.titles = members[0]?.model.titles ?? 0
    this.members = members
    this.blend = new ScoreBlend(this.titles)
  }

  /** Blends the scores after `history`; gives what those of each member are multiplied by, 0 where it knows nothing. */
  private blended(history: History): number[] {
    this.blend.clear()
    return this.members.map(({ weight, model }) => {
      model.score(history, this.blend.scores)
      return this.blend.add(weight)
    })
  }

  score(history: History, scores: Float64Array): void {
    this.blended(history)
    scores.set(this.blend.sum)
  }

  scoreRows(histories: readonly History[], scores: Float32Array): void {
    const { titles, blend } = this
    const ofMembers = this.members.map(({ model }) => scoresOfRows(model, histories))
    for (const [row, history] of histories.entries()) {
      blend.clear()
      for (const [m, { weight, model }] of this.members.entries()) {
        const rows = ofMembers[m]
        if (rows) blend.scores.set(rows.subarray(row * titles, (row + 1) * titles))
        else model.score(history, blend.scores)
        blend.add(weight)
      }
      scores.set(blend.sum, row * titles)
    }
  }

  explain(history: History, title: number): Contribution[] {
    const factors = this.factors.get(history) ?? this.blended(history)
    this.factors.set(history, factors)
    return this.members.flatMap(({ model }, m) => {
      const factor = factors[m] as number
      const parts = factor === 0 ? [] : model.explain(history, title)
      return parts
        .map(({ of, amount }) => ({ of, amount: factor * amount, by: model.algorithm }))
        .filter(({ amount }) => amount !== 0)
    })
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
