import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, test } from 'vitest'
import { detectDateFormat } from '../../../src/ingest/detect/date-format.ts'

const written = [
  ['2024/3/5', '%Y/%m/%d', '2024-03-05 00:00:00'],
  ['25/12/2023', '%d/%m/%Y', '2023-12-25 00:00:00'],
  ['12/25/2023', '%m/%d/%Y', '2023-12-25 00:00:00'],
  ['20240305', '%Y%m%d', '2024-03-05 00:00:00'],
  ['20240305190102', '%Y%m%d%H%M%S', '2024-03-05 19:01:02'],
  ['2024年3月5日', '%Y年%m月%d日', '2024-03-05 00:00:00'],
  ['2024年3月5日 19:01', '%Y年%m月%d日 %H:%M', '2024-03-05 19:01:00'],
  ['2024年3月5日19:01', '%Y年%m月%d日%H:%M', '2024-03-05 19:01:00'],
  ['2024年3月5日19时01分', '%Y年%m月%d日%H时%M分', '2024-03-05 19:01:00'],
  ['2024-03-05 9点05分', '%Y-%m-%d %H点%M分', '2024-03-05 09:05:00'],
  ['2024년 3월 5일', '%Y년 %m월 %d일', '2024-03-05 00:00:00'],
  ['Mar 5, 2024', '%b %d, %Y', '2024-03-05 00:00:00'],
  ['September 5, 2024', '%B %d, %Y', '2024-09-05 00:00:00'],
  ['05-Mar-24', '%d-%b-%y', '2024-03-05 00:00:00'],
  ['3/25/2024 7:01 PM', '%m/%d/%Y %I:%M %p', '2024-03-25 19:01:00'],
  ['2024/3/5 9:01:02', '%Y/%m/%d %H:%M:%S', '2024-03-05 09:01:02'],
] as const

describe('detectDateFormat', () => {
  test.each(written)('%s is %s, and the engine reads it so', async (value, format, instant) => {
    expect(detectDateFormat([value])?.format).toBe(format)
    const instance = await DuckDBInstance.create()
    const connection = await instance.connect()
    const read = await connection.runAndReadAll('SELECT strftime(strptime($1, $2), $3)', [
      value,
      format,
      '%Y-%m-%d %H:%M:%S',
    ])
    expect(read.getRows()).toEqual([[instant]])
    connection.closeSync()
    instance.closeSync()
  })

  test.each([
    ['2024-03-05', false, false],
    ['2024-03-05 10:00:00', true, false],
    ['2024-03-05T10:00:00.123Z', true, true],
    ['2024-03-05T10:00:00+08:00', true, true],
    ['2024-03-05 10:00:00 UTC', true, true],
  ])('%s is ISO 8601', (value, hasTime, hasOffset) => {
    expect(detectDateFormat([value])).toEqual({ format: 'ISO 8601', hasTime, hasOffset, misfits: 0 })
  })

  test('day and month stay open until a value is above twelve', () => {
    expect(detectDateFormat(['03/04/2024', '05/06/2024'])?.alternative).toBe('%m/%d/%Y')
    expect(detectDateFormat(['03/04/2024', '05/16/2024'])).toMatchObject({ format: '%m/%d/%Y', misfits: 0 })
    expect(detectDateFormat(['03/04/2024', '05/16/2024'])?.alternative).toBeUndefined()
  })

  test('unix times are told apart by magnitude', () => {
    expect(detectDateFormat(['1381620027', '1381620040'])?.format).toBe('unix seconds')
    expect(detectDateFormat(['1381620027000'])?.format).toBe('unix milliseconds')
    expect(detectDateFormat(['13816', '200'])).toBeUndefined()
  })

  test('the majority wins and the rest is counted', () => {
    expect(detectDateFormat(['2024-03-05', '2024-03-06', '2024/3/7'])).toMatchObject({ format: 'ISO 8601', misfits: 1 })
  })
})
