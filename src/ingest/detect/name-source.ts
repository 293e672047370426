import { basename, isAbsolute, relative, sep } from 'node:path'

/** A name for the source of a file: its own, without endings. */
export function nameSource(path: string): string {
  const stem = basename(path).replace(/(\.(csv|tsv|txt|dat|json|jsonl|ndjson|parquet|log|gz|zst))+$/i, '')
  const name = stem.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '')
  return name === '' ? 'source' : name
}

/** `path` as the settings of the project in `folder` say it. */
export function locateFile(path: string, folder: string): string {
  const inside = relative(folder, path)
  const isInside = inside !== '' && !inside.startsWith('..') && !isAbsolute(inside)
  return (isAbsolute(path) && isInside ? inside : path).split(sep).join('/')
}
