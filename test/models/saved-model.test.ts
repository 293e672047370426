import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrayOf, decodeModel, encodeModel } from '../../src/models/saved-model.ts'

const model = {
  algorithm: 'an algorithm',
  about: { lambda: 300, words: ['片名', 'café'] },
  arrays: {
    bytes: Uint8Array.of(1, 2, 3),
    doubles: Float64Array.of(Math.PI, -0, 1e-300),
    singles: new Float32Array(0),
    keys: Uint32Array.of(2 ** 32 - 1),
  },
}

test('reads what it wrote', () => {
  expect(decodeModel(encodeModel(model), 'a.model')).toEqual(model)
})

test('reads bytes that begin at any address', () => {
  const bytes = encodeModel(model)
  const shifted = new Uint8Array(bytes.length + 3)
  shifted.set(bytes, 3)
  expect(decodeModel(shifted.subarray(3), 'a.model')).toEqual(model)
})

test('any byte changed, left out or added is found out', () => {
  const bytes = encodeModel(model)
  const refused = expect.objectContaining({ code: 'model-file-corrupt', file: 'a.model' })
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const wrong = bytes.slice()
      wrong[at] = (wrong[at] as number) ^ change
      expect(() => decodeModel(wrong, 'a.model')).toThrow(refused)
      expect(() => decodeModel(bytes.subarray(0, at), 'a.model')).toThrow(refused)
    }),
  )
  expect(() => decodeModel(Uint8Array.of(...bytes, 0), 'a.model')).toThrow(refused)
})

test('asks for arrays by type and length', () => {
  expect(arrayOf(model, 'keys', 'Uint32Array', 1)).toBe(model.arrays.keys)
  for (const ask of [
    () => arrayOf(model, 'none', 'Uint32Array'),
    () => arrayOf(model, 'keys', 'Float32Array'),
    () => arrayOf(model, 'keys', 'Uint32Array', 2),
  ]) {
    expect(ask).toThrow(expect.objectContaining({ code: 'model-file-corrupt' }))
  }
})
