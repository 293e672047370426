import { extname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { ModelError } from '../../errors.ts'
import { instantiate, type Kernels, kernelMemory, kernelModule, mostPages } from './kernel-module.ts'
import type { ThreadData, ThreadWork } from './kernel-thread.ts'

const pageBytes = 65_536
const alignment = 64

/** A typed array in the memory of kernels, and its address there. */
export interface Placed<A> {
  readonly at: number
  readonly array: A
}

interface ArrayIn<A> {
  new (buffer: ArrayBufferLike, at: number, length: number): A
  readonly BYTES_PER_ELEMENT: number
}

/**
 * Runs kernels on one shared memory, in the calling thread and, where `threads` is more than 1, in workers beside it. What is allocated lasts as
 * long as anything refers to the arrays. To be closed.
 */
export class KernelThreads {
  readonly threads: number
  readonly #memory: WebAssembly.Memory
  readonly #here: Kernels
  readonly #workers: Worker[]
  #end = pageBytes
  /** Up to where somebody else may have left something. */
  readonly #used: number
  readonly #next: Placed<Int32Array>
  readonly #scratch: { at: number; bytes: number }[]

  /** `memory` may have been used before, and by nobody any more. */
  constructor(threads: number, memory: WebAssembly.Memory = kernelMemory()) {
    this.threads = threads
    this.#memory = memory
    this.#used = memory.buffer.byteLength
    const module = kernelModule()
    this.#here = instantiate(module, this.#memory)
    this.#next = this.allocate(Int32Array, 1)
    this.#scratch = Array.from({ length: threads }, () => ({ at: 0, bytes: 0 }))
    const file = new URL(`./kernel-thread${extname(import.meta.url)}`, import.meta.url)
    const workerData: ThreadData = { module, memory: this.#memory, next: this.#next.at }
    this.#workers = Array.from({ length: threads - 1 }, () => new Worker(file, { workerData }))
    for (const worker of this.#workers) worker.unref()
  }

  /**
   * An array of `length` places holding 0, from a multiple of 64 bytes on.
   * @throws ModelError `kernel-memory-full` past 4 GiB in all.
   */
  allocate<A>(type: ArrayIn<A>, length: number): Placed<A> {
    const at = this.#end
    const end = at + Math.ceil((length * type.BYTES_PER_ELEMENT) / alignment) * alignment
    const pages = Math.ceil(end / pageBytes)
    if (pages > mostPages) {
      throw new ModelError(
        {
          en: `The computation needs ${Math.ceil(end / 2 ** 20)} MB; 4096 MB can be addressed.`,
          zh: `计算需要 ${Math.ceil(end / 2 ** 20)} MB 内存；最多可寻址 4096 MB。`,
        },
        {
          code: 'kernel-memory-full',
          value: end,
          advice: { en: 'Train on fewer titles or fewer plays.', zh: '请减少影片或播放记录后再训练。' },
        },
      )
    }
    const has = this.#memory.buffer.byteLength / pageBytes
    if (pages > has) this.#memory.grow(pages - has)
    this.#end = end
    if (at < this.#used) new Uint8Array(this.#memory.buffer, at, Math.min(end, this.#used) - at).fill(0)
    return { at, array: new type(this.#memory.buffer, at, length) }
  }

  /** A copy of `source` in the memory of the kernels. */
  place<A extends Float32Array | Uint32Array>(source: A): Placed<A> {
    const placed = this.allocate(source.constructor as unknown as ArrayIn<A>, source.length)
    placed.array.set(source)
    return placed
  }

  /**
   * Calls `kernel` once for each of `tasks`, in any order and on all threads at once, with `scratchBytes` of working space. The calling thread sees to
   * whatever else waits for it after each of its tasks.
   * @throws the reason of `signal` soon after it is aborted, when no thread is at work any more.
   */
  async run(
    kernel: keyof Kernels,
    tasks: readonly (readonly number[])[],
    signal: AbortSignal,
    scratchBytes = 0,
  ): Promise<void> {
    signal.throwIfAborted()
    this.#reserve(scratchBytes)
    const workers = tasks.length === 1 ? [] : this.#workers
    const next = this.#next.array
    Atomics.store(next, 0, 0)
    const stop = () => Atomics.store(next, 0, tasks.length)
    signal.addEventListener('abort', stop)
    try {
      await Promise.all([
        ...workers.map((worker, i) => this.#ask(worker, { kernel, tasks, scratch: this.#scratchOf(i + 1) })),
        this.#takeTasks(kernel, tasks),
      ])
    } finally {
      stop()
      signal.removeEventListener('abort', stop)
    }
    signal.throwIfAborted()
  }

  /** Calls `kernel` once, in this thread. */
  call(kernel: keyof Kernels, task: readonly number[], scratchBytes = 0): void {
    this.#reserve(scratchBytes)
    this.#here[kernel](this.#scratchOf(0), ...task)
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }

  async #takeTasks(kernel: keyof Kernels, tasks: readonly (readonly number[])[]): Promise<void> {
    const next = () => tasks[Atomics.add(this.#next.array, 0, 1)]
    for (let task = next(); task; task = next()) {
      this.#here[kernel](this.#scratchOf(0), ...task)
      await setImmediate()
    }
  }

  #scratchOf(thread: number): number {
    return this.#scratch[thread]?.at ?? 0
  }

  #reserve(bytes: number): void {
    for (const scratch of this.#scratch) {
      if (scratch.bytes >= bytes) continue
      scratch.at = this.allocate(Uint8Array, bytes).at
      scratch.bytes = bytes
    }
  }

  #ask(worker: Worker, work: ThreadWork): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => () => {
        worker.off('message', done).off('error', failed).off('exit', failed).unref()
        end()
      }
      const done = settle(resolve)
      const failed = (cause: unknown) => settle(() => reject(new Error('a kernel thread failed', { cause })))()
      worker.ref()
      worker.on('message', done).on('error', failed).on('exit', failed)
      worker.postMessage(work)
    })
  }
}
