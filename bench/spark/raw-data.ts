import { existsSync } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type SimulationSummary, simulate } from '../../src/simulate/index.ts'

/** Simulated raw files. */
export interface RawData {
  readonly folder: string
  readonly summary: SimulationSummary
}

const days = 30
const seed = 1
const sampleViewers = 500

/** Raw files of few viewers, in `folder`: for builds that warm a server, and to know how many plays a viewer makes. */
export function makeSample(folder: string): Promise<RawData> {
  return make(join(folder, 'sample'), sampleViewers)
}

/** Raw files with about as many plays as `rows`, in `folder`; those that an earlier run left there are used again. */
export function makeRawData(folder: string, rows: number, sample: RawData): Promise<RawData> {
  const viewers = Math.max(1, Math.round((rows * sampleViewers) / sample.summary.plays))
  return make(join(folder, `rows-${rows}`), viewers)
}

async function make(folder: string, viewers: number): Promise<RawData> {
  if (!existsSync(folder)) {
    const partial = `${folder}.partial`
    await rm(partial, { recursive: true, force: true })
    await simulate({ viewers, days, seed, out: partial, catalogue: 'invented' })
    await rename(partial, folder)
  }
  const text = await readFile(join(folder, 'truth/summary.json'), 'utf8')
  return { folder, summary: JSON.parse(text) as SimulationSummary }
}
