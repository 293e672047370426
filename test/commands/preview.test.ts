import { readdir } from 'node:fs/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeProject, type TestProject } from '../support/project.ts'

let project: TestProject
beforeEach(async () => {
  project = await makeProject()
})
afterEach(() => project.remove())

const counts = ['read', 'accepted', 'duplicates', 'quarantined'] as const
type Ledger = Readonly<Record<(typeof counts)[number], number>> & { readonly reasons: Record<string, number> }

const header = 'user_id,title,watch_time,started_at\n'
const watch = {
  name: 'watch',
  kind: 'viewing' as const,
  files: ['watch_*.csv'],
  timeZone: 'UTC',
  columns: {
    viewer: { from: 'user_id' },
    title: { from: 'title' },
    watched_seconds: { from: 'watch_time', unit: 'hours' as const },
    started_at: { from: 'started_at' },
  },
}
const rows = [
  'u1,Dawn,1.5,2024-01-01 08:00:00',
  'u1,Dawn,1.50,2024-01-01 08:00:00',
  'u2,Night,2,2024-01-01 08:00:00',
  'u2,Night,-2,2024-01-01 08:00:00',
  'u2,Night,-2,2024-01-01 08:00:00',
  ',Night,1,2024-01-02 08:00:00',
  'u3,Dawn,long,2024-01-02 08:00:00',
]

it('refuses what a build refuses', async () => {
  await project.settings({ sources: [watch] })
  await project.write('watch_1.csv', header.replace('title', 'titel') + rows.join('\n'))
  expect((await project.run('preview')).err).toContain('[column-missing]')
  const pattern = { ...watch.columns.title, extract: '(' }
  await project.settings({ sources: [{ ...watch, columns: { ...watch.columns, title: pattern } }] })
  expect((await project.run('preview')).err).toContain('[invalid-pattern]')
})

it.each([
  ['plain files', (lines: string[]) => lines.join('\n')],
  ['a file with a ragged line', (lines: string[]) => [...lines, 'u9,Dawn'].join('\n')],
  ['a file with blank lines and another newline', (lines: string[]) => lines.join('\r\n\n')],
])('counts what a build of %s counts, and writes nothing', async (_, text) => {
  await project.settings({ sources: [watch] })
  await project.write('watch_1.csv', header + text(rows))
  await project.write('watch_2.csv', header + text(['u4,Dawn,0.5,2024-01-03 08:00:00', rows[2] ?? '']))
  const before = await readdir(project.folder)
  const seen = await project.ask<{ totals: Ledger; rows: Ledger[]; titles: object[] }>('preview')
  expect(await readdir(project.folder)).toEqual(before)
  expect(seen.titles).toEqual([
    { source: 'watch', title: 'Dawn', plays: 2, minutes: 120 },
    { source: 'watch', title: 'Night', plays: 1, minutes: 120 },
  ])
  const built = await project.ask<{ totals: Ledger; rows: Ledger[] }>('build')
  for (const name of counts) expect(seen.totals[name], name).toBe(built.totals[name])
  for (const rule of ['required-missing', 'non-positive-duration', 'unparseable', 'malformed-row']) {
    const found = built.rows.reduce((sum, { reasons }) => sum + (reasons[rule] ?? 0), 0)
    expect(seen.rows[0]?.reasons[rule] ?? 0, rule).toBe(found)
  }
})

it('previews a catalogue beside a log', async () => {
  const titles = { name: 'titles', kind: 'title' as const, files: ['titles.csv'], columns: { title: { from: 'name' } } }
  await project.settings({ sources: [titles, watch] })
  await project.write('titles.csv', 'name\nDawn\nDawn\nNight\n')
  await project.write('watch_1.csv', `${header}${rows[0]}\n`)
  expect((await project.ask<{ rows: Ledger[] }>('preview')).rows).toMatchObject([
    { read: 3, accepted: 2, duplicates: 1 },
    { read: 1, accepted: 1 },
  ])
})
