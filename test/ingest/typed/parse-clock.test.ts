import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { sql } from '../../../src/engine/sql.ts'
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
