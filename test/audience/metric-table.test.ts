import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { metricTable } from '../../src/audience/metric-table.ts'

test.each([
  ['en', 'audience.md'],
  ['zh-CN', 'audience.zh-CN.md'],
] as const)('the %s page lists every definition as it is', async (locale, page) => {
  expect(await readFile(new URL(`../../docs/methods/${page}`, import.meta.url), 'utf8')).toContain(metricTable(locale))
})
