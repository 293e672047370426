import { basename, join } from 'node:path'
import type { Layout } from '../project/layout.ts'
import type { Manifest } from '../warehouse/version.ts'
import { type Part, partFiles } from './part.ts'

/** What a manifest tells of the parts that tables of facts are read from. */
export function factsOf(layout: Layout, parts: readonly Part[]): Manifest['facts'] {
  const facts: Manifest['facts'] = {}
  for (const part of parts) {
    if (part.kind === 'title' || part.kind === 'credit') continue
    facts[part.kind] = [
      ...(facts[part.kind] ?? []),
      {
        id: part.id,
        key: part.key,
        path: join('parts', basename(partFiles(layout, part.id).rows)),
        source: part.source,
        file: part.file,
        lineBase: part.lineBase,
        columns: [...part.columns],
      },
    ]
  }
  return facts
}
