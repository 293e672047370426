import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  filesRelation,
  localRelation,
  SparkError,
  SparkSession,
  type StageProgress,
  sqlRelation,
  tableRelation,
} from '../../../src/engine/spark/index.ts'

const spark = inject('spark')

describe.skipIf(!spark)('a Spark Connect session', () => {
  let session: SparkSession
  let folder: string
  beforeAll(async () => {
    session = await SparkSession.connect(spark?.address ?? '')
    folder = await mkdtemp(join(tmpdir(), 'marquee-spark-files-'))
  })
  afterAll(async () => {
    await session.close()
    await rm(folder, { recursive: true })
  })

  it('says which Spark answers', async () => {
    expect(await session.version()).toMatch(/^4\.\d/)
  })

  it('binds values by place and by name', async () => {
    const at = new Date('2025-03-01T20:00:00.250Z')
    const values = ["'); DROP TABLE x --\\", 1.5, true, null, 2n ** 62n, 2n ** 70n, at]
    expect(await session.rows(sqlRelation('SELECT ? a, ? b, ? c, ? d, ? e, ? f, ? g', values))).toEqual([
      { a: values[0], b: 1.5, c: true, d: null, e: String(2n ** 62n), f: 2 ** 70, g: '2025-03-01T20:00:00.250Z' },
    ])
    expect(await session.rows(sqlRelation('SELECT :a + :b AS sum', { a: 1, b: 2 }))).toEqual([{ sum: 3 }])
  })

  it('reads every kind of value', async () => {
    const statement = `SELECT CAST(-1.25 AS DECIMAL(38, 10)) AS decimal, CAST('NaN' AS DOUBLE) AS nan, CAST(1 AS TINYINT) AS tiny,
      array(1, NULL) AS list, named_struct('x', 1, 'y', array(DATE '1969-12-31')) AS struct, map('k', 0.5) AS map,
      TIMESTAMP_NTZ '1969-12-31 23:59:59.5' AS local, X'00ff' AS bytes, CAST(NULL AS STRING) AS none`
    expect(await session.rows(sqlRelation(statement))).toEqual([
      {
        decimal: -1.25,
        nan: Number.NaN,
        tiny: 1,
        list: [1, null],
        struct: { x: 1, y: ['1969-12-31'] },
        map: { k: 0.5 },
        local: '1969-12-31T23:59:59.500Z',
        bytes: '00ff',
        none: null,
      },
    ])
    expect(await session.schema(sqlRelation(statement))).toEqual([
      { name: 'decimal', type: 'DECIMAL(38,10)' },
      { name: 'nan', type: 'DOUBLE' },
      { name: 'tiny', type: 'TINYINT' },
      { name: 'list', type: 'ARRAY<INT>' },
      { name: 'struct', type: 'STRUCT<x:INT,y:ARRAY<DATE>>' },
      { name: 'map', type: 'MAP<STRING,DECIMAL(1,1)>' },
      { name: 'local', type: 'TIMESTAMP_NTZ' },
      { name: 'bytes', type: 'BINARY' },
      { name: 'none', type: 'STRING' },
    ])
  })

  it('sends local values, repeated texts among them', async () => {
    const day = new Date('2025-03-01T00:00:00Z')
    const local = localRelation({
      id: { type: 'bigint', values: [2n ** 60n, null, 3n] },
      title: { type: 'string', values: ['港湾', '港湾', null] },
      day: { type: 'date', values: [day, null, day] },
      at: { type: 'timestamp', values: [day, null, new Date(-1)] },
      share: { type: 'double', values: [0.5, null, 1] },
      nth: { type: 'int', values: [1, 2, null] },
      is: { type: 'boolean', values: [true, false, null] },
    })
    await session.createView('local', local)
    expect(await session.rows(tableRelation('local'))).toEqual([
      {
        id: String(2n ** 60n),
        title: '港湾',
        day: '2025-03-01',
        at: '2025-03-01T00:00:00Z',
        share: 0.5,
        nth: 1,
        is: true,
      },
      { id: null, title: '港湾', day: null, at: null, share: null, nth: 2, is: false },
      { id: 3, title: null, day: '2025-03-01', at: '1969-12-31T23:59:59.999Z', share: 1, nth: null, is: null },
    ])
  })

  it('scans CSV and JSON', async () => {
    await writeFile(join(folder, 'a.csv'), 'id;name\n1;"x;y"\n2;\n')
    await writeFile(join(folder, 'a.jsonl'), '{"id":1,"name":"x"}\n{"id":2}\n')
    const csv = filesRelation({
      format: 'csv',
      paths: [join(folder, 'a.csv')],
      schema: 'id INT, name STRING',
      options: { header: 'true', sep: ';' },
    })
    expect(await session.rows(csv)).toEqual([
      { id: 1, name: 'x;y' },
      { id: 2, name: null },
    ])
    const json = filesRelation({ format: 'json', paths: [join(folder, 'a.jsonl')], schema: 'id INT, name STRING' })
    expect(await session.rows(json)).toEqual([
      { id: 1, name: 'x' },
      { id: 2, name: null },
    ])
  })

  it('has the workers write Parquet in folders by value, and reads it back', async () => {
    const path = join(folder, 'parts')
    const rows = sqlRelation('SELECT id, id % 3 AS third FROM range(1000)')
    await session.write(rows, { format: 'parquet', path, partitionBy: ['third'] })
    expect((await readdir(path)).filter((name) => !/^[._]/.test(name)).sort()).toEqual([
      'third=0',
      'third=1',
      'third=2',
    ])
    await session.createView('parts', filesRelation({ format: 'parquet', paths: [path] }))
    const counts = sqlRelation('SELECT third, count(*) AS n, sum(id) AS ids FROM parts GROUP BY third ORDER BY third')
    expect(await session.rows(counts)).toEqual([
      { third: 0, n: 334, ids: 166_833 },
      { third: 1, n: 333, ids: 166_167 },
      { third: 2, n: 333, ids: 166_500 },
    ])
    await expect(session.write(rows, { format: 'parquet', path })).rejects.toMatchObject({
      errorClass: 'PATH_ALREADY_EXISTS',
    })
    await session.write(rows, { format: 'parquet', path, mode: 'overwrite' })
    await session.write(rows, { format: 'parquet', path, mode: 'append' })
    const both = filesRelation({ format: 'parquet', paths: [path] })
    await session.createView('both', both)
    expect(await session.rows(sqlRelation('SELECT count(*) AS n FROM both'))).toEqual([{ n: 2000 }])
  })

  it('keeps settings and views to itself', async () => {
    await session.configure({ 'spark.sql.shuffle.partitions': '7' })
    await session.execute('CREATE TEMPORARY VIEW own AS SELECT 1 AS n')
    expect(await session.setting('spark.sql.shuffle.partitions')).toBe('7')
    expect(await session.setting('marquee.nothing')).toBeUndefined()
    const other = await SparkSession.connect(spark?.address ?? '')
    try {
      expect(await other.setting('spark.sql.shuffle.partitions')).not.toBe('7')
      await expect(other.rows(tableRelation('own'))).rejects.toThrow(SparkError)
    } finally {
      await other.close()
    }
    await expect(session.configure({ 'spark.driver.host': 'x' })).rejects.toMatchObject({ name: 'SparkError' })
  })

  it('tells how far it is', async () => {
    const seen: StageProgress[] = []
    const slow = sqlRelation(
      "SELECT count(*) AS n FROM range(0, 1000000, 1, 4) WHERE sha2(CAST(id AS STRING), 256) > 'x'",
    )
    expect(await session.rows(slow, { onProgress: (stages) => seen.push(...stages) })).toEqual([{ n: 0 }])
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.every(({ tasks, tasksDone }) => tasksDone <= tasks)).toBe(true)
    expect(seen.some(({ tasks }) => tasks === 4)).toBe(true)
  })

  it('gives the error class, SQLSTATE and whole message of what Spark refuses', async () => {
    const cases = [
      ['SELEC 1', 'PARSE_SYNTAX_ERROR', '42601'],
      ['SELECT * FROM nowhere', 'TABLE_OR_VIEW_NOT_FOUND', '42P01'],
      ['SELECT 1 / 0', 'DIVIDE_BY_ZERO', '22012'],
      ["SELECT CAST('x' AS INT)", 'CAST_INVALID_INPUT', '22018'],
    ] as const
    for (const [statement, errorClass, sqlState] of cases)
      await expect(session.rows(sqlRelation(statement))).rejects.toMatchObject({
        code: 'query-failed',
        value: statement,
        errorClass,
        sqlState,
      })
    const long = `SELECT 1 AS ${'a'.repeat(5000)}, nothing_of_that_name`
    await expect(session.rows(sqlRelation(long))).rejects.toThrow('nothing_of_that_name')
  })
})
