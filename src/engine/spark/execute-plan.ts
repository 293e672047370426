import { randomUUID } from 'node:crypto'
import type { ExecutePlanResponse, Plan } from './messages.ts'
import { backOff } from './retry.ts'
import { isServiceError, readFailure } from './status.ts'
import { isUnavailable, type Transport } from './transport.ts'

/**
 * Executes a plan on the server and gives its answers, each once and in order, however often the connection breaks: the execution goes on
 * without a client, and the client takes it up after the last answer that it has seen. What was seen is released as it
 * is read, the whole execution when the loop is left, by its end, an error or early.
 */
export async function* executePlan(
  transport: Transport,
  plan: Plan,
  tags: readonly string[],
): AsyncGenerator<ExecutePlanResponse> {
  const operationId = randomUUID()
  let lastResponseId: string | undefined
  let isKnown = false
  let failures = 0
  const open = () => {
    if (!isKnown) {
      const requestOptions = [{ reattachOptions: { reattachable: true } }]
      return transport.stream('ExecutePlan', { operationId, plan, tags, requestOptions })
    }
    return transport.stream('ReattachExecute', { operationId, ...(lastResponseId ? { lastResponseId } : {}) })
  }
  try {
    while (true) {
      try {
        for await (const response of open()) {
          failures = 0
          isKnown = true
          lastResponseId = response.responseId
          if (response.responseType === 'resultComplete') return
          yield response
          if (response.arrowBatch)
            transport.send('ReleaseExecute', { operationId, releaseUntil: { responseId: lastResponseId } })
        }
        isKnown = true
      } catch (error) {
        failures += 1
        if (failures > transport.retry.retries) throw error
        if (lastResponseId === undefined && isKnown && isUnknownOperation(error)) isKnown = false
        else if (isUnavailable(error)) isKnown = true
        else throw error
        await backOff(failures, transport.retry)
      }
    }
  } finally {
    transport.send('ReleaseExecute', { operationId, releaseAll: {} })
  }
}

/** The server never got the plan: a broken connection may have lost it. */
function isUnknownOperation(error: unknown): boolean {
  if (!isServiceError(error)) return false
  const { errorClass } = readFailure(error)
  return errorClass === 'INVALID_HANDLE.OPERATION_NOT_FOUND' || errorClass === 'INVALID_HANDLE.SESSION_NOT_FOUND'
}
