import { readdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Layout } from '../project/layout.ts'
import type { PartLedger } from '../quality/ledger.ts'
import { derivedColumns } from '../warehouse/schema.ts'
import { derivedPaths, readManifests } from '../warehouse/version.ts'
import type { Part } from './part.ts'

const partOf = (name: string): string => name.replace(/[.-].*$/, '')
const isDerived = (name: string): boolean => (name.split('.', 2)[1] as string) in derivedColumns
const list = (folder: string): Promise<string[]> => readdir(folder).catch(() => [])

/** Removes what a build left half done: half-written files, parts without a description, versions never published. */
export async function removeRemains(layout: Layout): Promise<void> {
  const remove = (folder: string, name: string) => rm(join(folder, name), { recursive: true, force: true })
  for (const name of await list(layout.home)) if (name.endsWith('.partial')) await remove(layout.home, name)
  const parts = await list(layout.parts)
  const whole = new Set(parts.filter((name) => name.endsWith('.json')).map(partOf))
  for (const folder of [layout.parts, layout.quarantine]) {
    for (const name of await list(folder))
      if (name.endsWith('.partial') || !whole.has(partOf(name))) await remove(folder, name)
  }
  const published = await publishedNumber(layout.current)
  if (published === undefined) return
  for (const name of await list(layout.versions)) if (Number(name) > published) await remove(layout.versions, name)
}

/** The published version, 0 before the first; undefined where that cannot be told. */
async function publishedNumber(current: string): Promise<number | undefined> {
  try {
    const number = Number((await readFile(current, 'utf8')).trim())
    return Number.isSafeInteger(number) && number > 0 ? number : undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 0 : undefined
  }
}

/** Removes parts, what was made of them and quarantine files that neither the published version nor the one before it needs. */
export async function removeUnused(
  layout: Layout,
  parts: readonly Part[],
  ledgers: readonly PartLedger[],
): Promise<void> {
  const kept = new Set(parts.map(({ id }) => id))
  const derived = new Set<string>()
  for (const manifest of await readManifests(layout.versions)) {
    for (const { id } of Object.values(manifest.facts).flat()) kept.add(id)
    for (const path of derivedPaths(manifest)) derived.add(basename(path))
  }
  for (const name of await list(layout.parts))
    if (!kept.has(partOf(name)) || (isDerived(name) && !derived.has(name)))
      await rm(join(layout.parts, name), { recursive: true, force: true })
  const sealed = new Set(ledgers.flatMap(({ quarantineIds }) => quarantineIds))
  for (const name of await list(layout.quarantine))
    if (!sealed.has(basename(name, '.sealed'))) await rm(join(layout.quarantine, name), { force: true })
}
