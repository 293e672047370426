import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Adam } from '../../../src/kernels/networks/adam.ts'
import { drawDropout } from '../../../src/kernels/networks/dropout.ts'
import { firstTextParameters } from '../../../src/kernels/networks/first-text-parameters.ts'
import { GradientClip } from '../../../src/kernels/networks/gradient-clip.ts'
import { poolings } from '../../../src/kernels/networks/pooling.ts'
import { layOut, type Sequences } from '../../../src/kernels/networks/sequences.ts'
import {
  type TextNetworkShape,
  textLayersOf,
  textParameterCount,
  textWeightCount,
} from '../../../src/kernels/networks/text-layers.ts'
import { type TextBatch, TextNetwork, textBatchBytes } from '../../../src/kernels/networks/text-network.ts'
import { Random } from '../../../src/kernels/random.ts'
import { largestDifference, never, noise, seeds, withThreads } from '../../support/kernels.ts'
import { plainLogits, plainLoss } from '../../support/plain-text-network.ts'
import { randomSequences, sequencesOf } from '../../support/texts.ts'

const shapeOf = (shape: Partial<TextNetworkShape> = {}): TextNetworkShape => ({
  ...{ words: 12, embedding: 8, width: 8, directions: 1, pooling: 'mean' },
  ...shape,
})

/** Parameters of a size that leaves neither gates nor gradients flat. */
const someParameters = (shape: TextNetworkShape, seed: number) =>
  noise(textParameterCount(shape), seed).map((value) => value / 2)

function batchOf(sequences: Sequences, shape: TextNetworkShape, seed: number): TextBatch {
  const steps = layOut(sequences, shape.words)
  const random = new Random(seed)
  const count = sequences.start.length - 1
  return {
    steps,
    outcome: Uint8Array.from({ length: count }, () => random.integer(2)),
    weight: Float32Array.from({ length: count }, () => 0.5 + random.uniform()),
    dropout: drawDropout(steps, shape, { words: 0.2, pooled: 0.4 }, random),
  }
}

const shapes = fc.record({ directions: fc.constantFrom(1, 2), pooling: fc.constantFrom(...poolings) })
const lengths = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 })

test('scores agree with the definition, whatever the lengths and the batch before', async () => {
  await withThreads(2, async (threads) => {
    const networks = new Map<string, TextNetwork>()
    const networkOf = (shape: TextNetworkShape) => {
      const known = networks.get(`${shape.pooling} ${shape.directions}`)
      const network = known ?? new TextNetwork(threads, shape, { sequences: 40, steps: 360 })
      networks.set(`${shape.pooling} ${shape.directions}`, network)
      return network
    }
    await fc.assert(
      fc.asyncProperty(shapes, lengths, seeds, async (chosen, own, seed) => {
        const shape = shapeOf({ ...chosen, words: 30, width: 16 })
        const sequences = randomSequences(own, shape.words, seed)
        const network = networkOf(shape)
        network.parameters.array.set(someParameters(shape, seed))
        const scores = await network.score(layOut(sequences, shape.words), never)
        expect(largestDifference(scores, plainLogits(network.parameters.array, shape, sequences))).toBeLessThan(1e-4)
      }),
      { numRuns: 40 },
    )
  })
})

for (const pooling of poolings) {
  for (const directions of [1, 2] as const) {
    test(`loss and gradients agree with finite differences: ${pooling}, ${directions}`, async () => {
      const shape = shapeOf({ pooling, directions })
      const sequences = randomSequences([5, 0, 1, 9, 4, 4, 2], shape.words, 3)
      const batch = batchOf(sequences, shape, 4)
      await withThreads(2, async (threads) => {
        const network = new TextNetwork(threads, shape, { sequences: 7, steps: 25 })
        const parameters = network.parameters.array
        parameters.set(someParameters(shape, 5))
        const lossNow = () => plainLoss(parameters, shape, sequences, batch)
        expect(await network.addGradients(batch, never)).toBeCloseTo(lossNow(), 5)
        const gradients = textLayersOf(network.gradients.array, shape)
        const random = new Random(6)
        for (const [name, layer] of Object.entries(textLayersOf(parameters, shape))) {
          const gradient = gradients[name as keyof typeof gradients]
          for (let check = 0; check < Math.min(layer.length, 20); check++) {
            const place = random.integer(layer.length)
            const own = layer[place] as number
            const lossAt = (value: number) => {
              layer[place] = value
              return { at: layer[place] as number, loss: lossNow() }
            }
            const [less, more] = [lossAt(own - 1e-5), lossAt(own + 1e-5)]
            layer[place] = own
            const slope = (more.loss - less.loss) / (more.at - less.at)
            const miss = Math.abs((gradient[place] as number) - slope)
            expect(miss, `${name} ${place}`).toBeLessThan(1e-6 + 1e-5 * Math.abs(slope))
          }
        }
      })
    })
  }
}

