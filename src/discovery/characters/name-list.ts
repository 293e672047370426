import { foldTokens } from '../../language/fold.ts'
import { AliasTable } from './alias-table.ts'
import type { Figure } from './cast.ts'
import { type AliasKind, aliasesOf, aliasKinds } from './name-forms.ts'

/** A name with whom it may mean. */
export interface NameEntry {
  readonly text: string
  readonly kind: AliasKind
  /** Indices of figures; several where it does not say which. */
  readonly figures: readonly number[]
  /** The one of several who is meant where a text does not say otherwise, if there is one. */
  readonly usually?: number | undefined
}

/** A name that was learned or given, of the figure with that index. */
export interface GivenName {
  readonly text: string
  readonly figure: number
}

/** One of several who have a name is meant where they are so many times as prominent as the others together, and not an extra. */
const [leastLead, leastProminence] = [5, 0.01]

/**
 * All names of `figures`: whole ones go before parts, and parts before those learned, where one is said alike. One of several who have a name is
 * usually meant where their `prominence`, by index of the figure, is far above that of the others.
 */
export function nameList(
  figures: readonly Figure[],
  {
    learned = [],
    given = [],
    prominence = [],
  }: {
    readonly learned?: readonly GivenName[]
    readonly given?: readonly GivenName[]
    readonly prominence?: readonly number[]
  },
): NameEntry[] {
  const entries = new Map<string, { text: string; kind: AliasKind; figures: number[] }>()
  const put = (text: string, kind: AliasKind, figure: number) => {
    const key = foldTokens(text).join(' ')
    const known = entries.get(key)
    const order = aliasKinds.indexOf(kind) - (known ? aliasKinds.indexOf(known.kind) : aliasKinds.length)
    if (key === '' || order > 0) return
    if (!known || order < 0) entries.set(key, { text, kind, figures: [figure] })
    else if (!known.figures.includes(figure)) known.figures.push(figure)
  }
  for (const { text, figure } of given) put(text, 'full', figure)
  figures.forEach(({ names }, figure) => {
    for (const { text, kind } of aliasesOf(names)) put(text, kind, figure)
  })
  for (const { text, figure } of learned) put(text, 'learned', figure)
  const mostProminent = (those: readonly number[]) => {
    const [first = 0, ...others] = [...those].sort((a, b) => (prominence[b] ?? 0) - (prominence[a] ?? 0))
    const rest = others.reduce((sum, figure) => sum + (prominence[figure] ?? 0), 0)
    return (prominence[first] ?? 0) >= Math.max(leastProminence, leastLead * rest) ? first : undefined
  }
  return [...entries.values()].map((entry) =>
    entry.figures.length === 1 ? entry : { ...entry, usually: mostProminent(entry.figures) },
  )
}

/** Names that mean one figure each. */
export function plainNames(entries: readonly NameEntry[]): Map<string, number> {
  const plain = entries.flatMap(({ text, figures, usually }): [string, number][] => {
    const figure = figures.length === 1 ? figures[0] : usually
    return figure === undefined ? [] : [[text, figure]]
  })
  return new Map(plain)
}

/** One place in a text where somebody is named. */
export interface Naming {
  readonly entry: NameEntry
  readonly from: number
  readonly to: number
}

const isSingleWord = ({ text }: NameEntry) => /^\p{Script=Latin}+$/u.test(text)
const isCapital = (text: string, at: number) => /^\p{Lu}/u.test(text.slice(at, at + 2))
/** Whether a sentence begins there, where any word has a capital. */
const begins = (text: string, at: number) => /(?:^|[.!?。！？\n]["“'(]?\s*)$/u.test(text.slice(Math.max(0, at - 4), at))

/** Counts how names are written in texts, and how often each figure is named in full. */
export class NameWatch {
  /** Texts by index of the figure. */
  readonly full: number[]
  readonly #table = new AliasTable<NameEntry>()
  /** Capitals less small letters, within sentences. */
  readonly #capitals = new Map<string, number>()

  constructor(entries: readonly NameEntry[], figures: number) {
    this.full = Array.from({ length: figures }, () => 0)
    for (const entry of entries) this.#table.add(entry.text, entry)
  }

  add(text: string): void {
    for (const { target, from } of this.#table.find(text)) {
      const [figure, another] = target.figures
      if (target.kind === 'full' && figure !== undefined && another === undefined)
        this.full[figure] = (this.full[figure] ?? 0) + 1
      if (!isSingleWord(target) || begins(text, from)) continue
      const step = isCapital(text, from) ? 1 : -1
      this.#capitals.set(target.text, (this.#capitals.get(target.text) ?? 0) + step)
    }
  }

  /** Names of one word that are mostly written small: they are usual words too. */
  get usualWords(): ReadonlySet<string> {
    return new Set([...this.#capitals].flatMap(([text, capitals]) => (capitals < 0 ? text : [])))
  }
}

/** Finds names in texts; one that is a usual word too only where it is written as a name, within a sentence. */
export class NameReader {
  readonly #table = new AliasTable<NameEntry>()
  readonly #usual: ReadonlySet<string>

  constructor(entries: readonly NameEntry[], usual: ReadonlySet<string>) {
    this.#usual = usual
    for (const entry of entries) this.#table.add(entry.text, entry)
  }

  find(text: string): Naming[] {
    return this.#table.find(text).flatMap(({ target: entry, from, to }) => {
      const isName = !this.#usual.has(entry.text) || (isCapital(text, from) && !begins(text, from))
      return isName ? [{ entry, from, to }] : []
    })
  }
}
