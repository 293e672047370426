import type { Text } from '../../../text.ts'
import { type Draft, markUnpivoted } from '../draft.ts'
import type { SampleColumn } from '../map-column.ts'
import { compactHeader } from '../parse-header.ts'
import type { Preset } from './preset.ts'

const text = (en: string, zh: string): Text => ({ en, zh })

/** Reads the columns that a known layout names. */
export function applyPreset(draft: Draft, preset: Preset, columns: readonly SampleColumn[]): void {
  const find = (header: string): SampleColumn | undefined =>
    columns.find((column) => compactHeader(column.header) === compactHeader(header))
  const unpivot = preset.format?.unpivot
  if (unpivot !== undefined) {
    const test = new RegExp(unpivot.columns)
    draft.unpivot = unpivot
    const reason = text(
      `${preset.about.en}: its header becomes ${unpivot.key}`,
      `${preset.about.zh}：列名成为 ${unpivot.key}`,
    )
    markUnpivoted(
      draft,
      columns.filter((column) => test.test(column.header)),
      unpivot.value,
      reason,
    )
  }
  for (const [field, settings] of Object.entries(preset.columns)) {
    const { from } = settings
    if (from === undefined || from === unpivot?.key || from === unpivot?.value) {
      draft.columns[field] = settings
      continue
    }
    const column = find(from)
    if (column === undefined) continue
    draft.columns[field] = { ...settings, from: column.header }
    const { unit, format } = settings
    const earlier = draft.proposed.get(column)?.field
    draft.proposed.set(column, {
      header: column.header,
      field: earlier ? `${earlier}, ${field}` : field,
      ...(unit === undefined ? {} : { unit }),
      ...(format === undefined ? {} : { format }),
      reason: text(`known layout: ${preset.about.en}`, `已知布局：${preset.about.zh}`),
      confidence: 1,
    })
  }
  for (const [header, reason] of Object.entries(preset.ignore ?? {})) {
    const column = find(header)
    if (column !== undefined) draft.proposed.set(column, { header: column.header, field: null, reason, confidence: 1 })
  }
}
