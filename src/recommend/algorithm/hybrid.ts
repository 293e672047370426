import { z } from 'zod'
import { ScoreBlend } from '../../kernels/ranking/score-blend.ts'
import { topK } from '../../kernels/ranking/top-k.ts'
import { aboutOf, nestedModels, nestModels, type SavedModel } from '../../models/saved-model.ts'
import { about } from '../../question.ts'
import {
  type Algorithm,
  algorithm,
  type Contribution,
  type History,
  type Products,
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

/** Products of a member, and what they are multiplied by. */
interface ScaledProducts {
  readonly products: Products
  readonly factor: number
}

/** Scores are sum over members of weight * score / root mean square of that member's scores. */
export class Hybrid implements Recommender {
  readonly algorithm = 'hybrid'
  readonly titles: number
  readonly members: readonly TrainedMember[]
  private readonly blend: ScoreBlend
  /** What the scores of members are multiplied by after histories, which do not change: one is asked about again for each title that is listed. */
  private readonly factors = new WeakMap<History, readonly number[]>()

  /** @param members at least one, all of the same titles */
  constructor(members: readonly TrainedMember[]) {
    this.titles = members[0]?.model.titles ?? 0
    this.members = members
    this.blend = new ScoreBlend(this.titles)
  }

  /** Blends the scores of members after `history`; gives the products that are still to be added. */
  private blended(history: History): ScaledProducts[] {
    this.blend.clear()
    const rest: ScaledProducts[] = []
    const factors = this.members.map(({ weight, model }) => {
      const products = model.products?.(history)
      if (!products) {
        model.score(history, this.blend.scores)
        return this.blend.add(weight)
      }
      const factor = products.rootMeanSquare > 0 ? weight / products.rootMeanSquare : 0
      rest.push({ products, factor })
      return factor
    })
    this.factors.set(history, factors)
    return rest
  }

  score(history: History, scores: Float64Array): void {
    for (const { products, factor } of this.blended(history)) products.addTo(this.blend.sum, factor)
    scores.set(this.blend.sum)
  }

  best(history: History, count: number, leftOut: readonly Uint32Array[]): ScoredTitle[] {
    const { sum } = this.blend
    const [last, ...others] = this.blended(history)
    for (const { products, factor } of others) products.addTo(sum, factor)
    for (const titles of leftOut) for (const title of titles) sum[title] = Number.NEGATIVE_INFINITY
    if (last) return last.products.bestWith(sum, last.factor, count)
    return Array.from(topK(sum, count), (title) => ({ title, score: sum[title] as number }))
  }

  /** What the scores of each member are multiplied by, 0 where it knows nothing. */
  private factorsOf(history: History): readonly number[] {
    if (!this.factors.has(history)) this.blended(history)
    return this.factors.get(history) ?? []
  }

  explain(history: History, title: number): Contribution[] {
    const factors = this.factorsOf(history)
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
