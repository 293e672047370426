import { expect, test } from 'vitest'
import { rowOf } from '../../../src/kernels/matrices/sparse.ts'
import { decodeModel, encodeModel, type SavedModel } from '../../../src/models/saved-model.ts'
import { autoencoder } from '../../../src/recommend/algorithm/autoencoder.ts'
import { trainRecommender } from '../../../src/recommend/train-recommender.ts'
import { history, recommenderContract, scoresOf, testRun, trainingSet } from '../../contracts/recommender.ts'
import { tastes } from '../../support/tastes.ts'

const settings = autoencoder.settings.parse({ hidden: 32, latent: 16, learningRate: 0.01, batch: 40, epochs: 40 })

recommenderContract(autoencoder, { settings })

const set = tastes()
const likes = rowOf(set.interactions, 5)

test('a training that was cut off goes on to the same model', async () => {
  const kept: SavedModel[] = []
  const keep = async (state: SavedModel) => {
    kept.push(decodeModel(encodeModel(state), 'state'))
  }
  const short = { ...settings, epochs: 9 }
  const whole = await autoencoder.train(set, short, { ...testRun, checkpoint: { last: undefined, keep } })
  const passes: number[] = []
  const onPass = (done: number) => passes.push(done)
  const checkpoint = { last: kept[3], keep: async () => {} }
  const resumed = await autoencoder.train(set, short, { ...testRun, onPass, checkpoint })
  expect(passes[0]).toBe(5)
  expect(scoresOf(resumed, likes)).toEqual(scoresOf(whole, likes))
})

test('a training that had ended is not gone on with', async () => {
  const kept: SavedModel[] = []
  const keep = async (state: SavedModel) => {
    kept.push(decodeModel(encodeModel(state), 'state'))
  }
  const whole = await autoencoder.train(set, settings, { ...testRun, checkpoint: { last: undefined, keep } })
  const onPass = () => expect.unreachable()
  const again = await autoencoder.train(set, settings, { ...testRun, onPass, checkpoint: { last: kept.at(-1), keep } })
  expect(scoresOf(again, likes)).toEqual(scoresOf(whole, likes))
})

test('learning ends when lists get no better, and the best network is kept', async () => {
  const losses: number[] = []
  const states: SavedModel[] = []
  const keep = async (state: SavedModel) => {
    states.push(decodeModel(encodeModel(state), 'state'))
  }
  const onPass = (_done: number, _most: number, loss?: number) => losses.push(loss ?? Number.NaN)
  const patient = { ...settings, epochs: 300, patience: 5 }
  const model = await autoencoder.train(set, patient, { ...testRun, onPass, checkpoint: { last: undefined, keep } })
  expect(losses.length).toBeLessThan(300)
  expect(losses.at(-1)).toBeLessThan(losses[0] as number)
  expect(states.at(-1)?.about.bestEpoch).toBe(losses.length - 5)
  // The weights of the encoder, as vectors of titles are moved by their mean.
  const encoder = (parameters: unknown) => (parameters as Float32Array).subarray(0, model.titles * settings.hidden)
  expect(encoder(model.save().arrays.parameters)).toEqual(encoder(states[losses.length - 6]?.arrays.parameters))
})

test('state of other data is refused', async () => {
  const about = { epoch: 1, best: 0, bestEpoch: 1, steps: 3 }
  const last: SavedModel = { algorithm: 'autoencoder', about, arrays: { parameters: new Float32Array(3) } }
  const run = { ...testRun, checkpoint: { last, keep: async () => {} } }
  await expect(autoencoder.train(set, settings, run)).rejects.toMatchObject({ code: 'model-file-corrupt' })
})

test('another seed gives another model', async () => {
  const short = { ...settings, epochs: 2 }
  const [first, second] = await Promise.all([1, 2].map((seed) => autoencoder.train(set, short, { ...testRun, seed })))
  if (!first || !second) throw new Error('two models were trained')
  expect(scoresOf(first, likes)).not.toEqual(scoresOf(second, likes))
})

