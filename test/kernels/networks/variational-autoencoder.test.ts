import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sparseMatrix } from '../../../src/kernels/matrices/sparse.ts'
import { Adam } from '../../../src/kernels/networks/adam.ts'
import {
  type Batch,
  parameterCount,
  VariationalAutoencoder,
  weightCount,
} from '../../../src/kernels/networks/variational-autoencoder.ts'
import { Random } from '../../../src/kernels/random.ts'
import { never, noise, seeds, withThreads } from '../../support/kernels.ts'
import { plainLoss } from '../../support/plain-autoencoder.ts'

function batchOf(rows: number, titles: number, latent: number, seed: number): Batch {
  const random = new Random(seed)
  const plays = (count: number) =>
    sparseMatrix(rows, titles, {
      row: Uint32Array.from({ length: count }, () => random.integer(rows)),
      column: Uint32Array.from({ length: count }, () => random.integer(titles)),
      value: Float32Array.from({ length: count }, () => 0.2 + random.uniform()),
    })
  return { input: plays(3 * rows), target: plays(4 * rows), noise: noise(rows * latent, seed + 1) }
}

test('loss and gradients agree with finite differences of the definition', async () => {
  const cases = fc.record({
    rows: fc.integer({ min: 1, max: 40 }),
    titles: fc.integer({ min: 1, max: 35 }),
    seed: seeds,
  })
  await withThreads(2, async (threads) => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ rows, titles, seed }) => {
        const shape = { titles, hidden: 16, latent: 8 }
        const beta = 0.3
        const network = new VariationalAutoencoder(threads, shape, rows, 4 * rows)
        const parameters = network.parameters.array
        parameters.set(noise(parameters.length, seed).map((value) => value / 2))
        const batch = batchOf(rows, titles, shape.latent, seed)
        const loss = await network.addGradients(batch, beta, never)
        expect(Math.abs(loss - plainLoss(parameters, shape, batch, beta))).toBeLessThan(1e-5 * (1 + loss))
        const random = new Random(seed)
        for (let check = 0; check < 30; check++) {
          const place = random.integer(parameterCount(shape))
          const own = parameters[place] as number
          const lossAt = (value: number) => {
            parameters[place] = value
            return { at: parameters[place] as number, loss: plainLoss(parameters, shape, batch, beta) }
          }
          const [less, more] = [lossAt(own - 1e-3), lossAt(own + 1e-3)]
          parameters[place] = own
          const slope = (more.loss - less.loss) / (more.at - less.at)
          expect(Math.abs((network.gradients.array[place] as number) - slope)).toBeLessThan(
            1e-5 + 1e-4 * Math.abs(slope),
          )
        }
      }),
      { numRuns: 25 },
    )
  })
})

test('logits far apart, and a viewer who is shown nothing, give finite gradients that are told apart', async () => {
  const shape = { titles: 6, hidden: 8, latent: 8 }
  await withThreads(1, async (threads) => {
    const network = new VariationalAutoencoder(threads, shape, 1, 2)
    network.parameters.array.set([-2000, 0, 50, 1000, 990, -5], weightCount(shape) + 8 + 16)
    const none = { row: new Uint32Array(0), column: new Uint32Array(0), value: new Float32Array(0) }
    const played = { row: Uint32Array.of(0), column: Uint32Array.of(4), value: Float32Array.of(2) }
    const batch = { input: sparseMatrix(1, 6, none), target: sparseMatrix(1, 6, played), noise: new Float32Array(8) }
    expect(await network.addGradients(batch, 0, never)).toBeCloseTo(10 + Math.log1p(Math.exp(-10)), 5)
    const byBias = network.gradients.array.subarray(weightCount(shape) + 8 + 16).subarray(0, 6)
    const expected = [0, 0, 0, 1, -1, 0].map((sign) => sign / (1 + Math.exp(-10)))
    for (const [title, gradient] of byBias.entries()) expect(gradient).toBeCloseTo(expected[title] as number, 5)
  })
})

test('one thread and several give the very same gradients', async () => {
  const shape = { titles: 90, hidden: 16, latent: 8 }
  const gradients = await Promise.all(
    [1, 3].map((count) =>
      withThreads(count, async (threads) => {
        const network = new VariationalAutoencoder(threads, shape, 70, 280)
        network.parameters.array.set(noise(parameterCount(shape), 5))
        await network.addGradients(batchOf(70, 90, 8, 6), 0.1, never)
        return network.gradients.array
      }),
    ),
  )
  expect(gradients[1]).toEqual(gradients[0])
})

test('steps of Adam agree with the definition', async () => {
  const count = 150_000
  const decayed = 70_000
  await withThreads(2, async (threads) => {
    const parameters = threads.place(noise(count, 1))
    const gradients = threads.allocate(Float32Array, count)
    const adam = new Adam(threads, parameters, gradients)
    const expected = [3, decayed - 1, decayed, count - 1].map((place) => ({
      place,
      p: parameters.array[place] as number,
      m: 0,
      v: 0,
    }))
    for (let step = 1; step <= 4; step++) {
      gradients.array.set(noise(count, 10 + step))
      for (const own of expected) {
        const g = gradients.array[own.place] as number
        own.m = 0.9 * own.m + 0.1 * g
        own.v = 0.999 * own.v + 0.001 * g * g
        const change = (0.01 * (own.m / (1 - 0.9 ** step))) / (Math.sqrt(own.v / (1 - 0.999 ** step)) + 1e-8)
        own.p = own.p * (own.place < decayed ? 1 - 0.01 * 0.5 : 1) - change
      }
      await adam.step(0.01, 0.5, decayed, never)
      expect(gradients.array.every((gradient) => gradient === 0)).toBe(true)
    }
    for (const { place, p } of expected) expect(parameters.array[place]).toBeCloseTo(p, 5)
  })
})
