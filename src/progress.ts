import type { Text } from './text.ts'

/** Where work in hand reports to. Implementations draw; nothing depends on being seen. */
export interface Progress {
  /** Begins a step; the one before it is finished. */
  step(name: Text): void
  /** Rows done so far in this step, of `total` when known. */
  rows(done: number, total?: number): void
  /** Ends the last step. */
  done(): void
}

export const silentProgress: Progress = { step() {}, rows() {}, done() {} }
