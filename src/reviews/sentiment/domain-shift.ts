import { kolmogorovSmirnov } from '../../kernels/statistics/kolmogorov-smirnov.ts'
import type { Text } from '../../text.ts'
import type { HeldOutReviews } from './sentiment-model.ts'

/** Distances of what is known of reviews from which they are called of another kind; smaller ones occur between any two sets. */
const leastDistance = 0.2
const mostChance = 0.001
/** Differences of the share of favourable reviews, and of the calibration error, that are told. */
const leastSkew = 0.1
const leastError = 0.05

/** How labelled reviews differ from those that a model was trained on. */
export interface DomainShift {
  /** Mean share of a review that the model knows, and that it knew of those held out. */
  readonly known: number
  readonly knownBefore: number
  /** Kolmogorov-Smirnov distance between both distributions, and the probability of such a one between reviews of one kind. */
  readonly distance: number
  readonly p: number
  readonly favourable: number
  readonly favourableBefore: number
  readonly calibrationError: number
  readonly calibrationErrorBefore: number
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, one) => sum + one, 0) / values.length

/** Compares reviews with those held out in training; each needs at least one. */
export function compareReviews(reviews: HeldOutReviews, before: HeldOutReviews): DomainShift {
  return {
    ...{ known: mean(reviews.known), knownBefore: mean(before.known) },
    ...kolmogorovSmirnov(reviews.known, before.known),
    ...{ favourable: reviews.favourable, favourableBefore: before.favourable },
    ...{ calibrationError: reviews.calibrationError, calibrationErrorBefore: before.calibrationError },
  }
}

const percent = (share: number) => `${Math.round(100 * share)} %`

/** What there is to know of a shift before its figures are believed. */
export function shiftNotes(shift: DomainShift): Text[] {
  const { known, knownBefore, distance, p, favourable, favourableBefore } = shift
  const { calibrationError, calibrationErrorBefore } = shift
  const notes: Text[] = []
  if (distance >= leastDistance && p < mostChance) {
    notes.push({
      en: `These reviews are of another kind than those learned from: of an average one ${percent(known)} is known, ${percent(knownBefore)} of those held out in training. Learn from reviews of this kind if there are labels.`,
      zh: `这些评论与所学评论不是同一类：平均每条有 ${percent(known)} 为模型所知，训练时留出的评论为 ${percent(knownBefore)}。如有标签，请用此类评论训练。`,
    })
  }
  if (Math.abs(favourable - favourableBefore) >= leastSkew) {
    notes.push({
      en: `${percent(favourable)} are favourable, ${percent(favourableBefore)} of those learned from: look at macro-F1 and AUC before accuracy.`,
      zh: `其中正面占 ${percent(favourable)}，所学评论中占 ${percent(favourableBefore)}：请先看宏平均 F1 与 AUC，再看准确率。`,
    })
  }
  if (calibrationError - calibrationErrorBefore >= leastError) {
    notes.push({
      en: `Probabilities are off by ${calibrationError.toFixed(2)} on average here, by ${calibrationErrorBefore.toFixed(2)} on reviews held out in training.`,
      zh: `此处概率平均偏差 ${calibrationError.toFixed(2)}，在训练时留出的评论上为 ${calibrationErrorBefore.toFixed(2)}。`,
    })
  }
  return notes
}
