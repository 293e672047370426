import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeProject, type TestProject } from './support/project.ts'

const examples = join(import.meta.dirname, '../examples')
let project: TestProject
beforeEach(async () => {
  project = await makeProject()
})
afterEach(() => project.remove())

const expected = [
  {
    name: 'one-platform',
    totals: { read: 63, accepted: 60, duplicates: 1, quarantined: 2 },
    reasons: { 'exact-duplicate': 1, 'non-positive-duration': 1, 'required-missing': 1 },
    tables: { viewing: 56 },
    hottest: 'Paper Moons',
  },
  {
    name: 'station-and-platform',
    totals: { read: 63, accepted: 60, duplicates: 1, quarantined: 2 },
    reasons: { 'exact-duplicate': 1, unparseable: 2 },
    tables: { viewing: 49, panel_rating: 8 },
    hottest: '长河谣',
  },
]

test.each(expected)('$name builds, keeps its ledger and ranks its titles', async (example) => {
  await cp(join(examples, example.name), project.folder, { recursive: true })
  const built = await project.ask<{ identityHolds: boolean; totals: object; rows: { reasons: object }[] }>('build')
  expect(built.identityHolds).toBe(true)
  expect(built.totals).toEqual(example.totals)
  expect(Object.assign({}, ...built.rows.map(({ reasons }) => reasons))).toEqual(example.reasons)
  expect(await project.ask('status')).toMatchObject({ version: 1, tables: example.tables })
  const hot = await project.ask<{ rows: { name: string }[] }>('hot', 'titles')
  expect(hot.rows[0]?.name).toBe(example.hottest)
})
