/** How far a count is from what was expected of it. */
export interface CountError {
  readonly square: number
  readonly expected: number
  /** Relative variance of `expected`. */
  readonly variance: number
}

/** E[min(z², 1)] of a standard normal z. */
const meanOfCut = 0.5160724783476186
const leastDispersion = 1e-6
const mostDispersion = 16
const steps = 30

/**
 * By how much more than Poisson counts vary: the a of variance = mean + a mean², from 0 to 16. It is the one with which squared errors over their
 * variance, cut at 1, have the mean that they have for a normal variable: a one-step scale of Huber's kind ("Robust estimation of a location
 * parameter", 1964), on which a few bursts have little say. Counts should be large enough to be near normal, some 4 on average.
 */
export function estimateDispersion(errors: readonly CountError[]): number {
  const isTooSmall = (dispersion: number) => {
    let sum = 0
    for (const { square, expected, variance } of errors) {
      sum += Math.min(1, square / (expected + expected * expected * (dispersion + variance)))
    }
    return sum > meanOfCut * errors.length
  }
  if (!isTooSmall(0)) return 0
  let low = leastDispersion
  let high = mostDispersion
  for (let step = 0; step < steps; step++) {
    const middle = Math.sqrt(low * high)
    if (isTooSmall(middle)) low = middle
    else high = middle
  }
  return high
}
