import { z } from 'zod'
import type { ModelStore } from './models/model-store.ts'
import type { Progress } from './progress.ts'
import type { ProjectSettings } from './project/settings.ts'
import type { Locale, Text } from './text.ts'
import type { Warehouse } from './warehouse/warehouse.ts'

/** What a question may reach while it is being answered. Opening is lazy: asking for help opens nothing. */
export interface Context {
  /** The project folder, absolute. */
  readonly folder: string
  readonly locale: Locale
  readonly progress: Progress
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  now(): Date
  /** The last published version. @throws InputError when nothing has been built yet. */
  warehouse(): Promise<Warehouse>
  /** `marquee.yaml` of the project. @throws InputError when it is missing or wrong. */
  settings(): Promise<ProjectSettings>
  /** The trained versions of the model called `name`. */
  models(name: string): ModelStore
  /**
   * The `viewer_id`, decimal text, of the viewer whom `source` (any, unless given) calls `id`; undefined for somebody of whom nothing is known.
   * @throws InputError where that means nobody or two.
   */
  viewerId(id: string, source?: string): Promise<string | undefined>
  /** The ids of the viewers who object to personal recommendation. */
  objections(): Promise<ReadonlySet<string>>
  /** Asks the person at the terminal to choose; undefined when nobody is there. */
  choose(prompt: Text, choices: readonly { value: string; label: Text }[]): Promise<string | undefined>
  /** Keeps the command running after its answer was shown, until `end` settles; its failure is the command's. */
  stayUntil(end: Promise<void>): void
}

/** One capability, declared once: the command line, the JSON output and the reference docs all come out of this. */
export interface Question<P extends z.ZodObject = z.ZodObject, R extends z.ZodType = z.ZodType> {
  /** Words as typed after `marquee`: 'hot titles'. */
  readonly name: string
  readonly summary: Text
  /** Full commands, each run by a test. */
  readonly examples: readonly string[]
  readonly parameters: P
  /** What `--json` prints. The terminal shows single values as lines, lists of records as tables, `notes` last. */
  readonly result: R
  ask(context: Context, parameters: z.output<P>): Promise<z.output<R>>
}

export function question<P extends z.ZodObject, R extends z.ZodType>(declaration: Question<P, R>): Question<P, R> {
  return declaration
}

type Extra = {
  /** Makes a parameter positional on the command line. */
  readonly position?: number
  /** `share` is shown as a percentage. */
  readonly unit?: string
  /** Heading of a column in the terminal, where the description is too long for one. */
  readonly short?: { readonly en: string; readonly zh: string }
  /** A part that `--json` prints and the terminal leaves out. */
  readonly detail?: boolean
  /** How text that is too long gives way in the terminal: a path loses its first folders, prose takes further lines, code stays whole. */
  readonly as?: 'path' | 'prose' | 'code'
  /** What the terminal says for the values of an enumeration. */
  readonly words?: Readonly<Record<string, Text>>
  /** Of a list: rows that the terminal shows at most. */
  readonly most?: number
  /** Of a list: rows with this value in this column are left out by the terminal. */
  readonly except?: Readonly<Record<string, string | number | boolean>>
}

/** Describes a parameter or result in both languages. */
export function about(en: string, zh: string, extra: Extra = {}): { description: string; zh: string } & Extra {
  return { description: en, zh, ...extra }
}

/** A sentence for a person that comes with an answer. */
export const note = z.object({ en: z.string(), zh: z.string() })
