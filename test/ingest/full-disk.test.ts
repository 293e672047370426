import { spawn, spawnSync } from 'node:child_process'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { layoutOf } from '../../src/project/layout.ts'
import { collect, main } from '../support/command.ts'
import { makeProject, type TestProject } from '../support/project.ts'

const header = 'user_id,title,minutes_watched,started_at,note\n'
const plays = (count: number, minutes: number, note = 0) =>
  Array.from(
    { length: count },
    (_, n) => `u${(n * 7919) % 1e6},T${n % 50},${minutes},2024-01-05 10:00:00,${'x'.repeat(note)}\n`,
  ).join('')
/** Each fills the disk at another place: the rows that are taken, those that are kept out. */
const larger = [
  ['rows', header + plays(25_000, 30)],
  ['quarantine', header + plays(800, -1, 400)],
] as const

let project: TestProject
let home: string
beforeEach(async () => {
  project = await makeProject()
  home = layoutOf(project.folder).home
})
afterEach(() => project.remove())

const inHome = async () => (await readdir(home, { recursive: true })).sort()

/** Publishes a few rows, adds more than there is room for, and sees that nothing of it stays until there is room. */
async function runOutOfRoom(
  text: string,
  build: () => Promise<{ code: number | null; err: string }>,
  makeRoom: () => void,
) {
  const add = (file: string) =>
    project.ask('add', join(project.folder, file), '--source', 'log', '--time-zone', 'UTC', '--kind', 'viewing')
  await project.ask('init', project.folder)
  await project.write('small.csv', header + plays(3, 30))
  await add('small.csv')
  await project.ask('build')
  const before = await inHome()
  await project.write('large.csv', text)
  await add('large.csv')

  const { code, err } = await build()
  expect(err).toContain('[disk-full]')
  expect(err).toContain('Free some space')
  expect(err).not.toMatch(/COPY|\n\s+at .*:\d+:\d+/)
  expect(code).toBe(3)
  expect(await inHome()).toEqual(before)
  expect(await project.ask('query', 'SELECT count(*) AS n FROM viewing')).toMatchObject({ rows: [{ n: 3 }] })

  makeRoom()
  expect(await project.ask('build')).toMatchObject({ version: 2, identityHolds: true, filesRead: 1, filesKept: 1 })
}

describe.runIf(process.platform === 'linux')('a full disk', () => {
  it.each(larger)('that a limit on the size of files stands for: %s', async (_, text) => {
    const command = [process.execPath, main, 'build', '--project', project.folder]
    const limited = ['-c', 'ulimit -f 100; exec "$@"', 'bash', ...command]
    const build = () => collect(spawn('bash', limited, { stdio: ['ignore', 'pipe', 'pipe'] }))
    await runOutOfRoom(text, build, () => {})
  })

  it.runIf(process.getuid?.() === 0)('of its own', async () => {
    await mkdir(home)
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=250k', 'tmpfs', home]).status !== 0) return
    try {
      const makeRoom = () => spawnSync('mount', ['-o', 'remount,size=50m', home])
      await runOutOfRoom(larger[0][1], () => project.run('build'), makeRoom)
    } finally {
      spawnSync('umount', [home])
    }
  })
})
