import {
  areaUnderRoc,
  calibrationError,
  meanLogLoss,
  type Predictions,
  type ReliabilityBin,
  reliability,
} from '../../kernels/statistics/judge-probabilities.ts'

/** How well probabilities tell favourable reviews from others. */
export interface SentimentMeasures {
  readonly reviews: number
  readonly accuracy: number
  /** Mean of the F1 of both classes, 0 for a class that is neither there nor said. */
  readonly macroF1: number
  /** NaN without both classes. */
  readonly areaUnderRoc: number
  readonly logLoss: number
  readonly calibrationError: number
  readonly reliability: readonly ReliabilityBin[]
  /** Reviews by what they are and, in each, by what is said: `confusion[1][0]` are favourable and called unfavourable. */
  readonly confusion: readonly [readonly [number, number], readonly [number, number]]
}

/** Labelled reviews of equal weight with the logits that a model gave them. */
export function predictionsOf(logit: ArrayLike<number>, outcome: ArrayLike<number>): Predictions {
  return {
    logit: Float64Array.from(logit),
    outcome: Uint8Array.from(outcome),
    weight: new Float64Array(logit.length).fill(1),
  }
}

/** Measures of at least one review; a probability above one half is called favourable. */
export function measureSentiment(predictions: Predictions): SentimentMeasures {
  const { logit, outcome } = predictions
  const confusion: [[number, number], [number, number]] = [
    [0, 0],
    [0, 0],
  ]
  for (let i = 0; i < logit.length; i++) confusion[outcome[i] as 0 | 1][(logit[i] as number) > 0 ? 1 : 0] += 1
  const [[right0, wrong0], [wrong1, right1]] = confusion
  const f1 = (right: number) => (right === 0 ? 0 : (2 * right) / (2 * right + wrong0 + wrong1))
  const bins = reliability(predictions)
  return {
    reviews: logit.length,
    accuracy: (right0 + right1) / logit.length,
    macroF1: (f1(right0) + f1(right1)) / 2,
    areaUnderRoc: areaUnderRoc(predictions),
    logLoss: meanLogLoss(predictions),
    calibrationError: calibrationError(bins),
    reliability: bins,
    confusion,
  }
}
