import { logLossOf } from '../regression/logistic-regression.ts'

/** Logits with what came out, 0 or 1, and how much each counts, above 0. */
export interface Predictions {
  readonly logit: Float64Array
  readonly outcome: Uint8Array
  readonly weight: Float64Array
}

/** Predictions of about one size: their mean probability, the share that came out as 1, and their weight. */
export interface ReliabilityBin {
  readonly predicted: number
  readonly observed: number
  readonly weight: number
}

const ascending = ({ logit }: Predictions) =>
  Uint32Array.from(logit, (_, i) => i).sort((a, b) => (logit[a] as number) - (logit[b] as number))

/** Mean -ln of the probability given to what came out. */
export function meanLogLoss({ logit, outcome, weight }: Predictions): number {
  let [sum, total] = [0, 0]
  for (let i = 0; i < logit.length; i++) {
    sum += (weight[i] as number) * logLossOf(logit[i] as number, outcome[i] as number)
    total += weight[i] as number
  }
  return sum / total
}

/** Area under the ROC curve: the probability that a 1 has a higher logit than a 0, ties counting half. NaN without both. O(n log n). */
export function areaUnderRoc(predictions: Predictions): number {
  const { logit, outcome, weight } = predictions
  const order = ascending(predictions)
  let [below, won, ones] = [0, 0, 0]
  for (let from = 0; from < order.length; ) {
    let to = from
    let [zero, one] = [0, 0]
    for (; to < order.length && logit[order[to] as number] === logit[order[from] as number]; to++) {
      const i = order[to] as number
      if (outcome[i] === 1) one += weight[i] as number
      else zero += weight[i] as number
    }
    won += one * (below + zero / 2)
    below += zero
    ones += one
    from = to
  }
  return won / (ones * below)
}

/** At most `bins` bins of equal weight, lowest probability first. O(n log n). */
export function reliability(predictions: Predictions, bins = 10): ReliabilityBin[] {
  const { logit, outcome, weight } = predictions
  const total = weight.reduce((sum, one) => sum + one, 0)
  const sums: { predicted: number; observed: number; weight: number }[] = []
  let before = 0
  for (const i of ascending(predictions)) {
    const own = weight[i] as number
    const place = Math.min(bins - 1, Math.floor((bins * before) / total))
    sums[place] ??= { predicted: 0, observed: 0, weight: 0 }
    const bin = sums[place]
    bin.predicted += own / (1 + Math.exp(-(logit[i] as number)))
    bin.observed += own * (outcome[i] as number)
    bin.weight += own
    before += own
  }
  return sums.filter(Boolean).map(({ predicted, observed, weight: own }) => ({
    predicted: predicted / own,
    observed: observed / own,
    weight: own,
  }))
}

/**
 * Expected calibration error: the mean over the bins of |predicted - observed|, by their weights.
 * @see Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015
 */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, { weight }) => sum + weight, 0)
  return bins.reduce((sum, { predicted, observed, weight }) => sum + weight * Math.abs(predicted - observed), 0) / total
}
