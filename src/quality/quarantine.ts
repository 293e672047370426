import { readSealed, writeSealed } from '../privacy/cipher.ts'

/** One row that was kept out, as it stood in its file. */
export interface QuarantineRecord {
  readonly file: string
  /** 1-based physical line where the row begins. */
  readonly line: number
  readonly raw: string
  readonly reasons: readonly { readonly rule: string; readonly field?: string; readonly message: string }[]
}

/** Seals the records; the file appears whole or not at all. */
export function writeQuarantine(path: string, key: Buffer, records: AsyncIterable<QuarantineRecord>): Promise<number> {
  const lines = async function* () {
    for await (const record of records) yield JSON.stringify(record)
  }
  return writeSealed(path, key, lines())
}

/** The records of a sealed file, in the order they were written. @throws DataError as `readSealed` does. */
export async function* readQuarantine(path: string, key: Buffer): AsyncGenerator<QuarantineRecord> {
  for await (const line of readSealed(path, key)) yield JSON.parse(line) as QuarantineRecord
}
