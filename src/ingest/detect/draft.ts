import type { ColumnSettings } from '../../project/settings.ts'
import type { Text } from '../../text.ts'
import type { Kind } from '../../warehouse/schema.ts'
import type { SampleColumn } from './map-column.ts'
import type { Ambiguity, FormatDraft, ProposedColumn } from './proposal.ts'
import type { StatedUnit } from './stated-unit.ts'

/** A proposal in the making. */
export interface Draft {
  readonly kind: Kind
  readonly columns: Record<string, ColumnSettings>
  readonly proposed: Map<SampleColumn, ProposedColumn>
  readonly ambiguities: Ambiguity[]
  readonly notes: Text[]
  readonly instants: SampleColumn[]
  readonly otherMeasures: string[]
  readonly unit: StatedUnit | undefined
  unpivot?: NonNullable<FormatDraft['unpivot']>
}

/** Columns whose cells become rows. */
export function markUnpivoted(draft: Draft, columns: readonly SampleColumn[], field: string, reason: Text): void {
  for (const column of columns) draft.proposed.set(column, { header: column.header, field, reason, confidence: 0.9 })
}
