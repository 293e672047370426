import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stringify } from 'yaml'
import type { z } from 'zod'
import { run } from '../../src/cli/run.ts'
import type { projectSettings } from '../../src/project/settings.ts'

/** A project folder of its own for a test. */
export interface TestProject {
  readonly folder: string
  write(file: string, content: string | Buffer): Promise<void>
  settings(settings: z.input<typeof projectSettings>): Promise<void>
  /** Runs a command with `--json` in the project; throws unless it ends with the exit code 0. */
  ask<T = Record<string, unknown>>(...words: string[]): Promise<T>
  run(...words: string[]): Promise<{ code: number; out: string; err: string }>
  remove(): Promise<void>
}

export async function makeProject(): Promise<TestProject> {
  const folder = await mkdtemp(join(tmpdir(), 'marquee-test-'))
  const runIn = async (...words: string[]) => {
    let out = ''
    let err = ''
    const code = await run([...words, '--project', folder], {
      out: { write: (text: string) => (out += text) },
      err: { write: (text: string) => (err += text) },
      environment: {},
      folder,
    })
    return { code, out, err }
  }
  const project: TestProject = {
    folder,
    async write(file, content) {
      const path = join(folder, file)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, content)
    },
    settings: (settings) => project.write('marquee.yaml', stringify(settings)),
    run: runIn,
    async ask<T>(...words: string[]) {
      const { code, out, err } = await runIn(...words, '--json')
      if (code !== 0) throw new Error(`exit ${code}: ${err}`)
      return JSON.parse(out) as T
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
  return project
}
