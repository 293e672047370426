import { z } from 'zod'
import type { Progress } from './progress.ts'
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
  /** Asks the person at the terminal to choose; undefined when nobody is there. */
  choose(prompt: Text, choices: readonly { value: string; label: string }[]): Promise<string | undefined>
}

/** One capability, declared once: the command line, the JSON output and the reference docs all come out of this. */
export interface Question<P extends z.ZodObject = z.ZodObject, R extends z.ZodType = z.ZodType> {
  /** Words as typed after `marquee`: 'hot titles'. */
  readonly name: string
  readonly summary: Text
  /** Full commands, each run by a test. */
  readonly examples: readonly string[]
  readonly parameters: P
  /** What `--json` prints. `rows`, where there is one, is what the terminal shows as a table; `notes` follow it. */
  readonly result: R
  ask(context: Context, parameters: z.output<P>): Promise<z.output<R>>
}

export function question<P extends z.ZodObject, R extends z.ZodType>(declaration: Question<P, R>): Question<P, R> {
  return declaration
}

/** Describes a parameter or result in both languages. `position` makes a parameter positional on the command line. */
export function about(
  en: string,
  zh: string,
  extra: { readonly position?: number; readonly unit?: string } = {},
): { description: string; zh: string; position?: number; unit?: string } {
  return { description: en, zh, ...extra }
}

/** A sentence for a person that comes with an answer. */
export const note = z.object({ en: z.string(), zh: z.string() })
