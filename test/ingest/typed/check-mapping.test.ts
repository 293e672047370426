import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DuckdbEngine } from '../../../src/engine/duckdb.ts'
import { checkMapping } from '../../../src/ingest/typed/check-mapping.ts'
import { type ColumnSettings, sourceSettings } from '../../../src/project/settings.ts'

let engine: DuckdbEngine
beforeAll(async () => {
  engine = await DuckdbEngine.open()
})
afterAll(() => engine.close())

const check = (columns: Readonly<Record<string, ColumnSettings>>) =>
  checkMapping(engine, sourceSettings.parse({ name: 'log', kind: 'viewing', files: ['log.csv'], columns }))

describe('patterns of a mapping', () => {
  it.each([
    { extract: '(' },
    { extract: '[0-9]+' },
    { extract: '(?:[0-9]+)' },
    { extract: '\\([0-9]+\\)' },
    { extract: '[(]' },
  ])('%j gives no value', async ({ extract }) => {
    await expect(check({ device: { extract } })).rejects.toMatchObject({
      name: 'InputError',
      code: 'invalid-pattern',
      value: extract,
    })
  })

  it.each(['([0-9]+)', '(?i)(tv|box)', '\\[(.)\\]', '(?P<n>x)'])('%s is taken', async (extract) => {
    await expect(check({ device: { extract } })).resolves.toBeUndefined()
  })

  it.each(['%Q', 'yyyy-MM-dd', 'iso'])('%s is no format of dates', async (format) => {
    await expect(check({ started_at: { format } })).rejects.toMatchObject({
      name: 'InputError',
      code: 'invalid-format',
      value: format,
    })
  })

  it.each(['%Y-%m-%d %H:%M', 'ISO 8601', 'unix seconds'])('%s is a format of dates', async (format) => {
    await expect(check({ started_at: { format } })).resolves.toBeUndefined()
  })
})
