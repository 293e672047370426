import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { logistic } from '../../../src/kernels/regression/logistic-regression.ts'
import { fitSparseLogistic, type SparseSamples } from '../../../src/kernels/regression/sparse-logistic.ts'

const features = 6

function samplesOf(
  rows: readonly (readonly number[])[],
  scale: readonly number[],
  weight: readonly number[],
): SparseSamples {
  const start = new Uint32Array(rows.length + 1)
  rows.forEach((row, i) => {
    start[i + 1] = (start[i] as number) + row.length
  })
  return {
    ...{ start, index: Uint32Array.from(rows.flat()), scale: Float32Array.from(scale) },
    square: Float32Array.from(weight, (one) => one ** 2),
  }
}

/** The gradient of |w|^2 / 2 + C sum ln(1 + exp(-y w x)) by the intercept and by each coefficient, from its definition. */
function gradientOf(
  rows: readonly (readonly number[])[],
  scale: readonly number[],
  weight: readonly number[],
  outcome: Uint8Array,
  cost: number,
  w: readonly number[],
) {
  const gradient = [...w]
  rows.forEach((row, i) => {
    const logit =
      (w[features] as number) +
      row.reduce((sum, j) => sum + (scale[i] as number) * (weight[j] as number) * (w[j] as number), 0)
    const miss = cost * (logistic(logit) - (outcome[i] as number))
    for (const j of row) gradient[j] = (gradient[j] as number) + miss * (scale[i] as number) * (weight[j] as number)
    gradient[features] = (gradient[features] as number) + miss
  })
  return gradient
}

const sample = fc.record({
  row: fc.uniqueArray(fc.nat({ max: features - 1 }), { maxLength: features }),
  scale: fc.double({ min: 0.1, max: 2, noNaN: true }),
  outcome: fc.nat({ max: 1 }),
})

const tolerance = 1e-4
/** 30 samples of values up to 4 at a cost of 5: their dual gradients, `tolerance` on average, move probabilities by at most a quarter of themselves. */
const mostSlope = (30 * tolerance * 4 * 5) / 4

interface Sample {
  readonly row: number[]
  readonly scale: number
  readonly outcome: number
}

const without: Sample = { row: [], scale: 0.1, outcome: 0 }
/** A share comes so near to 1 here that the rest cannot be told from 0. */
const nearBounds: [Sample[], number[], 5, number[]] = [
  [
    ...[without, without, without],
    { row: [2, 5, 4], scale: 0.537, outcome: 0 },
    { row: [4, 2, 5], scale: 1.837, outcome: 1 },
    ...[without, without, without],
  ],
  [0.2, 0.2, 1.939, 0.2, 1.682, 2],
  5,
  [0, 0, 0, 0.5005, 0.99999999, 0, 0, 0],
]

test('the gradient of what is minimised vanishes, from any beginning', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(sample, { minLength: 1, maxLength: 30 }),
      fc.array(fc.double({ min: 0.2, max: 2, noNaN: true }), { minLength: features, maxLength: features }),
      fc.constantFrom(0.1, 1, 5),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 30, maxLength: 30 }),
      async (samples, weight, cost, from) => {
        const rows = samples.map(({ row }) => row)
        const scale = samples.map((one) => one.scale)
        const outcome = Uint8Array.from(samples, (one) => one.outcome)
        const all = Uint32Array.from(rows, (_, i) => i)
        const options = {
          cost,
          random: new Random(3),
          shares: Float64Array.from(from),
          tolerance,
          mostRounds: 2000,
        }
        const found = await fitSparseLogistic(samplesOf(rows, scale, weight), all, outcome, options)
        expect(found.converged).toBe(true)
        const w = weight.map((one, j) => (found.coefficients[j] as number) / one)
        for (const slope of gradientOf(rows, scale, weight, outcome, cost, [...w, found.intercept])) {
          expect(Math.abs(slope)).toBeLessThan(mostSlope)
        }
      },
    ),
    { numRuns: 100, examples: [nearBounds] },
  )
})

test('samples that are not asked for do not count', async () => {
  const samples = samplesOf([[0], [1], [0, 1], []], [1, 1, 1, 1], [1, 1, 1, 1, 1, 1])
  const learn = (outcome: Uint8Array) =>
    fitSparseLogistic(samples, Uint32Array.of(0, 1, 3), outcome, {
      cost: 1,
      random: new Random(1),
      shares: new Float64Array(4),
    })
  expect(await learn(Uint8Array.of(1, 0, 0, 1))).toEqual(await learn(Uint8Array.of(1, 0, 1, 1)))
})

test('ends where the callback throws, and says when the rounds run out', async () => {
  const samples = samplesOf([[0], [1], [0, 1]], [1, 1, 1], [1, 1, 1, 1, 1, 1])
  const options = () => ({ cost: 100, random: new Random(1), shares: new Float64Array(3) })
  const outcome = Uint8Array.of(1, 0, 1)
  const stop = fitSparseLogistic(samples, Uint32Array.of(0, 1, 2), outcome, {
    ...options(),
    onRound: () => Promise.reject(new Error('stopped')),
  })
  await expect(stop).rejects.toThrow('stopped')
  const one = await fitSparseLogistic(samples, Uint32Array.of(0, 1, 2), outcome, { ...options(), mostRounds: 1 })
  expect(one).toMatchObject({ rounds: 1, converged: false })
})
