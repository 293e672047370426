import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** The files behind `path`, in their order: itself, or those that workers wrote into it. */
export async function writtenFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const names = await readdir(path)
  return names
    .filter((name) => name.startsWith('part-'))
    .sort()
    .map((name) => join(path, name))
}

/** What an export of text holds, as one file: with the header of CSV once. */
export async function writtenText(path: string, format: 'csv' | 'jsonl'): Promise<string> {
  const texts = await Promise.all((await writtenFiles(path)).map((file) => readFile(file, 'utf8')))
  const [first = '', ...others] = texts
  const header = format === 'csv' ? /^[^\n]*\n/ : /^/
  return [first, ...others.map((text) => text.replace(header, ''))].join('')
}
