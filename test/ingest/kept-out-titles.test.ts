import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeProject, type TestProject } from '../support/project.ts'

let project: TestProject
beforeEach(async () => {
  project = await makeProject()
})
afterEach(() => project.remove())

const plays = {
  name: 'plays',
  kind: 'viewing' as const,
  files: ['plays-*.csv'],
  timeZone: 'UTC',
  columns: {
    viewer: { from: 'id' },
    title: { from: 'title' },
    watched_seconds: { from: 'minutes', unit: 'minutes' as const },
    started_at: { from: 'start' },
  },
}
const films = {
  name: 'films',
  kind: 'title' as const,
  files: ['films.csv'],
  columns: { title: { from: 'title' }, runtime_seconds: { from: 'minutes', unit: 'minutes' as const } },
}
const header = 'id,title,minutes,start\n'
const titles = async () => {
  const { rows } = await project.ask<{ rows: { name: string; is_catalogued: boolean }[] }>(
    'query',
    'SELECT name, is_catalogued FROM title ORDER BY name',
  )
  return rows.map(({ name, is_catalogued }) => (is_catalogued ? `${name} (listed)` : name))
}
const aliases = async () => {
  const { rows } = await project.ask<{ rows: { name: string }[] }>(
    'query',
    'SELECT DISTINCT name FROM alias ORDER BY 1',
  )
  return rows.map(({ name }) => name)
}

test('a title that only rows with faults of their own name is no title', async () => {
  await project.settings({ sources: [films, plays] })
  await project.write('films.csv', 'title,minutes\nDawn,90\nNoon,long\n')
  await project.write(
    'plays-1.csv',
    `${header}u1,Dawn,40,2025-03-01 20:00:00\nu2,Dusk,-5,2025-03-01 20:00:00\nu3,Noon,20,2025-03-01 20:00:00
u4,Vale S1E1,30,2025-03-01 20:00:00\nu5,Vale S2E1,0,2025-03-01 20:00:00\n`,
  )
  await project.ask('build')
  expect(await titles()).toEqual(['Dawn (listed)', 'Noon', 'Vale', 'Vale S1', 'Vale S1E1'])
  expect(await aliases()).toEqual(['Dawn', 'Noon', 'Vale S1E1'])
})

test('nor is one that only rows kept out by rules across rows name, until a row of it stays', async () => {
  await project.settings({
    sources: [films, plays],
    rules: { 'beyond-runtime': { severity: 'quarantine' }, 'unknown-title': { severity: 'quarantine' } },
  })
  await project.write('films.csv', 'title,minutes\nDawn,90\n')
  await project.write('plays-1.csv', `${header}u1,Dawn,40,2025-03-01 20:00:00\nu2,Dusk,30,2025-03-01 20:00:00\n`)
  await project.ask('build')
  expect(await titles()).toEqual(['Dawn (listed)'])
  await project.write('plays-2.csv', `${header}u3,Noon,40,2025-03-02 20:00:00\n`)
  await project.ask('build')
  expect(await titles()).toEqual(['Dawn (listed)'])
  expect(await aliases()).toEqual(['Dawn'])
  await project.write('films.csv', 'title,minutes\nDawn,90\nDusk,80\n')
  const built = await project.ask<{ totals: { accepted: number; quarantined: number } }>('build')
  expect(built.totals).toMatchObject({ accepted: 4, quarantined: 1 })
  expect(await titles()).toEqual(['Dawn (listed)', 'Dusk (listed)'])
})
