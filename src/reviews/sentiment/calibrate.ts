import { fitLogistic } from '../../kernels/regression/logistic-regression.ts'
import { measureSentiment, predictionsOf, type SentimentMeasures } from './measures.ts'

/** Keeps both numbers finite. */
const penalty = 1e-3

/** What turns the logits of a model to those of probabilities, stretch x + shift, and how good these are. */
export interface Calibration {
  readonly stretch: number
  readonly shift: number
  /** The logits, calibrated. */
  readonly logit: Float64Array
  readonly measures: SentimentMeasures
}

/**
 * Calibrates logits on reviews that the model has not learned from.
 * @see Platt, "Probabilistic outputs for support vector machines", 1999
 */
export function calibrate(logit: Float64Array, outcome: Uint8Array): Calibration {
  const weight = new Float64Array(logit.length).fill(1)
  const fit = fitLogistic({ columns: 1, features: logit, outcome, weight }, penalty)
  const [stretch, shift] = [fit.coefficients[0] as number, fit.intercept]
  const calibrated = logit.map((x) => stretch * x + shift)
  return { stretch, shift, logit: calibrated, measures: measureSentiment(predictionsOf(calibrated, outcome)) }
}
