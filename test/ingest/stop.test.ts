import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeLock } from '../../src/ingest/lock.ts'
import { layoutOf } from '../../src/project/layout.ts'
import { start } from '../support/command.ts'
import { makeProject, type TestProject } from '../support/project.ts'

const header = 'user_id,title,minutes_watched,started_at\n'
const plays = (count: number, minutes: number) =>
  Array.from({ length: count }, (_, n) => `u${n},T${n % 50},${minutes},2024-01-05 10:00:00\n`).join('')

let project: TestProject
beforeAll(async () => {
  project = await makeProject()
  await project.ask('init', project.folder)
  await project.write('log-1.csv', header + plays(3, 30))
  await project.ask('add', join(project.folder, 'log-1.csv'), '--time-zone', 'UTC', '--source', 'log')
  await project.ask('build')
})
afterAll(() => project.remove())

const inHome = async () => (await readdir(layoutOf(project.folder).home, { recursive: true })).sort()
const counted = async () => (await project.ask<{ rows: unknown[] }>('query', 'SELECT count(*) AS n FROM viewing')).rows
const scratch = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('marquee-build-'))

describe('Ctrl-C', () => {
  beforeAll(async () => {
    const packed = gzipSync(header + plays(120_000, -1), { level: constants.Z_NO_COMPRESSION })
    await project.write('log-2.csv.gz', packed)
    await project.ask('add', join(project.folder, 'log-2.csv.gz'), '--time-zone', 'UTC')
  })

  it.each([
    ['SIGINT', 0, 'Looking at the raw files'],
    ['SIGINT', 150, 'Looking at the raw files'],
    ['SIGTERM', 300, 'Looking at the raw files'],
    ['SIGINT', 0, 'Reading log-2.csv.gz'],
    ['SIGINT', 400, 'Reading log-2.csv.gz'],
    ['SIGTERM', 300, 'Reading log-2.csv.gz'],
  ] as const)('%s %i ms after "%s" leaves nothing behind', async (signal, delay, step) => {
    const before = await inHome()
    let isSent = false
    let pid = 0
    const ended = await start(['build', '--project', project.folder], (err, child) => {
      if (isSent || !err.includes(step)) return
      isSent = true
      pid = child.pid ?? 0
      setTimeout(() => child.kill(signal), delay)
    })
    expect(ended).toMatchObject({ code: 130, out: '' })
    expect(ended.err).toContain('Stopped. Nothing was published.')
    expect(await inHome()).toEqual(before)
    expect((await scratch()).filter((name) => name.startsWith(`marquee-build-${pid}-`))).toEqual([])
    expect(await counted()).toEqual([{ n: 3 }])
  })

  it('is made up for by the next build', async () => {
    expect(await project.ask('build')).toMatchObject({
      version: 2,
      identityHolds: true,
      totals: { read: 120_003, accepted: 3, quarantined: 120_000 },
    })
  })
})

describe('two builds at once', () => {
  it('the second says so and changes nothing', async () => {
    const release = await takeLock(layoutOf(project.folder).lock)
    const before = await inHome()
    const { code, err } = await start(['build', '--project', project.folder])
    await release()
    expect(code).toBe(2)
    expect(err).toContain('[build-running]')
    expect(err).toContain(`Wait for process ${process.pid} to end, or use \`marquee build --wait\``)
    expect(before.filter((name) => name !== 'lock')).toEqual(await inHome())
  })

  it('the second waits where it is told to', async () => {
    const release = await takeLock(layoutOf(project.folder).lock)
    let isReleased = false
    const { code, err } = await start(['build', '--wait', '--project', project.folder], (said) => {
      if (isReleased || !said.includes(`Waiting for the build of process ${process.pid}`)) return
      isReleased = true
      void release()
    })
    expect(err).toContain('Looking at the raw files')
    expect(code).toBe(0)
  })

  it('started together, one builds and the other one refuses or finds it done', async () => {
    await project.write('log-1.csv', header + plays(5, 30))
    const ended = await Promise.all([1, 2].map(() => start(['build', '--json', '--project', project.folder])))
    expect(ended.map(({ code }) => code).filter((code) => code !== 0 && code !== 2)).toEqual([])
    expect(ended.some(({ code }) => code === 0)).toBe(true)
    expect(await counted()).toEqual([{ n: 5 }])
    expect((await inHome()).filter((name) => /lock|partial|spill/.test(name))).toEqual([])
  })
})
