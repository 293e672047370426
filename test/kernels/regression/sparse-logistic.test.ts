import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { logistic } from '../../../src/kernels/regression/logistic-regression.ts'
import { fitSparseLogistic, type SparseSamples } from '../../../src/kernels/regression/sparse-logistic.ts'

const features = 6

/** The features of a sample that are not 0, with their values. */
type Entries = readonly (readonly [feature: number, value: number])[]

function samplesOf(rows: readonly Entries[]): SparseSamples {
  const start = new Uint32Array(rows.length + 1)
  rows.forEach((row, i) => {
    start[i + 1] = (start[i] as number) + row.length
  })
  const [index, value] = [rows.flatMap((row) => row.map(([j]) => j)), rows.flatMap((row) => row.map(([, one]) => one))]
  return { features, start, index: Uint32Array.from(index), value: Float32Array.from(value) }
}

/** The gradient of |w|^2 / 2 + C sum ln(1 + exp(-y w x)) by each coefficient and by the intercept, from its definition. */
function gradientOf(rows: readonly Entries[], outcome: Uint8Array, cost: number, w: readonly number[]) {
  const gradient = [...w]
  for (const [i, row] of rows.entries()) {
    const logit = row.reduce((sum, [j, value]) => sum + value * (w[j] as number), w[features] as number)
    const miss = cost * (logistic(logit) - (outcome[i] as number))
    for (const [j, value] of row) gradient[j] = (gradient[j] as number) + miss * value
    gradient[features] = (gradient[features] as number) + miss
  }
  return gradient
}

interface Sample {
  readonly row: [feature: number, value: number][]
  readonly outcome: number
}

const value = fc.double({ min: 0.02, max: 4, noNaN: true })
const sample: fc.Arbitrary<Sample> = fc.record({
  row: fc.uniqueArray(fc.tuple(fc.nat({ max: features - 1 }), value), { selector: ([j]) => j, maxLength: features }),
  outcome: fc.nat({ max: 1 }),
})

const tolerance = 1e-4
/** 30 samples of values up to 4 at a cost of 5: their dual gradients, `tolerance` on average, move probabilities by at most a quarter of themselves. */
const mostSlope = (30 * tolerance * 4 * 5) / 4

const without: Sample = { row: [], outcome: 0 }
/** A share comes so near to 1 here that the rest cannot be told from 0. */
const nearBounds: [Sample[], 5, number[]] = [
  [
    ...[without, without, without],
    ...[
      {
        row: [
          [2, 1.041],
          [5, 1.074],
          [4, 0.903],
        ] as Sample['row'],
        outcome: 0,
      },
      {
        row: [
          [4, 3.09],
          [2, 3.562],
          [5, 3.674],
        ] as Sample['row'],
        outcome: 1,
      },
    ],
    ...[without, without, without],
  ],
  5,
  [0, 0, 0, 0.5005, 0.99999999, 0, 0, 0],
]

test('the gradient of what is minimised vanishes, from any beginning', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(sample, { minLength: 1, maxLength: 30 }),
      fc.constantFrom(0.1, 1, 5),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 30, maxLength: 30 }),
      async (samples, cost, from) => {
        const rows = samples.map(({ row }) => row)
        const outcome = Uint8Array.from(samples, (one) => one.outcome)
        const all = Uint32Array.from(rows, (_, i) => i)
        const options = { cost, random: new Random(3), shares: Float64Array.from(from), tolerance, mostRounds: 2000 }
        const found = await fitSparseLogistic(samplesOf(rows), all, outcome, options)
        expect(found.converged).toBe(true)
        for (const slope of gradientOf(rows, outcome, cost, [...found.coefficients, found.intercept])) {
          expect(Math.abs(slope)).toBeLessThan(mostSlope)
        }
      },
    ),
    { numRuns: 100, examples: [nearBounds] },
  )
})

/** Two samples of a feature each, one of both. */
const overlapping: Entries[] = [
  [[0, 1]],
  [[1, 1]],
  [
    [0, 1],
    [1, 1],
  ],
]

test('samples that are not asked for do not count', async () => {
  const samples = samplesOf([...overlapping, []])
  const learn = (outcome: Uint8Array) =>
    fitSparseLogistic(samples, Uint32Array.of(0, 1, 3), outcome, {
      cost: 1,
      random: new Random(1),
      shares: new Float64Array(4),
    })
  expect(await learn(Uint8Array.of(1, 0, 0, 1))).toEqual(await learn(Uint8Array.of(1, 0, 1, 1)))
})

test('ends where the callback throws, and says when the rounds run out', async () => {
  const samples = samplesOf(overlapping)
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
