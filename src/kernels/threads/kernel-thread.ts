import { parentPort, workerData } from 'node:worker_threads'
import { instantiate, type Kernels } from './kernel-module.ts'

/** What a thread is started with; at `next` lies the number of the task that is taken next. */
export interface ThreadData {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  readonly next: number
}

/** Calls of one kernel that all threads share; `scratch` is the address of this thread's working space. */
export interface ThreadWork {
  readonly kernel: keyof Kernels
  readonly tasks: readonly (readonly number[])[]
  readonly scratch: number
}

const { module, memory, next }: ThreadData = workerData
const kernels = instantiate(module, memory)
const counter = new Int32Array(memory.buffer, next, 1)

parentPort?.on('message', ({ kernel, tasks, scratch }: ThreadWork) => {
  for (let task = tasks[Atomics.add(counter, 0, 1)]; task; task = tasks[Atomics.add(counter, 0, 1)]) {
    kernels[kernel](scratch, ...task)
  }
  parentPort?.postMessage('done')
})
