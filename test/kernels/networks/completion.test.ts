import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Completion } from '../../../src/kernels/networks/completion.ts'
import { parameterCount } from '../../../src/kernels/networks/variational-autoencoder.ts'
import { KernelThreads } from '../../../src/kernels/threads/kernel-threads.ts'
import { noise, seeds } from '../../support/kernels.ts'
import { plainLogits } from '../../support/plain-autoencoder.ts'

const shape = { titles: 11, hidden: 16, latent: 8 }
const still = new Float64Array(shape.latent)

function completionOf(seed: number) {
  const threads = new KernelThreads(1)
  const parameters = threads.place(noise(parameterCount(shape), seed))
  return { completion: new Completion(threads, parameters, shape), parameters: parameters.array }
}

const histories = fc
  .uniqueArray(fc.record({ title: fc.nat(10), weight: fc.integer({ min: 1, max: 9 }) }), {
    selector: ({ title }) => title,
    maxLength: 5,
  })
  .map((plays) => ({
    index: Uint32Array.from(plays, ({ title }) => title),
    value: Float32Array.from(plays, ({ weight }) => weight),
  }))

const unit = (value: Float32Array) => Float64Array.from(value, (own) => own / Math.hypot(...value))

test('scores are the logits of the mean code of the history at a length of 1', () => {
  fc.assert(
    fc.property(histories, seeds, (history, seed) => {
      const { completion, parameters } = completionOf(seed)
      const scores = new Float64Array(shape.titles)
      completion.score(history, scores)
      const { index, value } = history
      const { logits } = plainLogits(parameters, shape, { index, value: unit(value) }, still)
      for (const [title, logit] of logits.entries()) expect(scores[title]).toBeCloseTo(logit, 9)
      const { amounts, empty } = completion.parts(history, 3)
      expect(amounts.reduce((sum, amount) => sum + amount, empty)).toBeCloseTo(logits[3] as number, 9)
    }),
    { numRuns: 25 },
  )
})

test('parts are the slopes of the score along the line from the empty history, integrated', () => {
  fc.assert(
    fc.property(histories, seeds, (history, seed) => {
      const { completion, parameters } = completionOf(seed)
      const { index, value } = history
      const x = unit(value)
      const steps = 400
      const logitAt = (t: number, place: number, by: number) => {
        const moved = x.map((own, e) => t * own + (e === place ? by : 0))
        return plainLogits(parameters, shape, { index, value: moved }, still).logits[2] as number
      }
      const { amounts } = completion.parts(history, 2)
      for (let place = 0; place < index.length; place++) {
        let integral = 0
        for (let step = 0; step < steps; step++) {
          const t = (step + 0.5) / steps
          integral += (logitAt(t, place, 1e-5) - logitAt(t, place, -1e-5)) / 2e-5 / steps
        }
        expect(amounts[place]).toBeCloseTo((x[place] as number) * integral, 3)
      }
    }),
    { numRuns: 6 },
  )
})

test('a title that hardly moves a neuron is told from one that does not', () => {
  const { completion, parameters } = completionOf(4)
  // W1 of title 0 is 0, that of title 1 tiny.
  parameters.fill(0, 0, 16).fill(1e-9, 16, 32)
  const of = (title: number) => completion.parts({ index: Uint32Array.of(title), value: Float32Array.of(1) }, 5)
  expect(of(0).amounts[0]).toBe(0)
  expect(Math.abs(of(1).amounts[0] as number)).toBeGreaterThan(0)
  expect(Math.abs(of(1).amounts[0] as number)).toBeLessThan(1e-6)
})
