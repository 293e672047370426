import { z } from 'zod'
import { DataError } from '../errors.ts'
import { readSealed, writeSealed } from '../privacy/cipher.ts'
import { about, note } from '../question.ts'

const reason = z.object({
  rule: z.string().meta(about('Rule', '规则')),
  field: z.string().optional().meta(about('Field', '字段')),
  value: z.string().optional().meta(about('Value', '值')),
})

/** One row that was kept out: where it came from, its text as it was read, and everything that is wrong with it. */
export const quarantined = z.object({
  /** Relative to the project folder where it lies inside, absolute otherwise. */
  file: z.string().meta(about('File', '文件', { as: 'path' })),
  /** From 1. */
  line: z
    .int()
    .min(1)
    .meta(about('Line', '行号', { unit: 'line' })),
  raw: z.string().meta(about('Text as read', '原文')),
  reasons: z
    .array(reason.extend({ message: z.string().meta(about('What is wrong', '问题', { as: 'prose' })) }))
    .meta(about('Reasons', '原因')),
})

/** The same row as it is sealed: a reason says in both languages what its rule does not say already. */
const sealed = quarantined.extend({ reasons: z.array(reason.extend({ detail: note.optional() })) })
export type SealedRow = z.output<typeof sealed>

/** Seals the rows of one file into `path`, whole or not at all; returns how many there were. */
export async function writeQuarantine(
  path: string,
  key: Buffer,
  rows: AsyncIterable<SealedRow> | Iterable<SealedRow>,
): Promise<number> {
  return writeSealed(path, key, lines(rows))
}

async function* lines(rows: AsyncIterable<SealedRow> | Iterable<SealedRow>) {
  for await (const row of rows) yield JSON.stringify(row)
}

/**
 * The rows in the order in which they were written, a block of about 1 MiB in memory at a time.
 * @throws DataError as `readSealed`, or `quarantine-malformed`.
 */
export async function* readQuarantine(path: string, key: Buffer): AsyncGenerator<SealedRow> {
  for await (const line of readSealed(path, key)) yield parse(line, path)
}

function parse(line: string, path: string): SealedRow {
  try {
    return sealed.parse(JSON.parse(line))
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