test('a sequence scores the same beside longer ones', async () => {
  await withThreads(1, async (threads) => {
    for (const pooling of poolings) {
      const shape = shapeOf({ pooling, directions: 2 })
      const network = new TextNetwork(threads, shape, { sequences: 3, steps: 90 })
      network.parameters.array.set(someParameters(shape, 7))
      const texts = [[3, 1, 4, 1, 5], [9], Array.from({ length: 80 }, (_, step) => step % 12)]
      const together = await network.score(layOut(sequencesOf(...texts), shape.words), never)
      for (const [i, text] of texts.entries()) {
        const [alone] = await network.score(layOut(sequencesOf(text), shape.words), never)
        expect(together[i]).toBeCloseTo(alone as number, 5)
      }
    }
  })
})

test('one thread and several give the very same gradients, and so does a network that saw another batch', async () => {
  const shape = shapeOf({ words: 40, width: 16, directions: 2, pooling: 'max' })
  const lengthsOf = (count: number) => Array.from({ length: count }, (_, i) => (i * 7) % 23)
  const batch = batchOf(randomSequences(lengthsOf(70), shape.words, 8), shape, 9)
  expect(batch.steps.slices.length).toBeGreaterThan(3)
  const other = batchOf(randomSequences(lengthsOf(60).reverse(), shape.words, 10), shape, 11)
  const gradientsAfter = (count: number, before: readonly TextBatch[]) =>
    withThreads(count, async (threads) => {
      const network = new TextNetwork(threads, shape, { sequences: 70, steps: 900 })
      network.parameters.array.set(someParameters(shape, 12))
      for (const own of before) await network.addGradients(own, never)
      network.gradients.array.fill(0)
      await network.addGradients(batch, never)
      return network.gradients.array
    })
  const expected = await gradientsAfter(1, [])
  expect(await gradientsAfter(3, [])).toEqual(expected)
  expect(await gradientsAfter(1, [other])).toEqual(expected)
})

test('a word that is no number spoils the texts that have it and no other', async () => {
  await withThreads(1, async (threads) => {
    for (const pooling of poolings) {
      const shape = shapeOf({ pooling })
      const network = new TextNetwork(threads, shape, { sequences: 3, steps: 9 })
      network.parameters.array.set(someParameters(shape, 13))
      network.parameters.array[7 * shape.embedding] = Number.NaN
      const scores = await network.score(layOut(sequencesOf([1, 2, 3], [4, 7, 5, 6], [8, 9]), shape.words), never)
      expect([...scores].map(Number.isNaN)).toEqual([false, true, false])
    }
  })
})

test('gates that are wide open or shut leave scores and gradients finite', async () => {
  const shape = shapeOf({ pooling: 'attention' })
  await withThreads(1, async (threads) => {
    const network = new TextNetwork(threads, shape, { sequences: 2, steps: 12 })
    network.parameters.array.set(noise(textParameterCount(shape), 14).map((value) => value * 1e4))
    const sequences = randomSequences([9, 3], shape.words, 15)
    expect(Number.isFinite(await network.addGradients(batchOf(sequences, shape, 16), never))).toBe(true)
    expect(network.gradients.array.every(Number.isFinite)).toBe(true)
  })
})

