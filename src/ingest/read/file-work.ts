import type { FormatSettings } from '../../project/settings.ts'
import { type NormalisedFile, normaliseFile } from './normalise-file.ts'
import { type PlainFile, type RoughFile, scanFile } from './scan-file.ts'
import { unpackFile } from './unpack-file.ts'

export interface FileInput {
  readonly file: string
  readonly format: FormatSettings
}

/** Where the text of a packed file goes. */
export interface UnpackInput extends FileInput {
  readonly text: string
}

/** Where the well-formed copy of a file and its malformed records go. */
export interface NormaliseInput extends FileInput {
  readonly copy: string
  readonly rejects: string
}

/** The heavy work on one raw file, from path to path; it ends when `signal` is aborted. */
export interface FileWork {
  /** How many files it works on beside the caller's thread. */
  readonly threads: number
  /** See `scanFile`. */
  scan(input: FileInput, signal: AbortSignal): Promise<PlainFile | RoughFile>
  /** See `unpackFile`. */
  unpack(input: UnpackInput, signal: AbortSignal): Promise<PlainFile | undefined>
  /** See `normaliseFile`. */
  normalise(input: NormaliseInput, signal: AbortSignal): Promise<NormalisedFile>
}

/** The work done in the caller's thread. */
export const inThisThread: FileWork = {
  threads: 0,
  scan: ({ file, format }, signal) => scanFile(file, format, signal),
  unpack: ({ file, format, text }, signal) => unpackFile(file, format, text, signal),
  normalise: ({ file, format, copy, rejects }, signal) => normaliseFile(file, format, { copy, rejects }, signal),
}
