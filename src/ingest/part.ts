import { join } from 'node:path'
import type { Engine } from '../engine/engine.ts'
import type { Keys } from '../privacy/keys.ts'
import type { Progress } from '../progress.ts'
import type { Layout } from '../project/layout.ts'
import type { SourceSettings } from '../project/settings.ts'
import type { Kind } from '../warehouse/schema.ts'
import type { Identities } from './load-identities.ts'
import type { FileWork } from './read/file-work.ts'
import type { SeenFiles } from './seen-files.ts'
import type { RowRules } from './typed/row-rules.ts'
import type { Check } from './typed/typed-rows.ts'

/** One raw file, read, typed and checked row by row: the unit that builds keep and reuse. */
export interface Part {
  /** Names the content: file name and bytes, mapping, rules and key. */
  readonly id: string
  /** `id` as a number; the column `part` of its rows. */
  readonly key: number
  readonly source: string
  readonly kind: Kind
  /** As shown to people and stored in the tables. */
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  /** Rows in the typed table; malformed ones are not among them. */
  readonly rows: number
  /** Line of the first row where lines follow from positions; null where each row tells its own. */
  readonly lineBase: number | null
  readonly malformed: number
  readonly checks: readonly Check[]
  readonly quarantineMask: number
  /** Whether its rows name titles. */
  readonly hasTitles: boolean
  /** Stored columns that tell rows apart. */
  readonly columns: readonly string[]
  /** The earliest instant that was refused for lying in the future, ISO 8601; null without one. */
  readonly earliestFuture: string | null
  /** Rows by their `reasons`, those with none left out. */
  readonly reasons: readonly { readonly reasons: number; readonly rows: number }[]
}

/** The files of a part, beside each other in the parts folder. */
export const partFiles = (layout: Layout, id: string) => ({
  rows: join(layout.parts, `${id}.parquet`),
  /** Distinct titles as written in rows that are not rejected: title_ref, the title fields, rows. */
  references: join(layout.parts, `${id}.titles.parquet`),
  description: join(layout.parts, `${id}.json`),
  quarantine: join(layout.quarantine, `${id}.sealed`),
})

/** Where the rows of each part are. */
export const rowsIn =
  (layout: Layout) =>
  ({ id }: Pick<Part, 'id'>): string =>
    partFiles(layout, id).rows

/** What it takes to read a raw file. */
export interface FileContext {
  readonly engine: Engine
  readonly work: FileWork
  /** A folder outside the project for decoded copies; emptied by the caller. */
  readonly scratch: string
  readonly signal: AbortSignal
}

export interface PartContext extends FileContext {
  readonly layout: Layout
  readonly keys: Keys
  readonly seen: SeenFiles
  readonly identities: Identities | undefined
  readonly rules: RowRules
  readonly now: Date
  readonly progress: Progress
  /** Runs `work` when the engine has room for it: whoever reads several files at once asks the engine in here. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>
}

export interface SourceFile {
  readonly source: SourceSettings
  readonly path: string
  readonly file: string
}
