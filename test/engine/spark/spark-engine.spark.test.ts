import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest'
import { DuckdbEngine } from '../../../src/engine/duckdb.ts'
import type { Column } from '../../../src/engine/engine.ts'
import { SparkSession } from '../../../src/engine/spark/session.ts'
import { sql } from '../../../src/engine/sql.ts'
import { writeRows } from '../../../src/export/write-rows.ts'
import { engineContract } from '../../contracts/engine.ts'
import { openSpark } from '../../support/spark.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { writtenRows } from '../../support/written-rows.ts'

const spark = inject('spark')

describe.skipIf(!spark)('Spark', () => {
  engineContract('Spark', () => openSpark(spark?.address ?? ''), 10)

  it('keeps rows and their positions in order when many files hold them', async () => {
    const engine = await openSpark(spark?.address ?? '')
    onTestFinished(() => engine.close())
    const path = join(await temporaryFolder(), 'many.parquet')
    const numbers = sql`SELECT id AS n FROM range(0, 1000, 1, 7)`
    expect(await engine.writeParquet(numbers, path)).toBe(1000)
    expect((await readdir(path)).filter((name) => name.endsWith('.parquet'))).toHaveLength(7)
    const labelled = engine.scanLabelled(
      [{ path, columns: new Set(['n']), labels: { part: 3 } }],
      [{ name: 'n', type: 'BIGINT' }],
    )
    for (const scan of [engine.scanParquet([path], { rowIndex: true }), labelled]) {
      const counted = sql`SELECT count(*) AS rows, count_if(n = row_index) AS in_place FROM ${scan}`
      expect(await engine.query(counted)).toEqual([{ rows: 1000, in_place: 1000 }])
    }
  })

  it('has the workers write the same texts and numbers as this machine does, in order, and no formula', async () => {
    const [engine, embedded] = [await openSpark(spark?.address ?? ''), await DuckdbEngine.open({})]
    onTestFinished(() => {
      engine.close()
      embedded.close()
    })
    const folder = await temporaryFolder()
    const columns: Column[] = [
      { name: 'id', type: 'BIGINT' },
      { name: 'word', type: 'VARCHAR' },
      { name: 'share', type: 'DOUBLE' },
      { name: 'moment', type: 'TIMESTAMP' },
      { name: 'day', type: 'DATE' },
      { name: 'held', type: 'BOOLEAN' },
    ]
    const words = ['=1+1', '-5', "it's", 'a "b", c', '第一\n行', '\r\nx', '@x', ' padded ', '\\', '', '＝1', null]
    const numbers = ['0.1', '54768952', '-1.211e8', '1e20', '0.000001', '0.30000000000000004', '123456789.125', '-0.5']
    const rows = words.map(
      (
        word,
        id,
      ) => sql`SELECT ${id} AS id, CAST(${word} AS VARCHAR) AS word, CAST(${numbers[id] ?? null} AS DOUBLE) AS share,
        CAST(${`2024-02-29 12:34:56${id % 2 === 0 ? '' : '.125'}`} AS TIMESTAMP) AS moment, DATE '2024-02-29' AS day,
        CASE WHEN ${id} > 3 THEN ${id} = 5 END AS held`,
    )
    const statement = sql`SELECT * FROM (${sql.join(rows, ' UNION ALL ')}) AS r ORDER BY id`
    for (const format of ['csv', 'jsonl'] as const) {
      const [file, parts] = [join(folder, `one.${format}`), join(folder, `parts.${format}`)]
      await writeRows(embedded, statement, columns, format, file)
      await writeRows(engine, statement, columns, format, parts)
      const [ours, theirs] = [await writtenRows(embedded, file, format), await writtenRows(embedded, parts, format)]
      expect(theirs).toEqual(ours)
      expect(theirs).toHaveLength(words.length)
    }
  })

  it('says when the workers write where this machine sees nothing, and leaves nothing behind', async () => {
    const engine = await openSpark(spark?.address ?? '')
    onTestFinished(() => engine.close())
    const folder = await temporaryFolder()
    const elsewhere = vi.spyOn(SparkSession.prototype, 'write').mockResolvedValue(undefined)
    onTestFinished(() => elsewhere.mockRestore())
    const path = join(folder, 'unseen.csv')
    await expect(engine.writeText(sql`SELECT 1 AS n`, path, 'csv')).rejects.toMatchObject({
      code: 'folder-not-shared',
      file: `${path}.partial`,
    })
    expect(await readdir(folder)).toEqual([])
  })

  it('tells while a statement runs which share of it is done, and never goes back', async () => {
    const engine = await openSpark(spark?.address ?? '')
    const seen: number[] = []
    const timer = setInterval(() => {
      const share = engine.progress()
      if (share !== undefined && share !== seen.at(-1)) seen.push(share)
    }, 5)
    onTestFinished(() => {
      clearInterval(timer)
      engine.close()
    })
    const hashes = sql`SELECT sha2(CAST(id AS STRING), 512) AS hash FROM range(0, 1000000, 1, 16)`
    const [row] = await engine.query(sql`SELECT count(*) AS n FROM (SELECT DISTINCT hash FROM (${hashes}) AS h) AS d`)
    expect(row).toEqual({ n: 1_000_000 })
    expect(engine.progress()).toBeUndefined()
    const steps = seen.filter((share) => share > 0 && share < 1)
    expect(steps.length).toBeGreaterThan(4)
    expect(seen).toEqual([...seen].sort((left, right) => left - right))
    expect(Math.max(...seen)).toBeLessThanOrEqual(1)
  })
})
