import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { InputError } from './errors.ts'

/** Writes a file whole or not at all: a reader sees what was there before or all of `content`. */
export async function replaceFile(path: string, content: string | Uint8Array | AsyncIterable<string>): Promise<void> {
  const partial = `${path}.partial`
  try {
    await writeFile(partial, content)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

/** What Spark leaves in a folder that it has written. */
const sparkMark = '_SUCCESS'

/**
 * @throws InputError `not-a-file` where something lies at `path` that must not be written over: a device, a pipe, a folder; one that
 * Spark has written may be where `sparkFolder` says so.
 */
export async function requireReplaceable(path: string, { sparkFolder = false } = {}): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (!found || found.isFile()) return
  if (sparkFolder && found.isDirectory() && (await readdir(path)).includes(sparkMark)) return
  throw new InputError(
    { en: 'Only a file can be written over.', zh: '只能覆盖普通文件。' },
    {
      code: 'not-a-file',
      value: path,
      advice: { en: 'Name a new file, or one that may be replaced.', zh: '请指定新文件，或可以替换的文件。' },
    },
  )
}
