import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DuckdbEngine } from '../../../src/engine/duckdb.ts'
import { sql } from '../../../src/engine/sql.ts'
import { parseValue } from '../../../src/ingest/typed/parse-value.ts'
import type { ColumnSettings } from '../../../src/project/settings.ts'
import type { FieldType } from '../../../src/warehouse/schema.ts'

let engine: DuckdbEngine
beforeAll(async () => {
  engine = await DuckdbEngine.open()
})
afterAll(() => engine.close())

async function parse(
  text: string,
  type: FieldType,
  settings: ColumnSettings = {},
  timeZone?: string,
): Promise<unknown> {
  const value = parseValue(sql.literal(text), type, settings, { field: 'f', timeZone })
  const [row] = await engine.query(sql`SELECT ${value} AS value`)
  return row?.value
}

describe('durations', () => {
  it.each([
    ['1.5', { unit: 'hours' }, 5400],
    ['95', { unit: 'minutes' }, 5700],
    ['1,200', { unit: 'seconds' }, 1200],
    ['2500', { unit: 'milliseconds' }, 2.5],
    ['-1', { unit: 'hours' }, -3600],
    ['01:02:03', { unit: 'HH:MM:SS' }, 3723],
    ['25:00', { unit: 'HH:MM:SS' }, 90_000],
    ['00:99:00', { unit: 'HH:MM:SS' }, null],
    ['PT1H2M3.5S', { unit: 'ISO 8601' }, 3723.5],
    ['P1DT1S', { unit: 'ISO 8601' }, 86_401],
    ['P', { unit: 'ISO 8601' }, null],
    ['NaN', { unit: 'seconds' }, null],
    ['Infinity', { unit: 'seconds' }, null],
    ['1e308', { unit: 'hours' }, null],
    ['abc', { unit: 'seconds' }, null],
  ] as const)('%s as %j is %s seconds', async (text, settings, seconds) => {
    expect(await parse(text, 'duration', settings)).toBe(seconds)
  })

  it('refuses to guess a unit', () => {
    expect(() =>
      parseValue(sql`'1'`, 'duration', { from: 'watch_time' }, { field: 'watched_seconds', timeZone: undefined }),
    ).toThrow(expect.objectContaining({ code: 'unit-missing', value: 'watch_time' }))
  })
})

describe('numbers', () => {
  it.each([
    ['1,234.5', {}, 1234.5],
    ['￥1,000', {}, 1000],
    ['3.2万', {}, 32_000],
    ['1.5亿', {}, 150_000_000],
    ['1.234,5', { format: 'decimal comma' }, 1234.5],
    ['12%', { scale: 0.01 }, 0.12],
    ['', {}, null],
  ] as const)('%s with %j is %s', async (text, settings, value) => {
    expect(await parse(text, 'number', settings)).toBe(value)
  })
})

describe('instants', () => {
  it.each([
    ['2024-01-01 08:00:00', undefined, 'Asia/Shanghai', '2024-01-01T00:00:00Z'],
    ['2024-01-01T08:00:00+08:00', 'ISO 8601', 'America/New_York', '2024-01-01T00:00:00Z'],
    ['2024-01-01T00:00:00Z', 'ISO 8601', undefined, '2024-01-01T00:00:00Z'],
    ['2024-01-01 00:00:00', 'ISO 8601', undefined, null],
    ['2024-03-10 02:30:00', undefined, 'America/New_York', null],
    ['2024-03-10 03:30:00', undefined, 'America/New_York', '2024-03-10T07:30:00Z'],
    ['2024-02-30 10:00:00', undefined, 'UTC', null],
    ['05/03/2024 10:00', '%d/%m/%Y %H:%M', 'UTC', '2024-03-05T10:00:00Z'],
    ['1704067200', 'unix seconds', undefined, '2024-01-01T00:00:00Z'],
    ['1704067200000', 'unix milliseconds', undefined, '2024-01-01T00:00:00Z'],
    ['soon', undefined, 'UTC', null],
  ] as const)('%s (%s, %s) is %s', async (text, format, timeZone, instant) => {
    expect(await parse(text, 'instant', format === undefined ? {} : { format }, timeZone)).toBe(instant)
  })

  it('refuses to guess a time zone', () => {
    const settings = { from: 'start', format: '%Y-%m-%d %H:%M:%S' }
    expect(() => parseValue(sql`'x'`, 'instant', settings, { field: 'started_at', timeZone: undefined })).toThrow(
      expect.objectContaining({ code: 'time-zone-missing' }),
    )
  })
})

it('reads dates, truths and lists', async () => {
  expect(await parse('2024-02-29', 'date')).toBe('2024-02-29')
  expect(await parse('2023-02-29', 'date')).toBe(null)
  expect(await parse('是', 'boolean')).toBe(true)
  expect(await parse('No', 'boolean')).toBe(false)
  expect(await parse('maybe', 'boolean')).toBe(null)
  expect(await parse('a/b', 'list', { separator: '/' })).toBe('a|b')
  expect(await parse('["x","y, z"]', 'list', { separator: 'json' })).toBe('x|y, z')
})
