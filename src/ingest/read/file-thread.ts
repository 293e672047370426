import type { MessagePort } from 'node:worker_threads'
import { type CarriedError, carryError } from '../../carried-error.ts'
import { inThisThread } from './file-work.ts'

/** What a thread is asked to do, until `stop` is told so. */
export interface ThreadTask<Input> {
  readonly input: Input
  readonly stop: MessagePort
}

export type ThreadAnswer<Result> = { readonly result: Result } | { readonly failure: CarriedError }

const answering =
  <Input, Result>(work: (input: Input, signal: AbortSignal) => Promise<Result>) =>
  async ({ input, stop }: ThreadTask<Input>): Promise<ThreadAnswer<Result>> => {
    const stopped = new AbortController()
    stop.once('message', () => stopped.abort())
    try {
      return { result: await work(input, stopped.signal) }
    } catch (error) {
      return { failure: carryError(error) }
    } finally {
      stop.close()
    }
  }

export const scan = answering(inThisThread.scan)
export const unpack = answering(inThisThread.unpack)
export const normalise = answering(inThisThread.normalise)
