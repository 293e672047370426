import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { removeLeftovers, takeLock } from '../../src/ingest/lock.ts'

let folder: string
let lock: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marquee-lock-'))
  lock = join(folder, 'home', 'lock')
})
afterEach(() => rm(folder, { recursive: true }))

const endedProcess = () => spawnSync(process.execPath, ['--eval', '']).pid

describe('the build lock', () => {
  it('is held by one, named to the others, and leaves nothing when it is given back', async () => {
    const release = await takeLock(lock)
    await expect(takeLock(lock)).rejects.toMatchObject({ code: 'build-running', value: process.pid, file: lock })
    await release()
    expect(await readdir(join(folder, 'home'))).toEqual([])
    await (await takeLock(lock))()
  })

  it('goes to one of many who ask at once', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => takeLock(lock)))
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await readdir(join(folder, 'home'))).toEqual(['lock'])
  })

  it.each([
    ['a process that is gone', () => String(endedProcess())],
    ['a process before us with our id, as in a container', () => String(process.pid)],
    ['nobody', () => ''],
  ])('is taken over from %s', async (_, content) => {
    await mkdir(join(folder, 'home'))
    await writeFile(lock, content())
    const release = await takeLock(lock)
    await expect(takeLock(lock)).rejects.toMatchObject({ code: 'build-running' })
    await release()
    expect(await readdir(join(folder, 'home'))).toEqual([])
  })

  it('is waited for, until it is free or the waiting is stopped', async () => {
    const release = await takeLock(lock)
    const stop = new AbortController()
    const stopped = takeLock(lock, { signal: stop.signal, onWait: () => stop.abort() })
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
    const told: number[] = []
    const waiting = takeLock(lock, {
      signal: new AbortController().signal,
      onWait: (pid) => {
        told.push(pid)
        void release()
      },
    })
    await (await waiting)()
    expect(told).toEqual([process.pid])
  })
})

it('removes folders of processes that are gone, and no others', async () => {
  const gone = endedProcess()
  const names = [`spill-${gone}`, `spill-${gone}-x1`, `spill-${process.pid}`, `other-${gone}`, 'spill-none']
  for (const name of names) await mkdir(join(folder, name))
  await removeLeftovers(folder, 'spill-')
  expect((await readdir(folder)).sort()).toEqual([`other-${gone}`, `spill-${process.pid}`, 'spill-none'].sort())
})
