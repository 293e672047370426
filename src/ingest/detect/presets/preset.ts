import type { ColumnSettings } from '../../../project/settings.ts'
import type { Text } from '../../../text.ts'
import type { Kind } from '../../../warehouse/schema.ts'
import type { FormatDraft } from '../proposal.ts'

/** A layout that is known by name: which headers tell it, and what its columns are. */
export interface Preset {
  readonly name: string
  readonly about: Text
  readonly kind: Kind
  /** Headers that must all be there; case, punctuation and order do not matter. */
  readonly headers: readonly string[]
  /** Other headers that may be there; where given, any further header rules the layout out. */
  readonly others?: readonly string[]
  /** A regular expression for each column, that most values match; needed where the file may come without a header. */
  readonly values?: Readonly<Record<string, string>>
  /** The columns in the file's order, where the layout comes without a header. */
  readonly names?: readonly string[]
  readonly delimiter?: string
  readonly format?: FormatDraft
  /** Field to column; `from` is one of `headers` or `others`, and a field whose column is absent is left out. */
  readonly columns: Readonly<Record<string, ColumnSettings>>
  /** Headers read past, with the reason. */
  readonly ignore?: Readonly<Record<string, Text>>
  /** Whether a row needs every column that is mapped. */
  readonly requiresAll?: boolean
  readonly timeZone?: string
  readonly titleIds?: string
  readonly viewerIds?: string
}
