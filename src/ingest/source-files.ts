import { stat } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import { glob } from 'tinyglobby'
import { InputError } from '../errors.ts'
import type { SourceSettings } from '../project/settings.ts'
import type { SourceFile } from './part.ts'

/** A file's name as people and tables see it: relative to the project with `/`, also where it lies outside. */
export function displayName(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/')
}

/**
 * The files of all sources, in order of precedence: sources as listed, files by name.
 * @throws InputError for a path or glob that matches nothing.
 */
export async function listSourceFiles(folder: string, sources: readonly SourceSettings[]): Promise<SourceFile[]> {
  const found: SourceFile[] = []
  for (const source of sources) {
    for (const pattern of source.files) {
      const absolute = resolve(folder, pattern)
      const paths = (await isFile(absolute)) ? [absolute] : await expand(folder, pattern)
      if (paths.length === 0) {
        throw new InputError(
          { en: `A file of the source ${source.name} is not there.`, zh: `来源 ${source.name} 的文件不存在。` },
          {
            code: 'file-missing',
            value: pattern,
            file: displayName(folder, absolute),
            advice: {
              en: 'Put the file back, or take it out of `files` in marquee.yaml.',
              zh: '请放回该文件，或将其从 marquee.yaml 的 `files` 中删去。',
            },
          },
        )
      }
      found.push(...paths.map((path) => ({ source, path, file: displayName(folder, path) })))
    }
  }
  return found
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

async function expand(folder: string, pattern: string): Promise<string[]> {
  const found = await glob(pattern.replaceAll(sep, '/'), { cwd: folder, absolute: true, expandDirectories: false })
  return found.map((path) => resolve(path)).sort()
}
