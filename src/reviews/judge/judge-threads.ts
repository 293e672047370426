import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Tinypool } from 'tinypool'
import { restoreError } from '../../carried-error.ts'
import type { Judge, JudgedReview, ReviewRows } from './judge.ts'
import type { JudgeAnswer, JudgeTask } from './judge-thread.ts'

/** Judges reviews in threads, each of which holds what it judges by once. To be closed. */
export class JudgeThreads {
  readonly threads: number
  readonly #pool: Tinypool

  /** As many threads as there are cores unless told; they start when there is work for them. */
  constructor(threads = availableParallelism()) {
    this.threads = threads
    this.#pool = new Tinypool({
      filename: new URL(`./judge-thread${extname(import.meta.url)}`, import.meta.url).href,
      minThreads: 0,
      maxThreads: threads,
    })
  }

  /** What each of `judges` finds in each of `reviews`. */
  async judge(judges: readonly Judge[], reviews: readonly JudgedReview[]): Promise<readonly (readonly ReviewRows[])[]> {
    const answer: JudgeAnswer = await this.#pool.run({ judges, reviews } satisfies JudgeTask)
    if ('found' in answer) return answer.found
    throw restoreError(answer.failure)
  }

  /** Ends the threads. */
  close(): Promise<void> {
    return this.#pool.destroy()
  }
}
