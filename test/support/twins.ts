import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { ensureKeys } from '../../src/privacy/keys.ts'
import { demoSettings, simulate } from '../../src/simulate/index.ts'
import { makeProject, type TestProject } from './project.ts'

/** Two projects with the same raw files, settings and key, one on each engine; nothing is built yet. */
export interface Twins {
  readonly embedded: TestProject
  readonly distributed: TestProject
  remove(): Promise<void>
}

export async function makeTwins(address: string, size: { viewers: number; days: number }): Promise<Twins> {
  const embedded = await makeProject()
  const distributed = await makeProject()
  const out = join(embedded.folder, 'raw')
  const summary = await simulate({ ...size, seed: 11, out, catalogue: 'invented' })
  const settings = { ...demoSettings(summary, 'raw'), identities: 'people.csv' }
  await embedded.write('people.csv', 'source,viewer,person\naurora,u1,p1\naurora,u2,p1\n')
  await embedded.write('marquee.yaml', stringify(settings))
  await ensureKeys(embedded.folder)
  for (const name of ['raw', 'people.csv', 'marquee.key'])
    await cp(join(embedded.folder, name), join(distributed.folder, name), { recursive: true })
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
