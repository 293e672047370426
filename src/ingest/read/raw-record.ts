import type { Text } from '../../text.ts'

/** A record that could not be split into fields, with its text; bytes that are not text are written \xNN. */
export interface MalformedRecord {
  /** 1-based physical line of the unpacked, decoded file where the record begins. */
  readonly line: number
  readonly raw: string
  readonly malformed: Text
}

/** One record as text: the same number of fields in every one, an absent value as the empty text. */
export type RawRecord = { readonly line: number; readonly fields: readonly string[] } | MalformedRecord

/** Characters a record may have, and how many of a longer one are kept. */
export const maximumRecordLength = 16_000_000
export const keptLength = 65_536

/** What a file holds: its columns, what there is to say about them, and its records in batches. */
export interface Records {
  readonly columns: readonly string[]
  readonly notes: readonly Text[]
  readonly batches: AsyncIterable<RawRecord[]>
}
