import { setTimeout as wait } from 'node:timers/promises'

/** How often a call is tried again when the server cannot be reached, and how long between. */
export interface RetryPolicy {
  /** Further tries after the first; the count begins anew whenever an answer has arrived. */
  readonly retries: number
  readonly firstMilliseconds: number
  readonly mostMilliseconds: number
}

export const defaultRetry: RetryPolicy = { retries: 5, firstMilliseconds: 100, mostMilliseconds: 2000 }

/** Waits before try `attempt` (1-based): exponentially longer, and by chance between half and all of that, so that many clients don't come at once. */
export async function backOff(attempt: number, policy: RetryPolicy): Promise<void> {
  const longest = Math.min(policy.mostMilliseconds, policy.firstMilliseconds * 2 ** (attempt - 1))
  await wait(longest * (0.5 + Math.random() / 2))
}

/** Calls `attempt` again as long as `isRetryable` says so of its failure and the policy allows. */
export async function retrying<Result>(
  attempt: () => Promise<Result>,
  isRetryable: (error: unknown) => boolean,
  policy: RetryPolicy,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries > policy.retries || !isRetryable(error)) throw error
      await backOff(tries, policy)
    }
  }
}
