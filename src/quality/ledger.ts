import type { Kind } from '../warehouse/schema.ts'

/** What became of each row of one file: `read = accepted + duplicates + quarantined`. */
export interface FileLedger {
  /** Relative to the project folder where it lies inside, absolute otherwise. */
  readonly file: string
  readonly source: string
  readonly kind: Kind
  readonly read: number
  readonly accepted: number
  readonly duplicates: number
  readonly quarantined: number
  /** Rows by rule; a row with several reasons is counted under each. */
  readonly reasons: Readonly<Record<string, number>>
  /** Accepted rows that a rule of severity `warn` points at. */
  readonly warnings: Readonly<Record<string, number>>
}

/** A ledger with the ids that the part and its quarantine files go by. */
export interface PartLedger extends FileLedger {
  readonly partId: string
  readonly quarantineIds: string[]
}
