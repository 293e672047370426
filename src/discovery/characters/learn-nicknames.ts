import { hasHan } from '../../language/fold.ts'
import { partsOf } from '../../language/terms.ts'
import type { TermCount } from '../keywords/count-terms.ts'
import { AliasTable, type Match } from './alias-table.ts'
import type { Figure } from './cast.ts'
import { Contexts, wordsAround } from './contexts.ts'
import { formedNames } from './name-forms.ts'

/** A name that the texts use and the credits do not have. */
export interface Nickname {
  readonly text: string
  /** Index of the figure. */
  readonly figure: number
  /** Viewers who said it. */
  readonly viewers: number
  /** Whether it is formed from the name, as viewers form names. */
  readonly isFormed: boolean
  /** Viewers who have it right beside the name. */
  readonly beside: number
  /** 0 to 1: how far the words around it are those around names. */
  readonly likeness: number
}

/** What stands between two names of the same: nothing in Chinese, brackets, quotes, or words that say so. */
const apposition =
  /^\s*(?:[(（“"「『【'‘]|就是|也叫|又叫|人称|外号|昵称|即|=|,? ?(?:aka|a\.k\.a\.|alias|also known as|called|nicknamed|known as|(?:our|my|alias|or) (?:dear |beloved |own )?))\s*["“「']?\s*$/iu

/** A formed name is one where the words around it are so much like those around names; any other where they are more so. */
const [leastFormedLikeness, leastOtherLikeness] = [0.44, 0.55]
/** Viewers who have an unformed name right beside the known one; how many times as many as by chance, and as beside anybody else's. */
const leastBeside = 3
const leastLift = 5
const leastLead = 3

interface Candidate {
  readonly text: string
  readonly formedOf: readonly number[]
  readonly contexts: Contexts
  /** Viewers by figure. */
  readonly beside: Map<number, number>
  viewers: number
}

/** What may be a nickname though it is not formed from a name: two to four Chinese characters, or one capitalised word. */
function mayBeName({ form, parts }: TermCount): boolean {
  if (hasHan(form)) return /^\p{Script=Han}{2,4}$/u.test(form)
  return parts.length === 1 && /^\p{Lu}[\p{L}'’.-]+$/u.test(form)
}

/** Looks for nicknames in texts in which names of `known` figures are found, and says which figure each is of. */
export class NicknameFinder {
  readonly #known = new AliasTable<number>()
  readonly #formed = new AliasTable<Candidate>()
  readonly #others = new AliasTable<Candidate>()
  readonly #candidates: Candidate[] = []
  readonly #ofNames = new Contexts()
  /** Viewers who name each figure. */
  readonly #viewers: number[]
  #all = 0

  /**
   * @param known Names, each of one of `figures` alone, by its index
   * @param terms Words that enough viewers said
   */
  constructor(figures: readonly Figure[], known: ReadonlyMap<string, number>, terms: readonly TermCount[]) {
    for (const [name, figure] of known) this.#known.add(name, figure)
    this.#viewers = figures.map(() => 0)
    const formed = new Map<string, number[]>()
    figures.forEach(({ names }, figure) => {
      for (const text of formedNames(names)) formed.set(text, [...(formed.get(text) ?? []), figure])
    })
    for (const [text, formedOf] of formed) this.#put(this.#formed, text, formedOf)
    for (const term of terms) if (mayBeName(term)) this.#put(this.#others, term.form, [])
  }

  #put(table: AliasTable<Candidate>, text: string, formedOf: readonly number[]): void {
    if (this.#known.get(text) !== undefined || this.#formed.get(text) || table.get(text)) return
    const candidate = { text, formedOf, contexts: new Contexts(), beside: new Map(), viewers: 0 }
    table.add(text, candidate)
    this.#candidates.push(candidate)
  }

  /** Adds all that one viewer said. */
  add(texts: readonly string[]): void {
    this.#all += 1
    const said = new Set<Candidate>()
    const named = new Set<number>()
    const beside = new Map<Candidate, Set<number>>()
    for (const text of texts) {
      const names = this.#known.find(text)
      const formed = this.#formed.find(text).filter((one) => isApart(one, names) && isWrittenAsName(text, one))
      const others = this.#others.find(text).filter((one) => isApart(one, [...names, ...formed]))
      const candidates = [...formed, ...others]
      if (names.length + candidates.length === 0) continue
      const parts = partsOf(text)
      const isChinese = hasHan(text)
      for (const name of names) {
        named.add(name.target)
        for (const word of wordsAround(text, parts, name)) this.#ofNames.add(isChinese, word)
      }
      for (const one of candidates) {
        said.add(one.target)
        for (const word of wordsAround(text, parts, one)) one.target.contexts.add(isChinese, word)
        for (const name of names) {
          if (!areApposed(text, one, name)) continue
          beside.set(one.target, (beside.get(one.target) ?? new Set()).add(name.target))
        }
      }
    }
    for (const candidate of said) candidate.viewers += 1
    for (const figure of named) this.#viewers[figure] = (this.#viewers[figure] ?? 0) + 1
    for (const [{ beside: counts }, figures] of beside) {
      for (const figure of figures) counts.set(figure, (counts.get(figure) ?? 0) + 1)
    }
  }

  /** The nicknames that at least `leastViewers` said and that are surely of one figure, most said first. */
  find(leastViewers: number): Nickname[] {
    const found = this.#candidates.flatMap((candidate): Nickname[] => {
      const { text, formedOf, viewers, contexts } = candidate
      const [formed, another] = formedOf
      const likeness = contexts.likeness(this.#ofNames)
      const figure = formed === undefined ? this.#besideWhom(candidate) : another === undefined ? formed : undefined
      const isFormed = formed !== undefined
      if (viewers < leastViewers || figure === undefined) return []
      if (likeness < (isFormed ? leastFormedLikeness : leastOtherLikeness)) return []
      return [{ text, figure, viewers, isFormed, likeness, beside: candidate.beside.get(figure) ?? 0 }]
    })
    return found.sort((a, b) => b.viewers - a.viewers || (a.text < b.text ? -1 : 1))
  }

  /** The figure whose name it stands beside far more often than by chance and than beside others. */
  #besideWhom({ beside, viewers }: Candidate): number | undefined {
    const lifts = [...beside]
      .map(([figure, count]) => ({
        figure,
        count,
        lift: (count * this.#all) / (viewers * (this.#viewers[figure] ?? 1)),
      }))
      .sort((a, b) => b.lift - a.lift || a.figure - b.figure)
    const [first, second] = lifts
    if (!first || first.count < leastBeside || first.lift < leastLift) return undefined
    return first.lift >= leastLead * (second?.lift ?? 0) ? first.figure : undefined
  }
}

type Place = Pick<Match<unknown>, 'from' | 'to'>

const isApart = ({ from, to }: Place, others: readonly Place[]) =>
  others.every((other) => other.to <= from || to <= other.from)

/** Names in letters begin with a capital. */
const isWrittenAsName = (text: string, { from }: Place) => !/^\p{Ll}/u.test(text.slice(from))

function areApposed(text: string, one: Place, other: Place): boolean {
  const [left, right] = one.from < other.from ? [one, other] : [other, one]
  const between = text.slice(left.to, right.from)
  const isHan = hasHan(text.slice(left.from, left.to)) && hasHan(text.slice(right.from, right.to))
  return (between === '' && isHan) || apposition.test(between)
}
