import { z } from 'zod'
import { aboutOf, arrayOf, type SavedModel } from '../../models/saved-model.ts'
import { Hybrid } from '../algorithm/hybrid.ts'
import type { Contribution, History, Recommender } from '../recommender.ts'
import { type Measure, measure, measureContext, measureTitle, type TitleAspects } from './measures.ts'
import type { PlayContext } from './play-context.ts'
import { wordsOfAspect } from './words.ts'

/** A measure, brought to mean 0 and deviation 1 and 0 where unknown, with its coefficient. */
const term = z.object({
  measure,
  mean: z.number(),
  deviation: z.number().positive(),
  weight: z.number(),
})
/** `withKind` is the coefficient of the product with the kind of the title. */
const contextTerm = term.extend({ withKind: z.number() })

const unit = z.object({
  /** Whether the base model's score counts as one, or those of the models that it blends each on its own. */
  scores: z.enum(['whole', 'members']),
  scoreWeights: z.array(z.number()).min(1),
  intercept: z.number(),
  titleTerms: z.array(term),
  contextTerms: z.array(contextTerm),
})
/** The coefficients of the logistic unit. */
export type FinishUnit = z.output<typeof unit>

const bin = z.object({ predicted: z.number(), observed: z.number(), weight: z.number() })
const quality = z.object({
  /** Per title and play, on viewers whom neither the base model nor the unit learned from. */
  logLoss: z.number(),
  /** Of one probability for all. */
  baseLogLoss: z.number(),
  areaUnderRoc: z.number(),
  /** Expected calibration error of the first titles of the lists for these viewers. */
  calibrationError: z.number(),
  reliability: z.array(bin),
  /** Plays learned from, and judged by. */
  plays: z.int(),
  heldOutPlays: z.int(),
  converged: z.boolean(),
})
export type FinishQuality = z.output<typeof quality>

/** The scores of a model after one history, and what brings them to mean 0 and deviation 1 over all titles. */
export interface Standardised {
  readonly model: Recommender
  readonly scores: Float64Array
  readonly mean: number
  /** 0 where all titles score alike. */
  readonly deviation: number
}

function standardised(model: Recommender, history: History): Standardised {
  const scores = new Float64Array(model.titles)
  model.score(history, scores)
  let sum = 0
  for (let title = 0; title < scores.length; title++) sum += scores[title] as number
  const mean = sum / scores.length
  let squares = 0
  for (let title = 0; title < scores.length; title++) squares += ((scores[title] as number) - mean) ** 2
  return { model, scores, mean, deviation: Math.sqrt(squares / scores.length) }
}

export const standardScore = ({ scores, mean, deviation }: Standardised, title: number) =>
  deviation > 0 ? ((scores[title] as number) - mean) / deviation : 0

/** The scores after `history` that a unit over `scores` of `base` looks at. */
export function standardScores(base: Recommender, scores: FinishUnit['scores'], history: History): Standardised[] {
  const models = scores === 'members' && base instanceof Hybrid ? base.members.map(({ model }) => model) : [base]
  return models.map((model) => standardised(model, history))
}

/** `value` of mean 0 and deviation 1; 0 where it is NaN. */
export const scaled = (value: number, { mean, deviation }: { mean: number; deviation: number }) =>
  Number.isNaN(value) ? 0 : (value - mean) / deviation

/**
 * The probability that what a viewer plays next is a title and that it is watched to the end, f(x) = 1 / (1 + exp(-x)) of
 *
 *     x = theta_0 + sum_m theta_m z_m + sum_j theta_j u_j + sum_c (theta_c + theta'_c u_kind) u_c
 *
 * z are the base model's scores, u the measures of the title (kind, popularity, freshness) and of the moment (recency, device, hour, source).
 */
export class FinishModel {
  readonly unit: FinishUnit
  readonly quality: FinishQuality
  /** As `TitleAspects` has it, by the viewers that the base model learned from. */
  readonly popularity: Float64Array
  /** The second, since 1970, of the newest play that was learned from: when requests are taken to be made. */
  readonly newestAt: number

  constructor(parts: Pick<FinishModel, 'unit' | 'quality' | 'popularity' | 'newestAt'>) {
    this.unit = parts.unit
    this.quality = parts.quality
    this.popularity = parts.popularity
    this.newestAt = parts.newestAt
  }

