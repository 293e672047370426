import { expect, test } from 'vitest'
import type { KernelThreads } from '../../../src/kernels/threads/kernel-threads.ts'
import { withKernels } from '../../../src/kernels/threads/with-kernels.ts'

/** Fills an array of the kernels; gives what it held. */
const fill = async (threads: KernelThreads) => {
  const { array } = threads.allocate(Float64Array, 100_000)
  const held = array.slice()
  array.fill(1)
  return { array, held }
}

test('one computation sees nothing of what another has left', async () => {
  for (let time = 0; time < 3; time++) {
    const { held } = await withKernels(1, fill)
    expect(held.every((value) => value === 0)).toBe(true)
  }
})

test('computations at the same time have memory of their own', async () => {
  await withKernels(1, async (threads) => {
    const { array } = await fill(threads)
    const other = await withKernels(1, fill)
    expect(other.held.every((value) => value === 0)).toBe(true)
    other.array.fill(2)
    expect(array.every((value) => value === 1)).toBe(true)
  })
})
