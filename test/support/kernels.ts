import fc from 'fast-check'
import { Random } from '../../src/kernels/random.ts'
import { KernelThreads } from '../../src/kernels/threads/kernel-threads.ts'

export const never = new AbortController().signal

/** Runs `work` on kernels of its own. */
export async function withThreads<T>(count: number, work: (threads: KernelThreads) => Promise<T>): Promise<T> {
  const threads = new KernelThreads(count)
  try {
    return await work(threads)
  } finally {
    await threads.close()
  }
}

/** `length` numbers of mean 0 that are a function of `seed`. */
export function noise(length: number, seed: number): Float32Array {
  const random = new Random(seed)
  return Float32Array.from({ length }, () => random.normal())
}

export const seeds = fc.integer({ min: 0, max: 2 ** 31 })

/** The largest difference between two arrays of one length. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs((a[i] as number) - (b[i] as number)))
  return largest
}
