import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openCheckpoint } from '../../src/models/checkpoint.ts'
import type { SavedModel } from '../../src/models/saved-model.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const stateOf = (pass: number): SavedModel => ({
  ...{ algorithm: 'training', about: { pass }, arrays: { parameters: Float32Array.of(pass, 2) } },
})

test('state is found again by whoever goes on with the same training', async () => {
  const path = join(await temporaryFolder(), 'new', 'state')
  const { last, keep } = await openCheckpoint(path, 'a', 0)
  expect(last).toBeUndefined()
  await keep(stateOf(1))
  await keep(stateOf(2))
  expect((await openCheckpoint(path, 'a')).last).toEqual({ ...stateOf(2), about: { pass: 2, key: 'a' } })
  expect((await openCheckpoint(path, 'b')).last).toBeUndefined()
})

test('state is written no more often than is asked for', async () => {
  const path = join(await temporaryFolder(), 'state')
  const { keep } = await openCheckpoint(path, 'a', Number.POSITIVE_INFINITY)
  await keep(stateOf(1))
  await keep(stateOf(2))
  expect((await openCheckpoint(path, 'a')).last?.about.pass).toBe(1)
})

test('damaged state is no state', async () => {
  const path = join(await temporaryFolder(), 'state')
  await (await openCheckpoint(path, 'a')).keep(stateOf(1))
  await writeFile(path, (await readFile(path)).subarray(0, 40))
  expect((await openCheckpoint(path, 'a')).last).toBeUndefined()
})
