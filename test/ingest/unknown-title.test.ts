import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeProject, type TestProject } from '../support/project.ts'

let project: TestProject
beforeEach(async () => {
  project = await makeProject()
})
afterEach(() => project.remove())

const titles = [
  'Night Ferry',
  'Salt and Thread S01E07',
  'Low Tide S02E01',
  'Low Tide S03E01',
  'Nowhere',
  'Nowhere S01E01',
]

it('calls a title unknown where no catalogue lists it, its season or its series', async () => {
  await project.write(
    'catalogue.csv',
    'title,type,season\nNight Ferry,film,\nSalt and Thread,series,\nLow Tide,season,2\n',
  )
  const plays = titles.map((title, index) => `v${index},${title},${20 + index},2025-03-0${index + 1} 20:00:00\n`)
  await project.write('plays.csv', `viewer,title,minutes,start\n${plays.join('')}`)
  await project.settings({
    rules: { 'unknown-title': { severity: 'quarantine' } },
    sources: [
      {
        name: 'catalogue',
        kind: 'title',
        files: ['catalogue.csv'],
        columns: { title: { from: 'title' }, title_type: { from: 'type' }, season: { from: 'season' } },
      },
      {
        name: 'plays',
        kind: 'viewing',
        files: ['plays.csv'],
        timeZone: 'UTC',
        columns: {
          viewer: { from: 'viewer' },
          title: { from: 'title' },
          watched_seconds: { from: 'minutes', unit: 'minutes' },
          started_at: { from: 'start' },
        },
      },
    ],
  })
  await project.ask('build')
  const { entries } = await project.ask<{ entries: { raw: string; reasons: { rule: string }[] }[] }>(
    'quarantine',
    'list',
  )
  expect(entries.map(({ raw, reasons }) => [raw.split(',')[1], reasons.map(({ rule }) => rule)])).toEqual(
    titles.slice(3).map((title) => [title, ['unknown-title']]),
  )
  const { consistency } = await project.ask<{ consistency: { check: string; source: string; share: number }[] }>(
    'quality',
  )
  expect(consistency).toContainEqual(expect.objectContaining({ check: 'title-catalogued', source: 'plays', share: 1 }))
})
