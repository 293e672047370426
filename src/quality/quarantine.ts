import { z } from 'zod'
import { DataError } from '../errors.ts'
import { readSealed, writeSealed } from '../privacy/cipher.ts'

/** One row that was kept out: where it came from, its text as it was read, and everything that is wrong with it. */
export const quarantined = z.object({
  /** Relative to the project folder where it lies inside, absolute otherwise. */
  file: z.string(),
  /** From 1. */
  line: z.int().min(1),
  raw: z.string(),
  reasons: z.array(
    z.object({ rule: z.string(), field: z.string().optional(), value: z.string().optional(), message: z.string() }),
  ),
})
export type Quarantined = z.output<typeof quarantined>

/** Seals the rows of one file into `path`, whole or not at all; returns how many there were. */
export async function writeQuarantine(
  path: string,
  key: Buffer,
  rows: AsyncIterable<Quarantined> | Iterable<Quarantined>,
): Promise<number> {
  return writeSealed(path, key, lines(rows))
}

async function* lines(rows: AsyncIterable<Quarantined> | Iterable<Quarantined>) {
  for await (const row of rows) yield JSON.stringify(row)
}

/**
 * The rows in the order in which they were written, a block of about 1 MiB in memory at a time.
 * @throws DataError as `readSealed`, or `quarantine-malformed`.
 */
export async function* readQuarantine(path: string, key: Buffer): AsyncGenerator<Quarantined> {
  for await (const line of readSealed(path, key)) yield parse(line, path)
}

function parse(line: string, path: string): Quarantined {
  try {
    return quarantined.parse(JSON.parse(line))
  } catch (cause) {
    throw new DataError(
      { en: 'An entry of the quarantine has an unknown form.', zh: '隔离区中有一条记录的格式未知。' },
      {
        code: 'quarantine-malformed',
        file: path,
        advice: { en: 'Another version wrote it: build again.', zh: '该记录由其他版本写入，请重新构建。' },
        cause,
      },
    )
  }
}
