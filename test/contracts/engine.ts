import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { interruptOnAbort } from '../../src/engine/interrupt-on-abort.ts'
import { sql } from '../../src/engine/sql.ts'
import { QueryError } from '../../src/errors.ts'
import { agreement } from './engine-agreement.ts'

/** What every engine has to do, whatever is behind it. */
export function engineContract(name: string, open: () => Promise<Engine>, numRuns = 50): void {
  describe(`engine contract: ${name}`, () => {
    let engine: Engine
    let folder: string
    beforeAll(async () => {
      engine = await open()
      folder = await mkdtemp(join(tmpdir(), 'marquee-engine-'))
    })
    afterAll(async () => {
      engine.close()
      await rm(folder, { recursive: true })
    })

    it('gives numbers, texts, truths, nulls and ISO times', async () => {
      const [row] = await engine.query(
        sql`SELECT 1 AS one, CAST(9007199254740993 AS BIGINT) AS big, 0.5 AS half, 'é中' AS word, true AS yes, NULL AS none,
          DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 12:34:56' AS moment`,
      )
      expect(row).toEqual({
        one: 1,
        big: '9007199254740993',
        half: 0.5,
        word: 'é中',
        yes: true,
        none: null,
        day: '2024-02-29',
        moment: '2024-02-29T12:34:56Z',
      })
    })

    it('takes any text as a bound value, never as SQL', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
          fc.pre(!text.includes('\0'))
          expect(await engine.query(sql`SELECT ${text} AS value`)).toEqual([{ value: text }])
          expect(await engine.query(sql`SELECT ${sql.literal(text)} AS ${sql.id(text || 'x')}`)).toEqual([
            { [text || 'x']: text },
          ])
        }),
        { numRuns },
      )
    })

    it('takes any number as a bound value', async () => {
      const numbers = [0, -1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 2 ** 64, 1e308, -1e308, 5e-324, Number.POSITIVE_INFINITY]
      for (const number of numbers) {
        expect(await engine.query(sql`SELECT CAST(${number} AS DOUBLE) AS value`)).toEqual([{ value: number }])
        expect(await engine.query(sql`SELECT CAST(${sql.literal(number)} AS DOUBLE) AS value`)).toEqual([
          { value: number },
        ])
      }
    })

    it('streams a large result in batches and stops when it is told to', async () => {
      let rows = 0
      for await (const batch of engine.stream(sql`SELECT * FROM range(100000)`)) rows += batch.length
      expect(rows).toBe(100_000)
      for await (const batch of engine.stream(sql`SELECT * FROM range(100000)`)) {
        expect(batch.length).toBeGreaterThan(0)
        break
      }
      expect(await engine.query(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }])
    })

    it('reads delimited text without interpreting it', async () => {
      const path = join(folder, 'raw.csv')
      await writeFile(path, 'a;b\n1;"x;""y"""\n007;\n')
      const scan = engine.scanDelimited({
        paths: [path],
        columns: ['a', 'b'],
        delimiter: ';',
        quote: '"',
        header: true,
      })
      expect(await engine.query(sql`SELECT * FROM ${scan}`)).toEqual([
        { a: '1', b: 'x;"y"' },
        { a: '007', b: null },
      ])
    })

    it('writes Parquet whole, in order, and reads it back with positions', async () => {
      const path = join(folder, "it's.parquet")
      expect(await engine.writeParquet(sql`SELECT 9 - n AS n FROM range(10) AS r(n)`, path)).toBe(10)
      expect(
        await engine.query(sql`SELECT n FROM ${engine.scanParquet([path], { rowIndex: true })} WHERE row_index = 2`),
      ).toEqual([{ n: 7 }])
      expect(await engine.describe(sql`SELECT * FROM ${engine.scanParquet([path])}`)).toEqual([
        { name: 'n', type: 'BIGINT' },
      ])
      const failing = sql`SELECT CAST(CASE WHEN n > 5 THEN 'no' ELSE '1' END AS INTEGER) AS n FROM range(10) AS r(n)`
      await expect(engine.writeParquet(failing, join(folder, 'bad.parquet'))).rejects.toThrow("'no'")
      await expect(
        engine.query(sql`SELECT * FROM ${engine.scanParquet([join(folder, 'bad.parquet')])}`),
      ).rejects.toThrow()
    })

    it('scans files of a layout together, each with its labels, and gives NULL for the columns that one lacks', async () => {
      const [first, second] = [join(folder, 'first.parquet'), join(folder, "second's.parquet")]
      await engine.writeParquet(sql`SELECT 9 - n AS n, CAST(n AS VARCHAR) AS word FROM range(4) AS r(n)`, first)
      await engine.writeParquet(sql`SELECT 10 * n AS n FROM range(2) AS r(n)`, second)
      const scan = engine.scanLabelled(
        [
          { path: first, columns: new Set(['n', 'word']), labels: { part: 2 ** 50, source: "it's", base: null } },
          { path: second, columns: new Set(['n']), labels: { part: 1, source: '第二', base: 5 } },
        ],
        [
          { name: 'n', type: 'BIGINT' },
          { name: 'word', type: 'VARCHAR' },
          { name: 'day', type: 'DATE' },
        ],
      )
      const rows = sql`SELECT part, source, base, row_index, n, word, day FROM ${scan} ORDER BY part, row_index`
      expect(await engine.query(rows)).toEqual([
        { part: 1, source: '第二', base: 5, row_index: 0, n: 0, word: null, day: null },
        { part: 1, source: '第二', base: 5, row_index: 1, n: 10, word: null, day: null },
        ...[0, 1, 2, 3].map((n) => ({
          ...{ part: 2 ** 50, source: "it's", base: null, row_index: n },
          ...{ n: 9 - n, word: String(n), day: null },
        })),
      ])
    })

    it('says what failed with the statement', async () => {
      const failure = engine.query(sql`SELECT nothing FROM nowhere`)
      await expect(failure).rejects.toBeInstanceOf(QueryError)
      await expect(failure).rejects.toMatchObject({ code: 'query-failed', value: 'SELECT nothing FROM nowhere' })
    })

    it('stops a statement when it is interrupted', async () => {
      const endless = sql`SELECT sum(a.n * b.n % 7) AS n FROM range(1000000) AS a(n) CROSS JOIN range(1000000) AS b(n)`
      const end = interruptOnAbort(engine, AbortSignal.abort())
      try {
        await expect(engine.query(endless)).rejects.toMatchObject({ code: 'interrupted' })
      } finally {
        end()
      }
      expect(engine.progress()).toBeUndefined()
    })

    it('reads only, and only what it may, once restricted', async () => {
      const allowed = join(folder, 'allowed.parquet')
      const own = await open()
      try {
        await own.writeParquet(sql`SELECT 1 AS n`, allowed)
        await writeFile(join(folder, 'secret.csv'), 'a\n1\n')
        await own.execute(sql`CREATE TEMPORARY VIEW visible AS SELECT * FROM ${own.scanParquet([allowed])}`)
        await own.restrict([allowed])
        expect(await own.query(sql`SELECT * FROM visible`)).toEqual([{ n: 1 }])
        const secret = join(folder, 'secret.csv')
        for (const statement of [
          sql`SELECT * FROM read_csv(${sql.literal(secret)})`,
          sql`SELECT * FROM read_text(${sql.literal(secret)})`,
          sql`COPY visible TO ${sql.literal(join(folder, 'out.csv'))}`,
          sql`CREATE TABLE t AS SELECT 1`,
          sql`ATTACH ${sql.literal(join(folder, 'x.db'))}`,
          sql`SET enable_external_access = true`,
          sql`SELECT 1; SELECT 2`,
          sql`DROP VIEW visible`,
          sql`INSTALL httpfs`,
        ]) {
          await expect(own.query(statement), statement.text).rejects.toBeInstanceOf(QueryError)
        }
      } finally {
        own.close()
      }
    })

    agreement(() => engine)
  })
}
