import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { expect, it } from 'vitest'
import { DuckdbEngine } from '../../src/engine/duckdb.ts'
import { sql } from '../../src/engine/sql.ts'
import { openRawFile } from '../../src/ingest/raw-file.ts'
import { inThisThread } from '../../src/ingest/read/file-work.ts'
import { sourceSettings } from '../../src/project/settings.ts'
import { rawFileContract, sharedRows } from '../contracts/raw-file.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const csv = 'viewer,title\nu1,Dawn\nu2,\nu3,"长安, ""夜"""\n'
const objects = sharedRows.map(([viewer, title]) => JSON.stringify({ viewer, title }))

const file = (name: string, bytes: string | Buffer) => async (folder: string) => {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

rawFileContract('plain CSV, read in place', { write: file('a.csv', csv), lines: [2, 3, 4] })
rawFileContract('CSV in GB18030', {
  format: { encoding: 'gb18030' },
  write: file('a.csv', iconv.encode(csv, 'gb18030')),
  lines: [2, 3, 4],
})
rawFileContract('CSV, gzip', { write: file('a.csv.gz', gzipSync(csv)), lines: [2, 3, 4] })
rawFileContract('CSV in GB18030 with a blank line', {
  format: { encoding: 'gb18030' },
  write: file('a.csv', iconv.encode(csv.replace('u2', '\nu2'), 'gb18030')),
  lines: [2, 4, 5],
})
rawFileContract('CSV in UTF-16', { write: file('a.csv', iconv.encode(`\ufeff${csv}`, 'utf16le')), lines: [2, 3, 4] })
rawFileContract('CSV with a blank line', { write: file('a.csv', csv.replace('u2', '\nu2')), lines: [2, 4, 5] })
rawFileContract('text between ::', {
  format: { delimiter: '::', quote: '', header: false, names: ['viewer', 'title'] },
  write: file('a.dat', 'u1::Dawn\nu2::\nu3::长安, "夜"\n'),
  lines: [1, 2, 3],
})
rawFileContract('JSON Lines', {
  format: { type: 'jsonl' },
  write: file('a.jsonl', objects.join('\n')),
  lines: [1, 2, 3],
})
rawFileContract('JSON', {
  format: { type: 'json' },
  write: file('a.json', `[\n${objects.join(',\n')}\n]`),
  lines: [2, 3, 4],
})
rawFileContract('Parquet', {
  format: { type: 'parquet' },
  lines: [1, 2, 3],
  async write(folder, engine) {
    const path = join(folder, 'a.parquet')
    const rows = sharedRows.map(
      ([viewer, title]) =>
        sql`SELECT ${sql.literal(viewer)} AS viewer, CAST(${sql.literal(title)} AS VARCHAR) AS title`,
    )
    await engine.writeParquet(sql.join(rows, ' UNION ALL '), path)
    return path
  },
})

it('finds the raw text of many rows of Parquet again', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'a.parquet')
  const engine = await DuckdbEngine.open()
  await engine.writeParquet(sql`SELECT 'u' || i AS viewer FROM range(60000) AS t(i) ORDER BY i`, path)
  const source = sourceSettings.parse({
    name: 's',
    kind: 'viewing',
    files: [path],
    columns: {},
    format: { type: 'parquet' },
  })
  const context = { engine, work: inThisThread, scratch: folder, signal: new AbortController().signal }
  const raw = await openRawFile(context, { source, path, file: 'the file' })
  const { rawRecords } = await raw.open()
  const positions = Array.from({ length: 25_000 }, (_, n) => 2 * n + 1)
  const found = []
  for await (const { record, line, fields } of rawRecords(positions)) found.push([record, line, ...fields])
  expect(found).toEqual(positions.map((position) => [position, position + 1, `u${position}`]))
  await raw.close()
  engine.close()
})
