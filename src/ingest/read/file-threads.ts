import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { Tinypool } from 'tinypool'
import { restoreError } from '../../carried-error.ts'
import type { ThreadAnswer, ThreadTask } from './file-thread.ts'
import { type FileInput, type FileWork, inThisThread, type NormaliseInput, type UnpackInput } from './file-work.ts'
import type { NormalisedFile } from './normalise-file.ts'
import type { PlainFile, RoughFile } from './scan-file.ts'

/** Smaller files are read before a thread has started. */
const worthAThread = 1_000_000
const idleMilliseconds = 2_000
/** Room for new values in each thread: with more it takes up to twice the memory and is no faster. */
const youngGenerationMb = 32

/** Does the work on large files in threads of their own, that on small ones in the caller's. To be closed. */
export class FileThreads implements FileWork {
  readonly threads: number
  readonly #pool: Tinypool
  readonly #smallest: number

  /** As many threads as there are cores unless told; `smallest`: bytes of the smallest file that a thread is given. */
  constructor(threads = availableParallelism(), smallest = worthAThread) {
    this.threads = threads
    this.#smallest = smallest
    this.#pool = new Tinypool({
      filename: new URL(`./file-thread${extname(import.meta.url)}`, import.meta.url).href,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: idleMilliseconds,
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
    })
  }

  scan(input: FileInput, signal: AbortSignal): Promise<PlainFile | RoughFile> {
    return this.#run('scan', inThisThread.scan, input, signal)
  }

  unpack(input: UnpackInput, signal: AbortSignal): Promise<PlainFile | undefined> {
    return this.#run('unpack', inThisThread.unpack, input, signal)
  }

  normalise(input: NormaliseInput, signal: AbortSignal): Promise<NormalisedFile> {
    return this.#run('normalise', inThisThread.normalise, input, signal)
  }

  /** Ends the threads. */
  close(): Promise<void> {
    return this.#pool.destroy()
  }

  async #run<Input extends FileInput, Result>(
    name: string,
    here: (input: Input, signal: AbortSignal) => Promise<Result>,
    input: Input,
    signal: AbortSignal,
  ): Promise<Result> {
    const size = await stat(input.file).then(
      (found) => found.size,
      () => 0,
    )
    signal.throwIfAborted()
    if (size < this.#smallest) return here(input, signal)
    const { port1, port2 } = new MessageChannel()
    const stop = () => port1.postMessage('stop')
    signal.addEventListener('abort', stop)
    try {
      const task: ThreadTask<Input> = { input, stop: port2 }
      const answer: ThreadAnswer<Result> = await this.#pool.run(task, { name, transferList: [port2] })
      signal.throwIfAborted()
      if ('result' in answer) return answer.result
      throw restoreError(answer.failure)
    } finally {
      signal.removeEventListener('abort', stop)
      port1.close()
    }
  }
}
