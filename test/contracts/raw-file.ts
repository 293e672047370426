import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DuckdbEngine } from '../../src/engine/duckdb.ts'
import { sql } from '../../src/engine/sql.ts'
import { openRawFile, type RawFile, type RawRelation } from '../../src/ingest/raw-file.ts'
import { inThisThread } from '../../src/ingest/read/file-work.ts'
import { type SourceSettings, sourceSettings } from '../../src/project/settings.ts'

/** The rows that every source of the contract holds, as text; null is a missing value. */
export const sharedRows: readonly (readonly [string, string | null])[] = [
  ['u1', 'Dawn'],
  ['u2', null],
  ['u3', '长安, "夜"'],
]

export interface RawFileCase {
  readonly format?: SourceSettings['format'] extends infer F ? Partial<F> : never
  /** Writes the file into `folder`; returns its path. */
  write(folder: string, engine: DuckdbEngine): Promise<string>
  /** Physical line of each row. */
  readonly lines: readonly number[]
}

/** What every kind of source has to give the build: rows of text, where each stands, and its raw text. */
export function rawFileContract(name: string, source: RawFileCase): void {
  describe(`source contract: ${name}`, () => {
    let folder: string
    let engine: DuckdbEngine
    let raw: RawFile
    let relation: RawRelation
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'marquee-source-'))
      engine = await DuckdbEngine.open()
      const path = await source.write(folder, engine)
      const settings = sourceSettings.parse({
        name: 's',
        kind: 'viewing',
        files: [path],
        columns: {},
        format: source.format ?? {},
      })
      const signal = new AbortController().signal
      const context = { engine, work: inThisThread, scratch: folder, signal }
      raw = await openRawFile(context, { source: settings, path, file: 'the file' })
      await raw.prepare()
      relation = await raw.open()
    })
    afterAll(async () => {
      await raw.close()
      engine.close()
      await rm(folder, { recursive: true })
    })

    it('gives its rows in order, as text, with their lines', async () => {
      expect(relation.headers).toEqual(['viewer', 'title'])
      const path = join(folder, 'rows.parquet')
      const line = relation.line ?? sql`NULL`
      await engine.writeParquet(sql`SELECT viewer, title, ${line} AS at FROM ${relation.rows}`, path)
      const rows = await engine.query<{ viewer: string; title: string | null; at: number | null; row_index: number }>(
        sql`SELECT * FROM ${engine.scanParquet([path], { rowIndex: true })} ORDER BY row_index`,
      )
      expect(rows.map(({ viewer, title }) => [viewer, title])).toEqual(sharedRows)
      expect(rows.map(({ at, row_index }) => at ?? row_index + relation.lineBase)).toEqual(source.lines)
      expect(relation.count ?? rows.length).toBe(rows.length)
      expect(relation.malformed.count).toBe(0)
    })

    it('finds the raw text of chosen rows again', async () => {
      const found = []
      for await (const record of relation.rawRecords([0, 2])) found.push(record)
      expect(found.map(({ record, line }) => [record, line])).toEqual([
        [0, source.lines[0]],
        [2, source.lines[2]],
      ])
      expect(found[0]?.raw).toContain('u1')
      expect(found[1]?.raw).toContain('长安')
    })

    it('names its content', () => {
      expect(raw.sha256).toMatch(/^[0-9a-f]{64}$/)
      expect(raw.bytes).toBeGreaterThan(0)
    })
  })
}
