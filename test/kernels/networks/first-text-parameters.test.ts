import { expect, test } from 'vitest'
import { firstTextParameters } from '../../../src/kernels/networks/first-text-parameters.ts'
import { type TextNetworkShape, textLayersOf } from '../../../src/kernels/networks/text-layers.ts'
import { Random } from '../../../src/kernels/random.ts'

const shape: TextNetworkShape = { words: 50, embedding: 16, width: 8, directions: 2, pooling: 'attention' }
const layers = textLayersOf(firstTextParameters(shape, new Random(1)), shape)

test('each gate of the recurrent weights is orthogonal, and no two are the same', () => {
  const { width, directions } = shape
  for (let block = 0; block < 4 * directions; block++) {
    const [direction, gate] = [Math.floor(block / 4), block % 4]
    const row = (k: number) => {
      const from = ((direction * width + k) * 4 + gate) * width
      return layers.recurrent.subarray(from, from + width)
    }
    for (let a = 0; a < width; a++) {
      for (let b = 0; b < width; b++) {
        const product = row(a).reduce((sum, own, k) => sum + own * (row(b)[k] as number), 0)
        expect(product).toBeCloseTo(a === b ? 1 : 0, 5)
      }
    }
  }
  expect(new Set(layers.recurrent).size).toBe(layers.recurrent.length)
})

test('forget gates are open, other biases and the query 0, weights within their bounds', () => {
  const { width } = shape
  expect([...layers.gateBias]).toEqual(
    [...Array(8 * width).keys()].map((i) => (Math.floor(i / width) % 4 === 1 ? 1 : 0)),
  )
  expect([...layers.denseBias, ...layers.query].every((own) => own === 0)).toBe(true)
  const largest = (values: Float32Array) => Math.max(...values.map(Math.abs))
  expect(largest(layers.input) / Math.sqrt(6 / 24)).toBeCloseTo(1, 1)
  expect(largest(layers.dense)).toBeLessThan(Math.sqrt(6 / 17))
  expect(Math.sqrt(layers.embedding.reduce((sum, own) => sum + own ** 2, 0) / layers.embedding.length)).toBeCloseTo(
    0.05,
    2,
  )
})
