import { appendFile, cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { z } from 'zod'
import { ensureKeys } from '../../src/privacy/keys.ts'
import type { projectSettings } from '../../src/project/settings.ts'
import { demoSettings, simulate } from '../../src/simulate/index.ts'
import { makeProject, type TestProject } from './project.ts'

/** Two projects with the same raw files, settings and key, one on each engine; nothing is built yet. */
export interface Twins {
  readonly embedded: TestProject
  readonly distributed: TestProject
  remove(): Promise<void>
}

/** Writes the raw files of a project; gives its settings. */
export type Sources = (project: TestProject) => Promise<z.input<typeof projectSettings>>

/** Twins of what `sources` writes, on the embedded engine and on the Spark at `address`. */
export async function makeTwins(address: string, sources: Sources): Promise<Twins> {
  const embedded = await makeProject()
  const distributed = await makeProject()
  const settings = await sources(embedded)
  await ensureKeys(embedded.folder)
  await cp(embedded.folder, distributed.folder, { recursive: true })
  await embedded.settings(settings)
  await distributed.write('marquee.yaml', stringify({ ...settings, engine: 'spark', spark: { address } }))
  return {
    embedded,
    distributed,
    remove: async () => {
      await embedded.remove()
      await distributed.remove()
    },
  }
}

/** Adds to a file of simulated reviews what three viewers say in the same words of the title of the first one. */
async function copyReview(path: string): Promise<void> {
  const [, first = ''] = (await readFile(path, 'utf8')).split('\n')
  const [, title] = first.split(',')
  const text =
    'The second act wanders off to the lighthouse and never quite finds its way back to the people we came to see'
  const lines = [1, 2, 3].map((viewer) => `u90${viewer},${title},4,${text},${viewer},2025-12-1${viewer}T08:00:00Z\n`)
  await appendFile(path, lines.join(''))
}

/** Simulated platforms and stations, of which two know one viewer by an id map. */
export const simulated =
  (size: { viewers: number; days: number }): Sources =>
  async ({ folder, write }) => {
    const summary = await simulate({ ...size, seed: 11, out: join(folder, 'raw'), catalogue: 'invented' })
    await copyReview(join(folder, 'raw/reviews/reviews.csv'))
    await write('people.csv', 'source,viewer,person\naurora,u1,p1\naurora,u2,p1\n')
    const reviews = { leaveOut: ['near-duplicate' as const, 'organised' as const] }
    return { ...demoSettings(summary, 'raw'), identities: 'people.csv', reviews }
  }
