import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { z } from 'zod'
import { DataError } from '../../../src/errors.ts'
import type { RawRecord } from '../../../src/ingest/read/raw-record.ts'
import { readRecords } from '../../../src/ingest/read/read-records.ts'
import { type FormatSettings, formatSettings } from '../../../src/project/settings.ts'

const folder = await mkdtemp(join(tmpdir(), 'marquee-read-'))
let files = 0

afterAll(() => rm(folder, { recursive: true, force: true }))

export function newPath(name = 'file.csv'): string {
  return join(folder, `${files++}-${name}`)
}

export async function write(content: string | Buffer, name?: string): Promise<string> {
  const path = newPath(name)
  await writeFile(path, content)
  return path
}

export const format = (settings: z.input<typeof formatSettings> = {}): FormatSettings => formatSettings.parse(settings)

export async function readAll(
  content: string | Buffer,
  settings: z.input<typeof formatSettings> = {},
): Promise<{ columns: readonly string[]; notes: string[]; records: RawRecord[]; rows: (readonly string[])[] }> {
  const { columns, notes, batches } = await readRecords(await write(content), format(settings))
  const records: RawRecord[] = []
  for await (const batch of batches) records.push(...batch)
  const rows = records.map((record) => ('fields' in record ? record.fields : ['malformed', record.raw]))
  return { columns, notes: notes.map((note) => note.en), records, rows }
}

/** The code of the DataError that `act` fails with. */
export async function codeOf(act: Promise<unknown>): Promise<string> {
  try {
    await act
  } catch (error) {
    if (error instanceof DataError) return error.code
    throw error
  }
  return 'no error'
}
