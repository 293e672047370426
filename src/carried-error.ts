import { DataError, type ErrorDetails, InputError, ModelError, QueryError } from './errors.ts'
import type { Text } from './text.ts'

/** An error as plain data, which can be sent to another thread. */
export interface CarriedError {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
  /** Sentence, code, value, advice ... of Marquee's own errors, code and path of the system's. */
  readonly properties: Readonly<Record<string, unknown>>
  readonly cause: CarriedError | undefined
}

const ownErrors = { InputError, DataError, QueryError, ModelError }

/** What there is to tell of `error`, its causes too; anything thrown that is no error as an error that says it. */
export function carryError(error: unknown): CarriedError {
  if (!(error instanceof Error)) return carryError(new Error(String(error)))
  const { name, message, stack, cause } = error
  return { name, message, stack, properties: { ...error }, cause: cause === undefined ? undefined : carryError(cause) }
}

/** The error that was carried: one of Marquee's own is of its class again. */
export function restoreError(carried: CarriedError): Error {
  const { name, message, stack, properties } = carried
  const details = carried.cause === undefined ? {} : { cause: restoreError(carried.cause) }
  const error = isOwn(name)
    ? new ownErrors[name](properties.text as Text, { ...(properties as unknown as ErrorDetails), ...details })
    : Object.assign(new Error(message, details), properties, { name })
  if (stack !== undefined) error.stack = stack
  return error
}

const isOwn = (name: string): name is keyof typeof ownErrors => Object.hasOwn(ownErrors, name)