test('what is forgotten has no gradient, and none is too small to be a normal number', async () => {
  const shape = shapeOf({ words: 60, pooling: 'last' })
  await withThreads(1, async (threads) => {
    const network = new TextNetwork(threads, shape, { sequences: 1, steps: 60 })
    network.parameters.array.set(someParameters(shape, 17).map((value) => value / 5))
    textLayersOf(network.parameters.array, shape).gateBias.fill(-3, shape.width, 2 * shape.width)
    const steps = layOut(sequencesOf(Array.from({ length: 60 }, (_, step) => step)), shape.words)
    await network.addGradients({ steps, outcome: Uint8Array.of(1), weight: Float32Array.of(1) }, never)
    const byWord = textLayersOf(network.gradients.array, shape).embedding
    expect(byWord.subarray(0, shape.embedding).every((gradient) => gradient === 0)).toBe(true)
    expect(byWord.subarray(-shape.embedding).every((gradient) => gradient !== 0)).toBe(true)
    expect(byWord.every((gradient) => gradient === 0 || Math.abs(gradient) > 1e-30)).toBe(true)
  })
})

test('a batch of texts without words moves the last bias alone', async () => {
  const shape = shapeOf({ pooling: 'max' })
  await withThreads(2, async (threads) => {
    const network = new TextNetwork(threads, shape, { sequences: 2, steps: 0 })
    const { denseBias } = textLayersOf(network.parameters.array, shape)
    denseBias[0] = 2
    const steps = layOut(sequencesOf([], []), shape.words)
    expect([...(await network.score(steps, never))]).toEqual([2, 2])
    await network.addGradients({ steps, outcome: Uint8Array.of(1, 1), weight: Float32Array.of(1, 3) }, never)
    const { denseBias: gradient } = textLayersOf(network.gradients.array, shape)
    expect(gradient[0]).toBeCloseTo(-1 / (1 + Math.exp(2)), 6)
    gradient[0] = 0
    expect(network.gradients.array.every((own) => own === 0)).toBe(true)
  })
})

test('it learns which of two words came first', async () => {
  const shape = shapeOf({ words: 10, width: 16, pooling: 'max' })
  const random = new Random(18)
  const batchNow = (): TextBatch => {
    const texts = Array.from({ length: 32 }, () => {
      const text = Array.from({ length: 6 + random.integer(6) }, () => 2 + random.integer(8))
      const [first, second] = [random.integer(3), 3 + random.integer(3)]
      const outcome = random.integer(2)
      text[first] = outcome
      text[second] = 1 - outcome
      return { text, outcome }
    })
    return {
      steps: layOut(sequencesOf(...texts.map(({ text }) => text)), shape.words),
      outcome: Uint8Array.from(texts, ({ outcome }) => outcome),
      weight: new Float32Array(texts.length).fill(1),
    }
  }
  await withThreads(1, async (threads) => {
    const network = new TextNetwork(threads, shape, { sequences: 32, steps: 32 * 12 })
    network.parameters.array.set(firstTextParameters(shape, random))
    const adam = new Adam(threads, network.parameters, network.gradients)
    const clip = new GradientClip(threads, network.gradients)
    for (let step = 0; step < 150; step++) {
      await network.addGradients(batchNow(), never)
      await clip.clip(1, never)
      await adam.step(0.02, 0.01, textWeightCount(shape), never)
    }
    expect(await network.addGradients(batchNow(), never)).toBeLessThan(0.1)
  })
})

test('stops when it is aborted, with the reason', async () => {
  const shape = shapeOf()
  await withThreads(2, async (threads) => {
    const network = new TextNetwork(threads, shape, { sequences: 1, steps: 2 })
    const steps = layOut(sequencesOf([1, 2]), shape.words)
    await expect(network.score(steps, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })
})

test('the memory of a network is what is told of it', async () => {
  const shape = shapeOf({ words: 1000, width: 32, directions: 2, pooling: 'attention' })
  const most = { sequences: 50, steps: 3000 }
  await withThreads(1, async (threads) => {
    const before = threads.allocate(Uint8Array, 0).at
    const { parameters, gradients } = new TextNetwork(threads, shape, most)
    const taken = threads.allocate(Uint8Array, 0).at - before - parameters.array.byteLength - gradients.array.byteLength
    expect(textBatchBytes(shape, most) / taken).toBeCloseTo(1, 2)
  })
})
