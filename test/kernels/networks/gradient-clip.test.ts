import { expect, test } from 'vitest'
import { GradientClip } from '../../../src/kernels/networks/gradient-clip.ts'
import { largestDifference, never, noise, withThreads } from '../../support/kernels.ts'

const normOf = (values: Float32Array) => Math.sqrt(values.reduce((sum, own) => sum + own * own, 0))

test('gradients longer than the limit come down to it and keep their direction; shorter ones stay', async () => {
  await withThreads(2, async (threads) => {
    const before = noise(150_000, 1)
    const gradients = threads.place(before)
    const clip = new GradientClip(threads, gradients)
    const norm = normOf(before)
    expect((await clip.clip(5, never)) / norm).toBeCloseTo(1, 5)
    const expected = before.map((own) => (own * 5) / norm)
    expect(largestDifference(gradients.array, expected)).toBeLessThan(1e-6)
    expect(await clip.clip(5.1, never)).toBeCloseTo(5, 4)
    expect(largestDifference(gradients.array, expected)).toBeLessThan(1e-6)
  })
})

test('gradients of 0 stay, and a norm that is no finite number is told', async () => {
  await withThreads(1, async (threads) => {
    const gradients = threads.allocate(Float32Array, 8)
    const clip = new GradientClip(threads, gradients)
    expect(await clip.clip(1, never)).toBe(0)
    gradients.array[5] = Number.NaN
    expect(await clip.clip(1, never)).toBeNaN()
    gradients.array[5] = Number.POSITIVE_INFINITY
    gradients.array[6] = 3
    expect(await clip.clip(1, never)).toBe(Number.POSITIVE_INFINITY)
    expect(gradients.array[6]).toBe(3)
  })
})