  /** Values of a known kind that the moment of a play can have. */
  known(of: 'device' | 'source'): string[] {
    return this.unit.contextTerms.flatMap(({ measure }) => (measure.of === of ? [measure.value as string] : []))
  }

  save(): SavedModel {
    const { unit: own, quality: found, newestAt, popularity } = this
    return { algorithm: 'finish', about: { unit: own, quality: found, newestAt }, arrays: { popularity } }
  }

  /** @throws ModelError `model-file-corrupt` */
  static load(saved: SavedModel, titles: number): FinishModel {
    const about = aboutOf(saved, (told) => z.object({ unit, quality, newestAt: z.number() }).parse(told))
    return new FinishModel({ ...about, popularity: arrayOf(saved, 'popularity', 'Float64Array', titles) })
  }
}

/** The logits of all titles for one viewer, at any moment, and what they are made of. */
export class FinishScorer {
  private readonly unit: FinishUnit
  private readonly titles: TitleAspects
  private readonly history: History
  private readonly bases: readonly Standardised[]
  private readonly fromBase: Float64Array
  /** The kind of each title as the unit has it. */
  private readonly kinds: Float64Array

  constructor(unit: FinishUnit, titles: TitleAspects, base: Recommender, history: History) {
    this.unit = unit
    this.titles = titles
    this.history = history
    this.bases = standardScores(base, unit.scores, history)
    this.fromBase = new Float64Array(base.titles)
    for (const [m, one] of this.bases.entries()) {
      const weight = unit.scoreWeights[m] as number
      for (let title = 0; title < this.fromBase.length; title++) {
        this.fromBase[title] = (this.fromBase[title] as number) + weight * standardScore(one, title)
      }
    }
    const kind = unit.titleTerms.find(({ measure: { of } }) => of === 'kind')
    this.kinds = titles.isSeries.map((value) => (kind ? scaled(value, kind) : 0))
  }

  /** Fills `scores` with logits, finite numbers. */
  score(context: PlayContext, scores: Float64Array): void {
    const { intercept, titleTerms, contextTerms } = this.unit
    let [level, ofKind] = [intercept, 0]
    for (const one of contextTerms) {
      const value = scaled(measureContext(one.measure, context), one)
      level += one.weight * value
      ofKind += one.withKind * value
    }
    for (let title = 0; title < scores.length; title++) {
      scores[title] = level + (this.fromBase[title] as number) + ofKind * (this.kinds[title] as number)
    }
    for (const one of titleTerms) {
      for (let title = 0; title < scores.length; title++) {
        const value = scaled(measureTitle(one.measure, this.titles, title, context.at), one)
        scores[title] = (scores[title] as number) + one.weight * value
      }
    }
  }

  /** Parts that sum to the logit: those of the base model's scores, each aspect of title and moment, and a constant. */
  explain(context: PlayContext, title: number): Contribution[] {
    const { intercept, scoreWeights, titleTerms, contextTerms } = this.unit
    const parts: Contribution[] = []
    let constant = intercept
    for (const [m, { model, mean, deviation }] of this.bases.entries()) {
      if (deviation === 0) continue
      const factor = (scoreWeights[m] as number) / deviation
      constant -= factor * mean
      for (const { of, amount, by = model.algorithm } of model.explain(this.history, title)) {
        parts.push({ of, amount: factor * amount, by })
      }
    }
    const add = (of: Measure['of'], value: number, amount: number) => {
      if (amount === 0) return
      const words = () => wordsOfAspect(of, value, context, this.titles.isSeries[title] as number)
      parts.push({ of: of === 'popularity' ? { kind: 'popularity' } : { kind: 'context', words: words() }, amount })
    }
    for (const one of titleTerms) {
      const value = scaled(measureTitle(one.measure, this.titles, title, context.at), one)
      add(one.measure.of, value, one.weight * value)
    }
    const kind = this.kinds[title] as number
    const ofMoment = new Map<Measure['of'], number>()
    for (const one of contextTerms) {
      const { of } = one.measure
      const value = scaled(measureContext(one.measure, context), one)
      ofMoment.set(of, (ofMoment.get(of) ?? 0) + (one.weight + one.withKind * kind) * value)
    }
    for (const [of, amount] of ofMoment) add(of, 0, amount)
    parts.push({ of: { kind: 'constant' }, amount: constant })
    return parts
  }
}
