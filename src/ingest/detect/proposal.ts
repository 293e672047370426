import type { z } from 'zod'
import type { formatSettings, sourceSettings } from '../../project/settings.ts'
import type { Text } from '../../text.ts'
import type { Kind } from '../../warehouse/schema.ts'

export type SourceDraft = z.input<typeof sourceSettings>
export type FormatDraft = z.input<typeof formatSettings>

/** The first records of a raw file as text; a missing value is ''. Without a header row `header` holds any names. */
export interface Sample {
  readonly path: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** What reading the file has settled already. */
  readonly format: FormatDraft
  /** Lines above the header, which are skipped. */
  readonly preamble?: readonly string[]
  /** What a person should know about how the file was read. */
  readonly notes?: readonly Text[]
}

export interface ProposeOptions {
  readonly kind?: Kind
  readonly source?: string
  readonly timeZone?: string
  /** The project folder; the file is written relative to it where it lies inside. */
  readonly folder: string
  /** What was chosen for earlier ambiguities, by their `about`. */
  readonly answers?: Readonly<Record<string, string>>
}

/** What becomes of one column of the file; `field` is null where it is read past. */
export interface ProposedColumn {
  readonly header: string
  readonly field: string | null
  readonly unit?: string
  readonly format?: string
  readonly reason: Text
  /** 0 to 1. */
  readonly confidence: number
}

/** Something that the file alone does not settle. */
export interface Ambiguity {
  /** 'kind', 'timeZone', or a field and what is open about it, as in 'watched_seconds.unit'. */
  readonly about: string
  readonly question: Text
  /** Empty where any text is an answer. */
  readonly choices: readonly { readonly value: string; readonly label: Text }[]
  /** What to type after `marquee add FILE`. */
  readonly setting: Text
}

export interface Proposal {
  readonly settings: SourceDraft
  readonly preset?: string
  readonly columns: readonly ProposedColumn[]
  readonly ambiguities: readonly Ambiguity[]
  /** Measures of the file that the source leaves out, for want of one way to read them all; each is proposed with the answer `measure.value`. */
  readonly otherMeasures: readonly string[]
  /** Worth saying, but nothing to decide. */
  readonly notes: readonly Text[]
}
