import fc from 'fast-check'
import { expect, test } from 'vitest'
import { invert, paddedTo8 } from '../../../src/kernels/matrices/invert.ts'
import { largestDifference, never, noise, seeds, withThreads } from '../../support/kernels.ts'

/** A symmetric positive definite matrix: Z Zᵀ / n + ridge. */
function positive(n: number, seed: number, ridge = 0.5): Float64Array {
  const z = noise(n * n, seed)
  const a = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = i === j ? ridge : 0
      for (let k = 0; k < n; k++) sum += ((z[i * n + k] as number) * (z[j * n + k] as number)) / n
      a[i * n + j] = sum
    }
  }
  return a
}

/** The inverse by Gauss-Jordan elimination. */
function inverse(n: number, from: Float64Array): Float64Array {
  const a = from.slice()
  for (let k = 0; k < n; k++) {
    const pivot = a[k * n + k] as number
    a[k * n + k] = 1
    for (let j = 0; j < n; j++) a[k * n + j] = (a[k * n + j] as number) / pivot
    for (let i = 0; i < n; i++) {
      if (i === k) continue
      const factor = a[i * n + k] as number
      a[i * n + k] = 0
      for (let j = 0; j < n; j++) a[i * n + j] = (a[i * n + j] as number) - factor * (a[k * n + j] as number)
    }
  }
  return a
}

async function inverted(n: number, a: ArrayLike<number>, threadCount: number): Promise<Float64Array> {
  return await withThreads(threadCount, async (threads) => {
    const stride = paddedTo8(n)
    const matrix = threads.allocate(Float32Array, stride * stride)
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) matrix.array[i * stride + j] = a[i * n + j] as number
    await invert(threads, matrix, n, never)
    return Float64Array.from(
      { length: n * n },
      (_, place) => matrix.array[Math.floor(place / n) * stride + (place % n)] as number,
    )
  })
}

test('the inverse agrees with elimination', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 150 }), seeds, async (n, seed) => {
      const a = positive(n, seed)
      expect(largestDifference(await inverted(n, a, 1), inverse(n, a))).toBeLessThan(2e-5)
    }),
    { numRuns: 25 },
  )
})

test('several blocks on several threads, the last one narrow', async () => {
  const n = 393
  const a = positive(n, 9)
  const one = await inverted(n, a, 1)
  expect(largestDifference(one, inverse(n, a))).toBeLessThan(2e-5)
  expect(await inverted(n, a, 3)).toEqual(one)
})

test('a singular, an indefinite and a matrix with NaN are refused', async () => {
  const singular = Float64Array.from({ length: 200 * 200 }, () => 1)
  await expect(inverted(200, singular, 1)).rejects.toMatchObject({ code: 'matrix-singular', value: 1 })
  await expect(inverted(2, [1, 2, 2, 1], 1)).rejects.toMatchObject({ code: 'matrix-singular', value: 1 })
  await expect(inverted(2, [1, Number.NaN, Number.NaN, 1], 1)).rejects.toMatchObject({ code: 'matrix-singular' })
  await expect(inverted(1, [0], 1)).rejects.toMatchObject({ code: 'matrix-singular', value: 0 })
})

test('huge and tiny elements', async () => {
  const [large, small] = await inverted(2, [1e30, 0, 0, 1e26], 1).then((a) => [a[0] as number, a[3] as number])
  expect(large).toBeCloseTo(1e-30, 35)
  expect(small).toBeCloseTo(1e-26, 31)
})

test('stops when it is aborted, with the reason', async () => {
  await withThreads(2, async (threads) => {
    const stop = new AbortController()
    const matrix = threads.allocate(Float32Array, 512 * 512)
    for (let i = 0; i < 512; i++) matrix.array[i * 513] = 1
    let blocks = 0
    const whole = invert(threads, matrix, 512, stop.signal, () => {
      blocks += 1
      stop.abort(new Error('enough'))
    })
    await expect(whole).rejects.toThrow('enough')
    expect(blocks).toBe(1)
  })
})
