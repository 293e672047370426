import type { Row } from '../../engine/engine.ts'
import { logOdds } from '../../kernels/statistics/log-odds.ts'
import { termsOf } from '../../language/terms.ts'

export interface SaidRow extends Row {
  title_id: string
  moment: number
  text: string
  voices: number
}

export interface Word {
  readonly word: string
  /** Viewers who said it in the moment. */
  readonly viewers: number
}

/** A text of usual words stands beside each moment, as long as it but no longer than this: a word needs more than one viewer to surprise. */
const mostPriorWords = 500
/** Standard deviations from the rest of the title. */
const leastZ = 2
const leastViewers = 3
const mostWords = 5

interface Vocabulary {
  readonly index: Map<string, number>
  /** For each word, how many viewers wrote each of its forms. */
  readonly forms: Map<string, number>[]
  /** Viewers of each word by moment. */
  readonly moments: Map<number, Map<number, number>>
}

/**
 * Counts what was said in moments and in the rest of their titles; a viewer counts once for each text and word. `wordsOf` then gives the words of a
 * moment that are commoner there than elsewhere in the title, the most telling first.
 */
export class SaidWords {
  private readonly titles = new Map<string, Vocabulary>()

  add({ title_id, moment, text, voices }: SaidRow): void {
    const title = this.titles.get(title_id) ?? { index: new Map(), forms: [], moments: new Map() }
    this.titles.set(title_id, title)
    const said = title.moments.get(Number(moment)) ?? new Map<number, number>()
    title.moments.set(Number(moment), said)
    const forms = new Map(termsOf(text).map(({ key, form }) => [key, form]))
    for (const [key, form] of forms) {
      const word = title.index.get(key) ?? title.index.size
      title.index.set(key, word)
      title.forms[word] ??= new Map()
      add(title.forms[word], form, Number(voices))
      add(said, word, Number(voices))
    }
  }

  wordsOf(titleId: string, moment: number): Word[] {
    const title = this.titles.get(titleId)
    const said = title?.moments.get(moment)
    if (!title || !said) return []
    const own = new Float64Array(title.index.size)
    const rest = new Float64Array(title.index.size)
    for (const [other, words] of title.moments) {
      const counts = other === moment ? own : rest
      for (const [word, viewers] of words) counts[word] = (counts[word] ?? 0) + viewers
    }
    const words = own.reduce((sum, viewers) => sum + viewers, 0)
    const { z } = logOdds(own, rest, Math.min(words, mostPriorWords))
    return [...said.keys()]
      .filter((word) => (z[word] ?? 0) >= leastZ && (own[word] ?? 0) >= leastViewers)
      .map((word) => ({ word: commonest(title.forms[word]), viewers: own[word] ?? 0, z: z[word] ?? 0 }))
      .sort((a, b) => b.z - a.z || (a.word < b.word ? -1 : 1))
      .slice(0, mostWords)
      .map(({ word, viewers }) => ({ word, viewers }))
  }
}

function add<Key>(counts: Map<Key, number>, key: Key, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count)
}

function commonest(forms: ReadonlyMap<string, number> | undefined): string {
  const [first] = [...(forms ?? [])].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return first?.[0] ?? ''
}
