import { open } from 'node:fs/promises'
import type { FormatSettings } from '../../project/settings.ts'
import type { Text } from '../../text.ts'
import { hashFile } from './hash-file.ts'
import { malformations } from './malformations.ts'
import { keptLength, type MalformedRecord, maximumRecordLength } from './raw-record.ts'
import { readRecords } from './read-records.ts'

export interface NormalisedFile {
  /** The columns behind the first one, which holds the line. */
  readonly columns: readonly string[]
  readonly notes: readonly Text[]
  /** Rows written. */
  readonly records: number
  readonly malformed: number
  /** Of the original. */
  readonly bytes: number
  readonly sha256: string
}

const special = /[",\r\n]/
const quoted = /["\r\n]/
const longestCharacter = 3
const writtenAtOnce = 1 << 20

function writeField(field: string): string {
  return special.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}

function countCommas(text: string): number {
  let commas = 0
  for (let at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) commas++
  return commas
}

/** Most records need no quoting: one look at the whole is cheaper than one at each field. */
function writeFields(fields: readonly string[]): string {
  const row = fields.join(',')
  const isPlain = !quoted.test(row) && countCommas(row) === fields.length - 1
  return isPlain ? row : fields.map(writeField).join(',')
}

function isTooLong(row: string): boolean {
  return row.length * longestCharacter > maximumRecordLength && Buffer.byteLength(row) > maximumRecordLength
}

/**
 * Writes the records of `file` to `output` (created, mode 0600) as RFC 4180 CSV in UTF-8 with a header: first the line
 * where each begins, then its fields. Malformed records go to `onMalformed` instead, in order.
 * @throws DataError as `readRecords` does; the output is then unfinished.
 */
export async function normaliseFile(
  file: string,
  format: FormatSettings,
  output: string,
  onMalformed: (record: MalformedRecord) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<NormalisedFile> {
  const { columns, notes, batches } = await readRecords(file, format, signal)
  let records = 0
  let malformed = 0
  const handle = await open(output, 'wx', 0o600)
  try {
    await handle.appendFile(`${writeFields(['line', ...columns])}\n`)
    let text = ''
    for await (const batch of batches) {
      signal?.throwIfAborted()
      for (const record of batch) {
        let refused = 'malformed' in record ? record : undefined
        if ('fields' in record) {
          const row = writeFields(record.fields)
          if (isTooLong(row)) {
            refused = { line: record.line, raw: row.slice(0, keptLength), malformed: malformations.tooLong(row.length) }
          } else {
            text += `${record.line},${row}\n`
            records++
          }
        }
        if (refused) {
          malformed++
          await onMalformed(refused)
        }
      }
      if (text.length > writtenAtOnce) {
        await handle.appendFile(text)
        text = ''
      }
    }
    await handle.appendFile(text)
  } finally {
    await handle.close()
  }
  return { columns, notes, records, malformed, ...(await hashFile(file)) }
}
