import { kernelMemory } from './kernel-module.ts'
import { KernelThreads } from './kernel-threads.ts'

/** The garbage collector takes shared memory for nothing and may leave many behind: what one computation is done with, the next one takes. */
let spare: WeakRef<WebAssembly.Memory> | undefined

/** What `compute` makes with kernels on `threads` threads. It must not refer to anything that they allocated. */
export async function withKernels<T>(threads: number, compute: (kernels: KernelThreads) => Promise<T>): Promise<T> {
  const memory = spare?.deref() ?? kernelMemory()
  spare = undefined
  const kernels = new KernelThreads(threads, memory)
  try {
    return await compute(kernels)
  } finally {
    await kernels.close()
    spare = new WeakRef(memory)
  }
}
