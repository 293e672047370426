import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { sql } from '../../src/engine/sql.ts'
import { detectDateFormat } from '../../src/ingest/detect/date-format.ts'
import { parseValue } from '../../src/ingest/typed/parse-value.ts'
import type { ColumnSettings } from '../../src/project/settings.ts'
import type { FieldType } from '../../src/warehouse/schema.ts'

/** How the text of a field is read, on every engine alike. */
export function valuesContract(name: string, open: () => Promise<Engine>): void {
  describe(`values: ${name}`, () => {
    let engine: Engine
    beforeAll(async () => {
      engine = await open()
    })
    afterAll(() => engine.close())

    async function parse(
      text: string,
      type: FieldType,
      settings: ColumnSettings = {},
      timeZone?: string,
    ): Promise<unknown> {
      const value = parseValue(sql.literal(text), type, settings, { field: 'f', timeZone, engine })
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
        ['-1:02:03.5', { unit: 'HH:MM:SS' }, -3723.5],
        ['25:00', { unit: 'HH:MM:SS' }, 90_000],
        ['00:99:00', { unit: 'HH:MM:SS' }, null],
        ['PT1H2M3.5S', { unit: 'ISO 8601' }, 3723.5],
        ['P1DT1S', { unit: 'ISO 8601' }, 86_401],
        ['P', { unit: 'ISO 8601' }, null],
        ['00:00:10,500', { unit: 'HH:MM:SS' }, 10.5],
        ['2h 15m', { unit: 'h m s' }, 8100],
        ['1 hr, 2 min. 5 s', { unit: 'h m s' }, 3725],
        ['95 min', { unit: 'h m s' }, 5700],
        ['1.5 hours', { unit: 'h m s' }, 5400],
        ['1小时5分钟', { unit: 'h m s' }, 3900],
        ['2 Seasons', { unit: 'h m s' }, null],
        ['95', { unit: 'h m s' }, null],
        ['88,5', { unit: 'minutes', format: 'decimal comma' }, 5310],
        ['88,5', { unit: 'minutes' }, null],
        ['95M', { unit: 'minutes' }, null],
        ['1_000', { unit: 'seconds' }, null],
        ['NaN', { unit: 'seconds' }, null],
        ['Infinity', { unit: 'seconds' }, null],
        ['1e308', { unit: 'hours' }, null],
        ['abc', { unit: 'seconds' }, null],
      ] as const)('%s as %j is %s seconds', async (text, settings, seconds) => {
        expect(await parse(text, 'duration', settings)).toBe(seconds)
      })

      it('refuses to guess a unit', () => {
        expect(() =>
          parseValue(
            sql`'1'`,
            'duration',
            { from: 'watch_time' },
            { field: 'watched_seconds', timeZone: undefined, engine },
          ),
        ).toThrow(expect.objectContaining({ code: 'unit-missing', value: 'watch_time' }))
      })

      it.each([
        ['72:34', 'MM:SS', 4354],
        ['1:05.5', 'MM:SS', 65.5],
        ['1:72', 'MM:SS', null],
        ['01:30', undefined, 5400],
      ])('%s as %s is %s seconds', async (text, format, seconds) => {
        const settings = { unit: 'HH:MM:SS' as const, ...(format === undefined ? {} : { format }) }
        expect(await parse(text, 'duration', settings)).toBe(seconds)
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
        ['1_000', {}, null],
        ['12,34,567', {}, 1_234_567],
        ['1,5', {}, null],
        ['2015 2016', {}, null],
        ['12.5', { format: 'decimal comma' }, null],
        ['1\u00a0234,5 €', { format: 'decimal comma' }, 1234.5],
        ["1'234.50", {}, 1234.5],
        ['$1,234,567', {}, 1_234_567],
        ['-$5', {}, -5],
        ['1.2M', {}, 1_200_000],
        ['$56.7M', {}, 56_700_000],
        ['850K', {}, 850_000],
        ['$1.5 billion', {}, 1_500_000_000],
        ['8,52 Mio.', { format: 'decimal comma' }, 8_520_000],
        ['₹387 crore', {}, 3_870_000_000],
        ['5 stars', {}, null],
        ['2K', { scale: 10_000 }, 2000],
        ['1,5万', { format: 'decimal comma', scale: 0.01 }, 15_000],
      ] as const)('%s with %j is %s', async (text, settings, value) => {
        expect(await parse(text, 'number', settings)).toBe(value)
      })

      it.each([
        ['１２３．５', undefined, 123.5],
        ['1.2亿', 10_000, 120_000_000],
        ['3萬', undefined, 30_000],
        ['1.5', 10_000, 15_000],
        ['3.4万次', undefined, 34_000],
        ['₩1,200원', undefined, 1200],
        ['12部3', undefined, null],
      ])('%s times %s is %s', async (written, scale, number) => {
        const settings = scale === undefined ? {} : { scale }
        expect(await parse(written, 'number', settings)).toBe(number)
      })
    })

    describe('whole numbers', () => {
      it('a quantity may be counted in thousands, a number that names an episode may not', async () => {
        const read = async (field: string) => {
          const value = parseValue(sql`'2K'`, 'integer', {}, { field, timeZone: undefined, engine })
          return (await engine.query(sql`SELECT ${value} AS value`))[0]?.value
        }
        expect(await read('likes')).toBe(2000)
        expect(await read('episode')).toBe(null)
      })
    })

    describe('lists', () => {
      it.each([
        ['["A", "B, C"]', 'A|B, C'],
        [`[u'Ann Lee', u"Bo D'Arc"]`, "Ann Lee|Bo D'Arc"],
        ['[{"id": 28, "name": "Action"}, {"name": "Say \\"no\\"", "id": 1}]', 'Action|Say "no"'],
        [`[{'id': 16, 'name': 'Animation'}, {'id': 1, 'name': "Children's"}]`, "Animation|Children's"],
        ['[]', ''],
      ])('%s holds %s', async (text, items) => {
        expect(await parse(text, 'list', { separator: 'json' })).toBe(items)
      })
    })

    describe('instants', () => {
      it.each([
        ['2024-01-01 08:00:00', undefined, 'Asia/Shanghai', '2024-01-01T00:00:00Z'],
        ['2024-01-01T08:00:00+08:00', 'ISO 8601', 'America/New_York', '2024-01-01T00:00:00Z'],
        ['2024-01-01T00:00:00Z', 'ISO 8601', undefined, '2024-01-01T00:00:00Z'],
        ['2024-01-01 00:00:00', 'ISO 8601', undefined, null],
        ['2024-01-01 08:00:00 +0800', 'ISO 8601', undefined, '2024-01-01T00:00:00Z'],
        ['2024-01-01 00:00:00 UTC', 'ISO 8601', 'Asia/Shanghai', '2024-01-01T00:00:00Z'],
        ['2024-01-01T08:00+08:00', 'ISO 8601', undefined, '2024-01-01T00:00:00Z'],
        ['2024-01-01 19:30:00.25+19:30', 'ISO 8601', undefined, '2024-01-01T00:00:00.250Z'],
        ['20240101080000 +0800', '%Y%m%d%H%M%S%z', undefined, '2024-01-01T00:00:00Z'],
        ['20240101000000Z', '%Y%m%d%H%M%S%z', undefined, '2024-01-01T00:00:00Z'],
        ['nan', 'unix seconds', undefined, null],
        ['1e300', 'unix seconds', undefined, null],
        ['99999999999999', 'unix seconds', undefined, null],
        ['1_700_000_000', 'unix seconds', undefined, null],
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
        expect(() =>
          parseValue(sql`'x'`, 'instant', settings, { field: 'started_at', timeZone: undefined, engine }),
        ).toThrow(expect.objectContaining({ code: 'time-zone-missing' }))
      })

      it.each([
        ['2024/3/5 下午8:15:00', '%Y/%m/%d %p%I:%M:%S', '2024-03-05T12:15:00Z'],
        ['2024/3/5 上午12:05:00', '%Y/%m/%d %p%I:%M:%S', '2024-03-04T16:05:00Z'],
        ['2024年3月5日 午後 8:15', '%Y年%m月%d日 %p %I:%M', '2024-03-05T12:15:00Z'],
        ['2024-3-5 오전 8:15', '%Y-%m-%d %p %I:%M', '2024-03-05T00:15:00Z'],
        ['2024/3/5 8:15 PM', '%Y/%m/%d %I:%M %p', '2024-03-05T12:15:00Z'],
        ['2024/3/5 下午20:15:00', '%Y/%m/%d %p%I:%M:%S', null],
      ])('%s is found to be %s and read', async (written, format, utc) => {
        if (utc !== null) expect(detectDateFormat([written])?.format).toBe(format)
        expect(await parse(written, 'instant', { format }, 'Asia/Shanghai')).toBe(utc)
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
  })
}
