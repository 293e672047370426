import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { ModelStore } from '../../src/models/model-store.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const about = {
  ...{ algorithm: 'ease', trainedAt: '2026-01-01T00:00:00Z', dataVersion: 3, seed: 1 },
  ...{ settings: { l2: 3 }, metrics: { ndcg100: 0.4 }, size: { viewers: 2 }, why: null },
}
const model = (value: number) => ({ algorithm: 'ease', about: {}, arrays: { a: Float32Array.of(value) } })

let folder: string
let store: ModelStore
beforeEach(async () => {
  folder = join(await temporaryFolder(), 'models')
  store = new ModelStore(folder)
})

describe('a store of models', () => {
  test('is empty at first', async () => {
    expect(await store.list()).toEqual([])
    expect(await store.current()).toBeUndefined()
    expect(await store.load()).toBeUndefined()
  })

  test('publishes what was trained last, and an earlier one again', async () => {
    await store.publish(model(1), about)
    const second = await store.publish(model(2), about)
    expect(second).toMatchObject({ version: 2, algorithm: 'ease', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect((await store.load())?.model.arrays.a).toEqual(Float32Array.of(2))
    await store.use(1)
    expect(await store.current()).toBe(1)
    expect((await store.load())?.model.arrays.a).toEqual(Float32Array.of(1))
    expect((await store.publish(model(3), about)).version).toBe(3)
  })

  test('keeps the newest five', async () => {
    for (let version = 1; version <= 7; version++) await store.publish(model(version), about)
    expect((await store.list()).map(({ version }) => version)).toEqual([3, 4, 5, 6, 7])
    expect((await readdir(folder)).filter((name) => name.endsWith('.model'))).toHaveLength(5)
  })

  test('gives trainings that end at once a version each', async () => {
    const published = await Promise.all([1, 2, 3].map((value) => new ModelStore(folder).publish(model(value), about)))
    expect(published.map(({ version }) => version).sort()).toEqual([1, 2, 3])
    for (const [at, { version }] of published.entries()) {
      expect((await store.load(version))?.model.arrays.a).toEqual(Float32Array.of(at + 1))
    }
  })

  test('leaves out a version that was never finished, and clears it away later', async () => {
    await store.publish(model(1), about)
    await writeFile(join(folder, '2.model'), '')
    expect((await store.publish(model(3), about)).version).toBe(3)
    for (let version = 4; version <= 8; version++) await store.publish(model(version), about)
    expect(await readdir(folder)).not.toContain('2.model')
  })

  test('names the versions there are', async () => {
    await store.publish(model(1), about)
    await expect(store.use(9)).rejects.toMatchObject({ code: 'unknown-model-version', advice: { en: 'There are 1.' } })
    expect(await store.current()).toBe(1)
  })

  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, 40)],
    ['changed', (bytes: Buffer) => bytes.map((byte, at) => (at === bytes.length - 40 ? byte ^ 1 : byte))],
    ['something else', () => Buffer.from('not a model')],
  ])('says that a file is %s, and does not publish it', async (_, spoil) => {
    await store.publish(model(1), about)
    await store.publish(model(2), about)
    const path = join(folder, '1.model')
    await writeFile(path, spoil(await readFile(path)))
    await expect(store.use(1)).rejects.toMatchObject({ code: 'model-file-corrupt' })
    expect(await store.current()).toBe(2)
  })

  test('does not take the file of another version for one', async () => {
    await store.publish(model(1), about)
    await store.publish(model(2), about)
    await writeFile(join(folder, '2.model'), await readFile(join(folder, '1.model')))
    await expect(store.load()).rejects.toMatchObject({ code: 'model-file-corrupt' })
  })

  test('a training that was cut off leaves what was published', async () => {
    await store.publish(model(1), about)
    await writeFile(join(folder, '2.model.partial'), 'half')
    expect((await store.load())?.record.version).toBe(1)
    expect((await store.publish(model(2), about)).version).toBe(2)
  })
})
