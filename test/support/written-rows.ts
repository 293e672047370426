import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine, Row } from '../../src/engine/engine.ts'
import { sql } from '../../src/engine/sql.ts'

/** The files behind `path`, in their order: itself, or those that workers wrote into it. */
async function writtenFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const names = await readdir(path)
  return names
    .filter((name) => name.startsWith('part-'))
    .sort()
    .map((name) => join(path, name))
}

/** The rows that `export` wrote, in their order; those of CSV as texts. */
export async function writtenRows(engine: Engine, path: string, format: string): Promise<Row[]> {
  const files = await writtenFiles(path)
  if (format === 'parquet') return engine.query(sql`SELECT * FROM ${engine.scanParquet(files)}`)
  const rows: Row[] = []
  for (const file of files) {
    const text = await readFile(file, 'utf8')
    if (format === 'jsonl') {
      rows.push(...text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row])))
    } else {
      const columns = (/^[^\r\n]*/.exec(text)?.[0] ?? '').split(',')
      const scan = engine.scanDelimited({ paths: [file], columns, delimiter: ',', quote: '"', header: true })
      rows.push(...(await engine.query(sql`SELECT * FROM ${scan}`)))
    }
  }
  return rows
}
