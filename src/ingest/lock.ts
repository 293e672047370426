import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { InputError } from '../errors.ts'

/**
 * Takes the project's build lock for this process and returns how to give it back. A lock whose process is gone is
 * taken over.
 * @throws InputError with the code `build-running` when another build holds it.
 */
export async function takeLock(path: string): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true })
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = await open(path, 'wx')
      await handle.write(String(process.pid))
      await handle.close()
      return () => rm(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''))
    if (holder && holder !== process.pid && isRunning(holder)) {
      throw new InputError(
        { en: 'Another build of this project is running.', zh: '该项目正在进行另一次构建。' },
        {
          code: 'build-running',
          value: holder,
          advice: {
            en: `Wait for process ${holder} to end, then build again.`,
            zh: `请等进程 ${holder} 结束后再构建。`,
          },
        },
      )
    }
    await rm(path, { force: true })
  }
  throw new InputError(
    { en: 'The build lock cannot be taken.', zh: '无法取得构建锁。' },
    { code: 'build-running', file: path },
  )
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Removes the folders called `prefix` and a process id whose process is gone: what killed builds left behind. */
export async function removeLeftovers(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(prefix)) continue
    const pid = Number.parseInt(name.slice(prefix.length), 10)
    if (pid > 0 && !isRunning(pid)) await rm(join(folder, name), { recursive: true, force: true })
  }
}
