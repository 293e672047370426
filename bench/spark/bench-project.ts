import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { ensureKeys } from '../../src/privacy/keys.ts'
import { demoSettings } from '../../src/simulate/index.ts'
import { type Measured, measureMarquee } from '../measure.ts'
import type { RawData } from './raw-data.ts'

/** What all systems may use of this machine: threads of DuckDB, cores of Spark. */
export const cores = 2

/** Makes projects that differ in nothing but where they are built: the raw files, the key and all other settings are the same. */
export class BenchProjects {
  readonly #folder: string
  #made = 0

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async in(folder: string): Promise<BenchProjects> {
    await mkdir(join(folder, 'key'), { recursive: true })
    await ensureKeys(join(folder, 'key'))
    return new BenchProjects(folder)
  }

  /** A new project, built on the Spark at `address` or, without one, on DuckDB; the paths of all projects are equally long. */
  async make(raw: RawData, address?: string): Promise<string> {
    this.#made += 1
    const folder = join(this.#folder, `project-${String(this.#made).padStart(3, '0')}`)
    await mkdir(folder)
    await symlink(raw.folder, join(folder, 'raw'))
    await cp(join(this.#folder, 'key/marquee.key'), join(folder, 'marquee.key'))
    const engine = address === undefined ? { threads: cores } : { engine: 'spark' as const, spark: { address } }
    await writeFile(join(folder, 'marquee.yaml'), stringify({ ...demoSettings(raw.summary, 'raw'), ...engine }))
    return folder
  }
}

/** The rows that a build read and what became of them. */
export interface Totals {
  readonly read: number
  readonly accepted: number
  readonly duplicates: number
  readonly quarantined: number
}

export interface Build extends Measured {
  readonly totals: Totals
}

/** Builds a project by a process of its own; throws where a row is lost. */
export async function measureBuild(project: string): Promise<Build> {
  const measured = await measureMarquee(project, 'build')
  const { totals } = JSON.parse(measured.out) as { totals: Totals }
  const { read, accepted, duplicates, quarantined } = totals
  if (read !== accepted + duplicates + quarantined) throw new Error(`Rows are lost: ${JSON.stringify(totals)}`)
  return { ...measured, totals }
}
