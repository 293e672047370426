import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { sql } from '../../src/engine/sql.ts'
import { rawFileContract, sharedRows } from '../contracts/raw-file.ts'

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
