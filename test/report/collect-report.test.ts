import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeProject, type TestProject } from '../support/project.ts'

let project: TestProject
beforeEach(async () => {
  project = await makeProject()
})
afterEach(() => project.remove())

test('two episodes of a series and a film are two works', async () => {
  await project.settings({
    sources: [
      {
        name: 'plays',
        kind: 'viewing',
        files: ['plays.csv'],
        timeZone: 'UTC',
        columns: {
          viewer: { from: 'id' },
          title: { from: 'title' },
          watched_seconds: { from: 'minutes', unit: 'minutes' },
          started_at: { from: 'start' },
        },
      },
    ],
  })
  await project.write(
    'plays.csv',
    `id,title,minutes,start\nu1,Vale S1E1,40,2025-03-01 20:00:00\nu1,Vale S1E2,40,2025-03-02 20:00:00\nu2,Dawn,90,2025-03-02 20:00:00\n`,
  )
  await project.ask('build')
  await project.ask('report')
  const page = await readFile(join(project.folder, 'report.html'), 'utf8')
  expect(/Films and series watched<.*?class="value">(\d+)</.exec(page)?.[1]).toBe('2')
})
