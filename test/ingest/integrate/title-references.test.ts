import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DuckdbEngine } from '../../../src/engine/duckdb.ts'
import { sql } from '../../../src/engine/sql.ts'
import { referenceBatches } from '../../../src/ingest/integrate/title-references.ts'
import type { Part } from '../../../src/ingest/part.ts'
import { layoutOf } from '../../../src/project/layout.ts'
import { loadSettings } from '../../../src/project/load-settings.ts'
import { makeProject, type TestProject } from '../../support/project.ts'

let project: TestProject
beforeEach(async () => {
  project = await makeProject()
})
afterEach(() => project.remove())

const catalogue = [
  '1,The Crimson Lantern,1999',
  '2,Silent Harbor,2001',
  '3,Broken Compass,2002',
  '4,Golden Orchard,2003',
  '5,Distant Signal,2004',
  '6,Electric Tiger,2005',
  '7,SILENT HARBOR,2011',
]

it('matches first what more than one source may mean, then the other entries of a large catalogue', async () => {
  await project.write('catalogue.csv', `id,title,year\n${catalogue.join('\n')}\n`)
  await project.write('plays.csv', 'viewer,title,minutes,start\nv,Crimsom Lantern,20,2025-03-01 20:00:00\n')
  await project.write('scores.csv', 'viewer,id,score\nv,3,8\n')
  await project.settings({
    sources: [
      {
        name: 'catalogue',
        kind: 'title',
        files: ['catalogue.csv'],
        columns: { title_id: { from: 'id' }, title: { from: 'title' }, year: { from: 'year' } },
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
      {
        name: 'scores',
        kind: 'rating',
        files: ['scores.csv'],
        titleIds: 'catalogue',
        columns: { viewer: { from: 'viewer' }, title_id: { from: 'id' }, rating: { from: 'score' } },
      },
    ],
    titles: { accept: 0.9 },
  })
  await project.ask('build')

  const layout = layoutOf(project.folder)
  const descriptions = (await readdir(layout.parts)).filter((name) => name.endsWith('.json'))
  const parts = await Promise.all(
    descriptions.map(async (name) => JSON.parse(await readFile(join(layout.parts, name), 'utf8')) as Part),
  )
  const engine = await DuckdbEngine.open()
  await engine.execute(sql`CREATE TEMPORARY TABLE catalogue AS SELECT CAST(NULL AS BIGINT) AS title_ref, NULL AS title_type, NULL AS series,
    NULL AS original_title, NULL AS runtime_seconds, NULL AS directors, NULL AS actors, NULL AS release_date, NULL AS rank WHERE false`)
  const input = {
    engine,
    layout,
    settings: await loadSettings(layout.settings),
    parts,
    decisions: [{ action: 'reject', left: 'catalogue#6', right: 'plays:Crimsom Lantern' }] as const,
    scratch: project.folder,
  }
  const namesOf = async (whole: number) => {
    const batches = []
    for await (const batch of referenceBatches(input, { whole, batch: 2 })) {
      batches.push(batch.map(({ name, externalId }) => name ?? externalId).sort())
    }
    return batches
  }
  try {
    expect(await namesOf(7)).toHaveLength(1)
    const [first, ...others] = await namesOf(6)
    expect(first).toEqual(['3', 'Broken Compass', 'Crimsom Lantern', 'Electric Tiger', 'The Crimson Lantern'])
    expect(others.flat().sort()).toEqual(['Distant Signal', 'Golden Orchard', 'SILENT HARBOR', 'Silent Harbor'])
    expect(others.filter((names) => names.some((name) => /silent harbor/i.test(name ?? '')))).toHaveLength(1)
  } finally {
    engine.close()
  }
})
