import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeProject, type TestProject } from '../support/project.ts'

let project: TestProject
beforeEach(async () => {
  project = await makeProject()
})
afterEach(() => project.remove())

it('takes mended rows back in and leaves the others quarantined', async () => {
  await project.settings({
    sources: [
      {
        name: 'plays',
        kind: 'viewing',
        files: ['plays.csv'],
        timeZone: 'UTC',
        format: { delimiter: ';', encoding: 'gb18030' },
        columns: {
          viewer: { from: 'viewer' },
          title: { from: 'title' },
          watched_seconds: { from: 'minutes', unit: 'minutes' },
          started_at: { from: 'start' },
        },
      },
    ],
  })
  await project.write(
    'plays.csv',
    'viewer;title;minutes;start\n=v1;"Dawn; again";x;2024-01-01 10:00:00\nv2;Dusk;-5;2024-01-01 11:00:00\nv1;Dusk;30;2024-01-02 10:00:00\n',
  )
  expect(await project.ask('build')).toMatchObject({ totals: { read: 3, accepted: 1, quarantined: 2 } })
  const exported = join(project.folder, 'mended.csv')
  await project.ask('quarantine', 'export', exported)
  const [header, first] = (await readFile(exported, 'utf8')).split('\n')
  await writeFile(exported, `${header}\n${first?.replace(';x;', ';12;')}\n`)
  expect(await project.ask('quarantine', 'replay', exported)).toMatchObject({
    rows: [{ source: 'plays', replayed: 1 }],
  })
  expect(await project.ask('build')).toMatchObject({
    identityHolds: true,
    totals: { read: 4, accepted: 2, quarantined: 2 },
  })
  const { rows } = await project.ask<{ rows: unknown[] }>(
    'query',
    'SELECT t.name, v.watched_seconds FROM viewing v JOIN title t USING (title_id) ORDER BY started_at',
  )
  expect(rows).toEqual([
    { name: 'Dawn; again', watched_seconds: 720 },
    { name: 'Dusk', watched_seconds: 1800 },
  ])
})

it('refuses a file that is no export, and a row that does not fit', async () => {
  await project.settings({
    sources: [
      {
        name: 'plays',
        kind: 'viewing',
        files: ['plays.csv'],
        timeZone: 'UTC',
        columns: {
          viewer: { from: 'v' },
          title: { from: 't' },
          watched_seconds: { from: 's', unit: 'seconds' },
          started_at: { from: 'at' },
        },
      },
    ],
  })
  await project.write('plays.csv', 'v,t,s,at\na,Dawn,0,2024-01-01 10:00:00\n')
  await project.ask('build')
  await project.write('other.csv', 'a,b\n1,2\n')
  expect((await project.run('quarantine', 'replay', join(project.folder, 'other.csv'))).err).toContain('not-an-export')
  await project.write('short.csv', 'file,raw\nplays.csv,"a,Dawn"\n')
  const short = await project.run('quarantine', 'replay', join(project.folder, 'short.csv'))
  expect(short.code).toBe(2)
  expect(short.err).toContain('short.csv:2')
})
