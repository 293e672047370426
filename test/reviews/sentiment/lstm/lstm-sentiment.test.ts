import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { poolings } from '../../../../src/kernels/networks/pooling.ts'
import { decodeModel, encodeModel, type SavedModel } from '../../../../src/models/saved-model.ts'
import { silentProgress } from '../../../../src/progress.ts'
import { lstmLearner } from '../../../../src/reviews/sentiment/learners.ts'
import { fitLstm, type LstmRun } from '../../../../src/reviews/sentiment/lstm/fit-lstm.ts'
import { LabelledWords } from '../../../../src/reviews/sentiment/lstm/labelled-words.ts'
import { completeLstm, type LstmSettings } from '../../../../src/reviews/sentiment/lstm/lstm-settings.ts'
import { judgeOne, type LabelledText, probabilityOf, sentimentContract } from '../../../contracts/sentiment-model.ts'
import { inventReviews } from '../../../support/reviews.ts'

const { signal } = new AbortController()
const small = completeLstm({ embedding: 16, width: 16, longest: 60, epochs: 12 })
const folder = mkdtempSync(join(tmpdir(), 'marquee-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

let trainings = 0
sentimentContract('lstm', (seed) => {
  trainings += 1
  return lstmLearner(small, { seed, threads: 2 }, join(folder, `${trainings}`), { progress: silentProgress, signal })
})

const testRun: LstmRun = {
  ...{ seed: 3, threads: 2, memoryBytes: 2 ** 30, signal, progress: silentProgress },
  checkpoint: async () => ({ last: undefined, keep: async () => {} }),
}
const some = inventReviews(500, 11)

function train(reviews: readonly LabelledText[], settings: Partial<LstmSettings> = {}, run: Partial<LstmRun> = {}) {
  const chosen = { ...small, epochs: 3, ...settings }
  const gathered = new LabelledWords(chosen.longest)
  for (const { text, label } of reviews) gathered.add(text, label)
  return fitLstm(gathered, chosen, { ...testRun, ...run })
}

test('a training that was cut off anywhere goes on to the same model', async () => {
  const states: SavedModel[] = []
  const keys: string[] = []
  const checkpointOf = (last: SavedModel | undefined) => async (key: string) => {
    keys.push(key)
    const keep = async (state: SavedModel) => {
      if (!last) states.push(decodeModel(encodeModel(state), 'state'))
    }
    return { last, keep }
  }
  const whole = await train(some, {}, { checkpoint: checkpointOf(undefined) })
  for (const place of [0, 3, Math.floor(states.length / 2), states.length - 1]) {
    const steps: string[] = []
    const progress = { ...silentProgress, step: ({ en }: { en: string }) => steps.push(en) }
    const again = await train(some, {}, { checkpoint: checkpointOf(states[place]), progress })
    expect(steps[0]).toMatch(/^Going on with a training that was cut off in pass \d$/)
    expect(again.model.save()).toEqual(whole.model.save())
    expect(again.epochs).toEqual(whole.epochs)
  }
  expect(new Set(keys).size).toBe(1)
})

test('trainings of other reviews, settings or seeds go by other keys', async () => {
  const keys: string[] = []
  const checkpoint = async (key: string) => {
    keys.push(key)
    throw new Error('enough')
  }
  const [first, ...rest] = some
  const turned = [{ text: first?.text ?? '', label: first?.label === 1 ? 0 : 1 } as const, ...rest]
  await Promise.allSettled([
    train(some, {}, { checkpoint }),
    train(rest, {}, { checkpoint }),
    train(turned, {}, { checkpoint }),
    train(some, { width: 8 }, { checkpoint }),
    train(some, {}, { checkpoint, seed: 4 }),
  ])
  expect(new Set(keys).size).toBe(5)
})

test('state of another network is refused', async () => {
  const last = { algorithm: 'lstm-training', about: { epochs: [], batches: 0, loss: 0, steps: 1 }, arrays: {} }
  const checkpoint = async () => ({ last, keep: async () => {} })
  await expect(train(some, {}, { checkpoint })).rejects.toMatchObject({ code: 'model-file-corrupt' })
})

test('an abort ends the training', async () => {
  const abort = new AbortController()
  const progress = { ...silentProgress, rows: (done: number) => done === 3 && abort.abort(new Error('stop')) }
  await expect(train(some, {}, { signal: abort.signal, progress })).rejects.toThrow('stop')
})

test('one thread and several come to the same model, another seed to another', async () => {
  const [one, two, other] = await Promise.all([
    train(some, {}, { threads: 1 }),
    train(some, {}, { threads: 3 }),
    train(some, {}, { seed: 4 }),
  ])
  expect(one?.model.save()).toEqual(two?.model.save())
  expect(other?.model.save()).not.toEqual(one?.model.save())
})

for (const pooling of poolings) {
  for (const bidirectional of [false, true]) {
    test(`learns with ${pooling} of ${bidirectional ? 'both directions' : 'one direction'}`, async () => {
      const { epochs } = await train(some.slice(0, 300), { pooling, bidirectional, epochs: 25 })
      expect(epochs.at(-1)?.loss).toBeLessThan(0.9 * (epochs[0]?.loss ?? 0))
    })
  }
}

test('learning ends when reviews held out are judged no better, and the best pass is taken', async () => {
  const { epochs, heldOut } = await train(inventReviews(1000, 12), { epochs: 100 })
  expect(epochs.length).toBeLessThan(100)
  const losses = epochs.map((epoch) => epoch.heldOut?.logLoss ?? Number.NaN)
  expect(losses.indexOf(Math.min(...losses))).toBe(losses.length - 4)
  expect(heldOut?.logLoss).toBeCloseTo(Math.min(...losses), 6)
})

test('words of a long review between its beginning and its end are not read', async () => {
  const { model } = await train(inventReviews(1000, 13), { longest: 20, epochs: 6 })
  const end = 'the music is wonderful. '.repeat(4)
  const between = (words: string) => probabilityOf(model, `It runs two hours. It runs two hours. ${words} ${end}`)
  expect(await between('the plot is dull. '.repeat(5))).toBe(await between('the plot moved me. '.repeat(5)))
})

test('more memory than is allowed is refused before it is taken', async () => {
  const refused = { code: 'too-much-memory' }
  await expect(train(some, {}, { memoryBytes: 2 ** 20 })).rejects.toMatchObject(refused)
  const huge = { vocabulary: 1_000_000, embedding: 1024, width: 1024, longest: 10_000, bidirectional: true }
  const long = some.map(({ text, label }, i) => ({ text: i === 0 ? text.repeat(1000) : text, label }))
  await expect(train(long, huge, { memoryBytes: 2 ** 40 })).rejects.toMatchObject(refused)
})

test('is no sum over words', async () => {
  const { model } = await train(some)
  expect(model.explain()).toBeUndefined()
  expect((await judgeOne(model, 'the plot is dull')).why).toBeUndefined()
})
