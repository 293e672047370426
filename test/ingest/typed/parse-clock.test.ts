import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { sql } from '../../../src/engine/sql.ts'
import { detectDateFormat } from '../../../src/ingest/detect/date-format.ts'
import { parseValue } from '../../../src/ingest/typed/parse-value.ts'

test.each([
  ['72:34', 'MM:SS', 4354],
  ['1:05.5', 'MM:SS', 65.5],
  ['1:72', 'MM:SS', null],
  ['01:30', undefined, 5400],
])('%s as %s is %s seconds', async (text, format, seconds) => {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  const settings = { unit: 'HH:MM:SS' as const, ...(format === undefined ? {} : { format }) }
  const value = parseValue(sql.literal(text), 'duration', settings, { field: 'position_seconds', timeZone: undefined })
  const read = await connection.runAndReadAll(sql`SELECT CAST(${value} AS DOUBLE)`.text)
  expect(read.getRows()).toEqual([[seconds]])
  connection.closeSync()
  instance.closeSync()
})

test.each([
  ['2024/3/5 下午8:15:00', '%Y/%m/%d %p%I:%M:%S', '2024-03-05 12:15:00'],
  ['2024/3/5 上午12:05:00', '%Y/%m/%d %p%I:%M:%S', '2024-03-04 16:05:00'],
  ['2024年3月5日 午後 8:15', '%Y年%m月%d日 %p %I:%M', '2024-03-05 12:15:00'],
  ['2024-3-5 오전 8:15', '%Y-%m-%d %p %I:%M', '2024-03-05 00:15:00'],
  ['2024/3/5 8:15 PM', '%Y/%m/%d %I:%M %p', '2024-03-05 12:15:00'],
  ['2024/3/5 下午20:15:00', '%Y/%m/%d %p%I:%M:%S', null],
])('%s is found to be %s and read', async (written, format, utc) => {
  if (utc !== null) expect(detectDateFormat([written])?.format).toBe(format)
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  const value = parseValue(
    sql.literal(written),
    'instant',
    { format },
    { field: 'started_at', timeZone: 'Asia/Shanghai' },
  )
  const read = await connection.runAndReadAll(sql`SELECT CAST(${value} AS VARCHAR)`.text)
  expect(read.getRows()).toEqual([[utc]])
  connection.closeSync()
  instance.closeSync()
})

test.each([
  ['１２３．５', undefined, 123.5],
  ['1.2亿', 10_000, 120_000_000],
  ['3萬', undefined, 30_000],
  ['1.5', 10_000, 15_000],
  ['3.4万次', undefined, 34_000],
  ['₩1,200원', undefined, 1200],
  ['12部3', undefined, null],
])('%s times %s is %s', async (written, scale, number) => {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  const settings = scale === undefined ? {} : { scale }
  const value = parseValue(sql.literal(written), 'number', settings, { field: 'gross', timeZone: undefined })
  const read = await connection.runAndReadAll(sql`SELECT CAST(${value} AS DOUBLE)`.text)
  expect(read.getRows()).toEqual([[number]])
  connection.closeSync()
  instance.closeSync()
})
