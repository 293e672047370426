import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { InputError } from '../errors.ts'

/** Locks that this process holds: after a kill, the next process of a container may have the id of the one before. */
const held = new Set<string>()

const pollMilliseconds = 200
const noLinks = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'])

/** What to do while another build runs: `onWait` is told its process once, `signal` ends the waiting. */
export interface Waiting {
  readonly signal: AbortSignal
  readonly onWait: (pid: number) => void
}

/**
 * Takes the project's build lock for this process and returns how to give it back. A lock whose process is gone is
 * taken over; with `waiting`, one that is held is waited for.
 * @throws InputError with the code `build-running` when another build holds it.
 */
export async function takeLock(path: string, waiting?: Waiting): Promise<() => Promise<void>> {
  let told = false
  for (;;) {
    const holder = held.has(path) ? process.pid : await claimHere(path)
    if (holder === undefined) break
    if (!waiting) {
      throw new InputError(
        { en: 'Another build of this project is running.', zh: '该项目正在进行另一次构建。' },
        {
          code: 'build-running',
          value: holder,
          file: path,
          advice: {
            en: `Wait for process ${holder} to end, or use \`marquee build --wait\`. If that process is no build, remove the file.`,
            zh: `请等进程 ${holder} 结束，或使用 \`marquee build --wait\`。若该进程不是构建，请删除此文件。`,
          },
        },
      )
    }
    if (!told) waiting.onWait(holder)
    told = true
    await sleep(pollMilliseconds, undefined, { signal: waiting.signal })
  }
  return async () => {
    await rm(path, { force: true })
    held.delete(path)
  }
}

/** As `claim`, for one caller of this process at a time. */
async function claimHere(path: string): Promise<number | undefined> {
  let isTaken = false
  held.add(path)
  try {
    const holder = await claim(path)
    isTaken = holder === undefined
    return holder
  } finally {
    if (!isTaken) held.delete(path)
  }
}

/** Takes the lock, or returns the process that holds it. */
async function claim(path: string): Promise<number | undefined> {
  await mkdir(dirname(path), { recursive: true })
  const own = `${path}.${process.pid}`
  try {
    await writeFile(own, String(process.pid))
    for (;;) {
      if (await linkOrWrite(own, path)) return undefined
      const holder = await holderOf(path)
      if (holder && holder !== process.pid && isRunning(holder)) return holder
      await removeStale(path, holder)
    }
  } finally {
    await rm(own, { force: true })
  }
}

/** A link appears with its content, so that no other process reads an empty lock; some disks have no links. */
async function linkOrWrite(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path).catch((error: NodeJS.ErrnoException) => {
      if (!noLinks.has(error.code ?? '')) throw error
      return writeFile(path, String(process.pid), { flag: 'wx' })
    })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

async function holderOf(path: string): Promise<number> {
  return Number(await readFile(path, 'utf8').catch(() => ''))
}

/** Moves a stale lock aside; one that another process has taken meanwhile is put back. */
async function removeStale(path: string, holder: number): Promise<void> {
  const aside = `${path}.${process.pid}.stale`
  try {
    await rename(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if ((await holderOf(aside)) !== holder) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Removes what is called `prefix` and a process id whose process is gone: what killed builds left behind. */
export async function removeLeftovers(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(prefix)) continue
    const pid = Number.parseInt(name.slice(prefix.length), 10)
    // Another user's folder cannot be removed, and need not be.
    if (pid > 0 && !isRunning(pid))
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined)
  }
}
