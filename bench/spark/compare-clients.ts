import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { measure } from '../measure.ts'
import { type BenchProjects, measureBuild } from './bench-project.ts'
import { profileCalls } from './profile-calls.ts'
import type { RawData } from './raw-data.ts'
import { recordBuild } from './record-build.ts'

const target = 1.3
const replay = new URL('replay.py', import.meta.url).pathname

interface Comparison {
  readonly projects: BenchProjects
  readonly raw: RawData
  readonly address: string
  readonly python: string
  /** For the recording. */
  readonly folder: string
}

/**
 * Builds by Marquee against the same statements sent by pyspark, to a server that is warm: recorded in one build, then pyspark,
 * Marquee, Marquee, pyspark. Marquee's time is that of the whole process; pyspark's begins when it opens its session, with all
 * requests made, and has none of the work on raw files and titles that Marquee does itself.
 */
export async function compareClients({ projects, raw, address, python, folder }: Comparison): Promise<void> {
  await mkdir(folder, { recursive: true })
  const copies = join(folder, 'copies')
  const file = join(folder, 'recording.json')
  const recorded = await projects.make(raw, address)
  const recording = await recordBuild(recorded, copies)
  await writeFile(file, JSON.stringify(recording))
  await rm(recorded, { recursive: true })

  const ofMarquee: number[] = []
  const ofPyspark: number[] = []
  const marquee = async () => {
    const project = await projects.make(raw, address)
    ofMarquee.push((await measureBuild(project)).seconds)
    await rm(project, { recursive: true })
  }
  const pyspark = async () => {
    const project = await projects.make(raw, address)
    await cp(copies, project, { recursive: true })
    const { out } = await measure(python, replay, address, file, project)
    const { seconds, calls } = JSON.parse(out) as { seconds: number; calls: number[] }
    ofPyspark.push(seconds)
    await rm(project, { recursive: true })
    return calls
  }
  await pyspark()
  await marquee()
  await marquee()
  const calls = await pyspark()
  await rm(folder, { recursive: true })

  const all = (seconds: readonly number[]) => seconds.reduce((sum, each) => sum + each, 0)
  const ratio = all(ofMarquee) / all(ofPyspark)
  const shown = (seconds: readonly number[]) => seconds.map((each) => `${each.toFixed(2)} s`).join(', ')
  console.log(
    `  the same ${recording.calls.length} calls on a warm server: Marquee, the whole build ${shown(ofMarquee)};`,
  )
  console.log(`  pyspark, the calls alone ${shown(ofPyspark)}; ratio ${ratio.toFixed(2)}, at most ${target} wanted`)
  console.log(profileCalls(recording, calls).replaceAll(/^/gm, '  '))
  if (ratio > target) process.exitCode = 1
}
