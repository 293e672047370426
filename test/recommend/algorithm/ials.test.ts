import { expect, test } from 'vitest'
import { rowOf } from '../../../src/kernels/matrices/sparse.ts'
import { decodeModel, encodeModel, type SavedModel } from '../../../src/models/saved-model.ts'
import { ials, learnedByMllib } from '../../../src/recommend/algorithm/ials.ts'
import { trainRecommender } from '../../../src/recommend/train-recommender.ts'
import { history, recommenderContract, scoresOf, testRun } from '../../contracts/recommender.ts'
import { tastes } from '../../support/tastes.ts'

const settings = ials.settings.parse({ factors: 16, l2: 0.02 })

recommenderContract(ials, { settings })

const set = tastes()
const likes = rowOf(set.interactions, 5)

test('the loss falls with every pass, and training ends early when it hardly does', async () => {
  const losses: number[] = []
  const onPass = (_done: number, _most: number, loss?: number) => losses.push(loss ?? Number.NaN)
  await ials.train(set, { ...settings, passes: 200 }, { ...testRun, onPass })
  expect(losses.every((loss, pass) => pass === 0 || loss < (losses[pass - 1] as number) * (1 + 1e-6))).toBe(true)
  expect(losses.length).toBeLessThan(200)
})

test('a training that was cut off goes on to the same model', async () => {
  const kept: SavedModel[] = []
  const keep = async (state: SavedModel) => {
    kept.push(decodeModel(encodeModel(state), 'state'))
  }
  const whole = await ials.train(set, settings, { ...testRun, checkpoint: { last: undefined, keep } })
  const onPass = (done: number) => passes.push(done)
  const passes: number[] = []
  const checkpoint = { last: kept[3], keep: async () => {} }
  const resumed = await ials.train(set, settings, { ...testRun, onPass, checkpoint })
  expect(passes[0]).toBe(5)
  expect(scoresOf(resumed, likes)).toEqual(scoresOf(whole, likes))
})

test('state of other data is refused', async () => {
  const last: SavedModel = { algorithm: 'ials', about: { pass: 1, loss: 1 }, arrays: { viewers: new Float32Array(3) } }
  const run = { ...testRun, checkpoint: { last, keep: async () => {} } }
  await expect(ials.train(set, settings, run)).rejects.toMatchObject({ code: 'model-file-corrupt' })
})

test('another seed gives another model', async () => {
  const [first, second] = await Promise.all([1, 2].map((seed) => ials.train(set, settings, { ...testRun, seed })))
  if (!first || !second) throw new Error('two models were trained')
  expect(scoresOf(first, likes)).not.toEqual(scoresOf(second, likes))
})

test('a play that counts more moves the scores more', async () => {
  const model = await ials.train(set, settings, testRun)
  const [light, heavy] = [0.2, 5].map((weight) => {
    return scoresOf(model, { index: Uint32Array.of(1), value: Float32Array.of(weight) })[1] as number
  })
  expect(heavy).toBeGreaterThan(light as number)
  expect(scoresOf(model, history()).every((score) => score === 0)).toBe(true)
})

test('a training that is aborted half-way ends with the reason', async () => {
  const stop = new AbortController()
  const run = { ...testRun, signal: stop.signal, onPass: () => stop.abort(new Error('enough')) }
  await expect(ials.train(set, settings, run)).rejects.toThrow('enough')
})

test('fewer factors are suggested where memory would not do', async () => {
  const wanted = { ...settings, factors: 256 }
  const memoryBytes = 250_000
  await expect(trainRecommender(ials, set, wanted, { ...testRun, memoryBytes })).rejects.toMatchObject({
    code: 'too-much-memory',
    advice: { en: expect.stringContaining('factors=128') },
  })
})

test('a viewer of what MLlib learned is solved for by its least squares, also after the model was saved', () => {
  const [d, alpha0, l2] = [8, 0.3, 0.07]
  // The score of title k < 8 is factor k of the viewer; title 11 was not played.
  const rows = Array.from({ length: 12 }, (_, title) =>
    Array.from({ length: d }, (_, k) => (title < d ? Number(title === k) : title === 11 ? 0 : Math.sin(title * d + k))),
  )
  const chosen = ials.settings.parse({ factors: d, alpha0, l2 })
  const model = learnedByMllib(chosen, Float32Array.from(rows.flat()))
  const watched = { index: Uint32Array.of(2, 8, 10), value: Float32Array.of(0.5, 2, 1) }
  scoresOf(model, history(1, 9))
  const scores = scoresOf(model, watched)
  expect(scoresOf(ials.load(model.save()), watched)).toEqual(scores)
  const x = scores.subarray(0, d)
  const weightOf = (title: number) => watched.value[watched.index.indexOf(title)] ?? 0
  for (let k = 0; k < d; k++) {
    const slopes = rows.map((y, title) => {
      const score = y.reduce((sum, value, at) => sum + value * (x[at] as number), 0)
      const weight = weightOf(title)
      return (y[k] as number) * (weight > 0 ? (weight + alpha0) * (score - 1) : alpha0 * score)
    })
    const squares = l2 * watched.index.length * (x[k] as number)
    expect(slopes.reduce((sum, slope) => sum + slope, squares)).toBeCloseTo(0, 6)
  }
  const parts = model.explain(watched, 9)
  expect(parts.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(scores[9] as number, 6)
  expect(scores[11]).toBe(0)
})
