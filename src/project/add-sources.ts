import { readFile } from 'node:fs/promises'
import { isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml'
import type { z } from 'zod'
import { replaceFile } from '../replace-file.ts'
import { parseSettings } from './load-settings.ts'
import type { sourceSettings } from './settings.ts'

export type SourceDraft = z.input<typeof sourceSettings>

export interface SourceAddition {
  readonly source: SourceDraft
  /** Why each field is mapped as it is; written beside it as a comment. */
  readonly reasons: Readonly<Record<string, string>>
}

/**
 * Writes sources into `marquee.yaml`, leaving everything else in it, comments too, as it is. A source that is there
 * already with the same name and kind gets the further files, headers to read past and texts for a missing value.
 * @throws InputError when the file would not be valid afterwards; it is left alone then.
 */
export async function addSources(path: string, additions: readonly SourceAddition[]): Promise<void> {
  const document = parseDocument(await readFile(path, 'utf8'))
  if (!document.has('sources') || document.get('sources') === null) document.set('sources', document.createNode([]))
  for (const { source, reasons } of additions) {
    const present = (document.toJS() as { sources: SourceDraft[] }).sources.findIndex(
      ({ name, kind }) => name === source.name && kind === source.kind,
    )
    if (present >= 0) {
      const lists: [string[], readonly string[] | undefined][] = [
        [['files'], source.files],
        [['ignore'], source.ignore],
        [['format', 'missing'], source.format?.missing],
      ]
      for (const [key, items = []] of lists) {
        const path = ['sources', present, ...key]
        if (!document.hasIn(path)) document.setIn(path, document.createNode([]))
        const list = document.getIn(path)
        const listed: unknown = isSeq(list) ? list.toJSON() : []
        for (const item of items) if (Array.isArray(listed) && !listed.includes(item)) document.addIn(path, item)
      }
      continue
    }
    const node = document.createNode(source) as YAMLMap
    const columns = node.get('columns')
    if (isMap(columns)) {
      for (const { key, value } of columns.items) {
        const reason = isScalar(key) ? reasons[String(key.value)] : undefined
        if (reason && isMap(value)) {
          value.flow = true
          value.comment = ` ${reason}`
        }
      }
    }
    const sources = document.get('sources')
    if (sources && typeof sources === 'object' && 'flow' in sources) sources.flow = false
    document.addIn(['sources'], node)
  }
  const text = document.toString({ lineWidth: 0 })
  parseSettings(text, path)
  await replaceFile(path, text)
}
