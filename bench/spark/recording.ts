import type { MethodName } from '../../src/engine/spark/messages.ts'

/** A call that a build made and its answer, as far as another client can make the same. */
export interface Recorded {
  readonly id: number
  readonly method: MethodName
  /** The request as it went over the wire, in base64. */
  readonly bytes: string
  /** What kind of work it asks for. */
  readonly kind: string
  readonly statement: string
  readonly startedAt: number
  endedAt: number
  rows: number
}

/**
 * What happened, in its order. A call that began after another had ended may depend on it; those that overlap do not. Folders that
 * Spark wrote were renamed when they were whole, and `files` are those in them.
 */
export type Happening =
  | { readonly start: number }
  | { readonly end: number }
  | { readonly rename: string; readonly to: string; readonly files: readonly string[] }

export interface Recording {
  /** The folder of the project that was built. */
  readonly folder: string
  readonly calls: readonly Recorded[]
  readonly happenings: readonly Happening[]
  /** All calls by name, also those that only keep the connection in order. */
  readonly callsByName: Readonly<Record<string, number>>
  /** Milliseconds of the whole build. */
  readonly milliseconds: number
}
