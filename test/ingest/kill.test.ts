import { spawn } from 'node:child_process'
import { chmod, cp, readdir, readFile, rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { Random } from '../../src/kernels/random.ts'
import { demoSettings, simulate } from '../../src/simulate/index.ts'
import { type TableName, tables } from '../../src/warehouse/schema.ts'
import { makeProject, type TestProject } from '../support/project.ts'

const kills = 10
/** Lines that a build of the simulated project says: one a stage, one for the file that has changed. */
const steps = 6
const main = new URL('../../src/cli/main.ts', import.meta.url).pathname

const killed: number[] = []
let project: TestProject
let undisturbed: TestProject
beforeAll(async () => {
  project = await makeProject()
  const summary = await simulate({
    viewers: 300,
    days: 9,
    seed: 5,
    out: join(project.folder, 'raw'),
    catalogue: 'invented',
  })
  await project.write('marquee.yaml', stringify(demoSettings(summary, 'raw')))
  await project.ask('build')
  undisturbed = await makeProject()
  await cp(project.folder, undisturbed.folder, { recursive: true })
  await chmod(join(undisturbed.folder, 'marquee.key'), 0o600)
})
afterAll(async () => {
  await project.remove()
  await undisturbed.remove()
})

/** Gives one file of each project another name, so that a build has something to do. */
async function change(round: number): Promise<void> {
  for (const { folder, write } of [project, undisturbed]) {
    const watch = join(folder, 'raw', 'aurora')
    const [name = ''] = await readdir(watch)
    await rename(join(watch, name), join(watch, `watch_${round}.csv`))
    const settings = await readFile(join(folder, 'marquee.yaml'), 'utf8')
    await write('marquee.yaml', settings.replace(/raw\/aurora\/\w+\.csv/, `raw/aurora/watch_${round}.csv`))
  }
}

/** Starts a build and kills it `delay` milliseconds after it has said `lines` lines; tells whether it had ended by itself. */
function killedBuild(folder: string, lines: number, delay: number): Promise<boolean> {
  const child = spawn(process.execPath, [main, 'build', '--project', folder], { stdio: ['ignore', 'ignore', 'pipe'] })
  killed.push(child.pid ?? 0)
  let said = 0
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString().split('\n').length - 1
    if (said >= lines) setTimeout(() => child.kill('SIGKILL'), delay)
  })
  return new Promise((resolve) => child.on('close', (code) => resolve(code === 0)))
}

const totals = async () =>
  (
    await project.ask<{ rows: unknown[] }>(
      'query',
      'SELECT count(*) AS plays, round(sum(watched_seconds), 3) AS seconds FROM viewing',
    )
  ).rows

async function exportsOf({ folder, ask }: TestProject): Promise<Record<string, string>> {
  const texts: Record<string, string> = {}
  for (const table of Object.keys(tables) as TableName[]) {
    const file = join(folder, `${table}.jsonl`)
    await ask('export', table, '--format', 'jsonl', '--out', file)
    texts[table] = await readFile(file, 'utf8')
  }
  return texts
}

it('survives being killed at any moment', { timeout: 300_000 }, async () => {
  const random = new Random(11)
  let interrupted = 0
  for (let round = 1; round <= kills; round++) {
    await change(round)
    const before = await totals()
    const ended = await killedBuild(project.folder, 1 + random.integer(steps), 100 * random.uniform())
    if (!ended) interrupted++
    const after = await totals()
    expect(after, `after kill ${round}`).toEqual(before)
  }
  expect(interrupted).toBeGreaterThan(kills / 2)
  await project.ask('build')
  await undisturbed.ask('build')
  expect(await exportsOf(project)).toEqual(await exportsOf(undisturbed))
  const left = await readdir(join(project.folder, '.marquee'), { recursive: true })
  const copies = await readdir(tmpdir())
  expect(copies.filter((name) => killed.some((pid) => name.startsWith(`marquee-build-${pid}-`)))).toEqual([])
  expect(left.filter((name) => name.includes('.partial') || name.startsWith('spill-'))).toEqual([])
})