test('what counts is how much plays weigh beside each other', async () => {
  const model = await autoencoder.train(set, settings, testRun)
  const scoreOfGenre = (genre: number, first: number, second: number) => {
    const scores = scoresOf(model, { index: Uint32Array.of(8, 9), value: Float32Array.of(first, second) })
    return scores.filter((_, title) => title % 4 === genre).reduce((sum, score) => sum + score, 0)
  }
  expect(scoreOfGenre(0, 5, 1)).toBeGreaterThan(scoreOfGenre(0, 1, 5))
  expect(scoreOfGenre(1, 1, 5)).toBeGreaterThan(scoreOfGenre(1, 5, 1))
  expect(scoreOfGenre(1, 2, 10)).toBeCloseTo(scoreOfGenre(1, 1, 5), 4)
})

test('weights of any size are learned from alike', async () => {
  const short = { ...settings, epochs: 5 }
  const scaled = (by: number) => ({
    ...set,
    interactions: { ...set.interactions, value: set.interactions.value.map((weight) => weight * by) },
  })
  const [small, large] = await Promise.all(
    [2 ** -20, 2 ** 20].map((by) => autoencoder.train(scaled(by), short, testRun)),
  )
  if (!small || !large) throw new Error('two models were trained')
  const [one, other] = [scoresOf(small, likes), scoresOf(large, likes)]
  for (let title = 0; title < one.length; title++) expect(other[title]).toBeCloseTo(one[title] as number, 3)
})

test('a title that nobody watched scores below all others without a history', async () => {
  const rows = Array.from({ length: 30 }, (_, viewer) => [viewer % 3, 3, 4 + (viewer % 2), 7, 8])
  const model = await autoencoder.train(trainingSet(9, rows), settings, testRun)
  const scores = scoresOf(model, history())
  expect(scores[6]).toBe(Math.min(...scores))
})

test('viewers without a play are passed over', async () => {
  const rows = [[0, 1, 2, 3, 4], [], [], [1, 2, 3, 4, 5], [], [0, 2]]
  const losses: number[] = []
  const onPass = (_done: number, _most: number, loss?: number) => losses.push(loss ?? Number.NaN)
  const one = { ...settings, batch: 1, epochs: 3 }
  const model = await autoencoder.train(trainingSet(6, rows), one, { ...testRun, onPass })
  expect(losses.every(Number.isFinite)).toBe(true)
  expect(scoresOf(model, history(2)).every(Number.isFinite)).toBe(true)
})

test('a training that is aborted half-way ends with the reason', async () => {
  const stop = new AbortController()
  const run = { ...testRun, signal: stop.signal, onPass: () => stop.abort(new Error('enough')) }
  await expect(autoencoder.train(set, settings, run)).rejects.toThrow('enough')
})

test('fewer neurons are suggested where memory would not do', async () => {
  const wanted = { ...settings, hidden: 1024, latent: 1024 }
  const run = { ...testRun, memoryBytes: 3_000_000 }
  await expect(trainRecommender(autoencoder, set, wanted, run)).rejects.toMatchObject({
    code: 'too-much-memory',
    advice: { en: expect.stringContaining('hidden=128 latent=128') },
  })
})

test('scores have a mean of 0 over all titles, whatever was watched', async () => {
  const model = await autoencoder.train(set, { ...settings, epochs: 3 }, testRun)
  for (const of of [history(), history(1, 5), likes]) {
    const scores = scoresOf(model, of)
    const sum = scores.reduce((total, score) => total + score, 0)
    const largest = scores.reduce((most, score) => Math.max(most, Math.abs(score)), 0)
    expect(largest).toBeGreaterThan(0.1)
    expect(Math.abs(sum / scores.length)).toBeLessThan(1e-5 * largest)
  }
})
