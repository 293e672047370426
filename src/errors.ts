import type { Text } from './text.ts'

/** What went wrong, for a person: the value that was refused, where it was found and what to do about it. */
export interface ErrorDetails {
  /** Stable identifier, kebab-case, safe to match on. */
  readonly code: string
  /** The offending value, as it was read. */
  readonly value?: unknown
  readonly file?: string
  /** 1-based physical line in `file`. */
  readonly line?: number
  /** The next step that fixes it. */
  readonly advice?: Text
  readonly cause?: unknown
}

/** What all errors of Marquee have: a stable code, the offending value, file and line where known, and what to do. */
abstract class MarqueeError extends Error {
  /** The sentence in every language; `message` is the English one. */
  readonly text: Text
  readonly code: string
  readonly value: unknown
  readonly file: string | undefined
  readonly line: number | undefined
  readonly advice: Text | undefined

  constructor(text: Text, details: ErrorDetails) {
    super(text.en, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = new.target.name
    this.text = text
    this.code = details.code
    this.value = details.value
    this.file = details.file
    this.line = details.line
    this.advice = details.advice
  }
}

/** The caller asked for something that cannot be: a bad option, an unknown title, a malformed setting. */
export class InputError extends MarqueeError {}

/** The data cannot be trusted or read: an unreadable file, a broken contract, a ledger that does not balance. */
export class DataError extends MarqueeError {}

/** The engine refused or failed a statement. */
export class QueryError extends MarqueeError {}

/** A model could not be fitted, loaded or served. */
export class ModelError extends MarqueeError {}

export type { MarqueeError }

/** Whether `error` is one of Marquee's own, with a code and advice. */
export function isMarqueeError(error: unknown): error is MarqueeError {
  return error instanceof MarqueeError
}
