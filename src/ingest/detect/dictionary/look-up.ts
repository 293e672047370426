import type { Kind } from '../../../warehouse/schema.ts'
import { kinds } from '../../../warehouse/schema.ts'
import { compactHeader, type ParsedHeader, parseHeader } from '../parse-header.ts'
import { eastAsianMeasures, eastAsianWords } from './korean-japanese.ts'
import { titleWords } from './shared.ts'
import { measureWords, words } from './words.ts'

/** How well a header names a field: 1 for a word of the dictionary, less for one inside a longer header. */
export interface WordMatch {
  readonly score: number
  /** Place of the word in the dictionary; 0 is the likeliest. */
  readonly order: number
}

type Index = ReadonlyMap<string, number>

const indexOf = (list: readonly string[]): Index => {
  const index = new Map<string, number>()
  list.forEach((word, order) => {
    const key = compactHeader(word)
    if (!index.has(key)) index.set(key, order)
  })
  return index
}

type Table = Readonly<Record<string, readonly string[]>>

const indexAll = (table: Table, further: Table): ReadonlyMap<string, Index> =>
  new Map(Object.entries(table).map(([name, list]) => [name, indexOf([...list, ...(further[name] ?? [])])]))

const withoutTitle: ReadonlySet<Kind> = new Set(['spend', 'outcome'])
const fieldIndex = new Map(
  kinds.map((kind) => [
    kind,
    indexAll({ ...(withoutTitle.has(kind) ? {} : titleWords), ...words[kind] }, eastAsianWords),
  ]),
)
const measureIndex = indexAll(measureWords, eastAsianMeasures)

function matchIndex(index: Index, header: ParsedHeader): WordMatch | undefined {
  for (const [loosening, reading] of header.readings.entries()) {
    const order = index.get(reading)
    if (order !== undefined) return { score: 1 - 0.02 * loosening, order }
  }
  let best: WordMatch | undefined
  const compact = header.words.join('')
  for (const [word, order] of index) {
    const isEastAsian = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}]/u.test(word)
    if (word.length < (isEastAsian ? 2 : 4) || !compact.endsWith(word)) continue
    const isWhole = isEastAsian || header.words.some((_, from) => header.words.slice(from).join('') === word)
    const score = 0.5 + 0.3 * (word.length / compact.length)
    if (isWhole && score > (best?.score ?? 0)) best = { score, order }
  }
  return best
}

/** How well `header` names the field `name` of `kind`; undefined where it does not. */
export function matchField(kind: Kind, name: string, header: ParsedHeader): WordMatch | undefined {
  const index = fieldIndex.get(kind)?.get(name)
  return index === undefined ? undefined : matchIndex(index, header)
}

/** The measure that `header` is a column of, as in 收视率 for `rating`; undefined where it is none. */
export function matchMeasure(
  header: ParsedHeader,
): { readonly measure: string; readonly match: WordMatch } | undefined {
  let best: { measure: string; match: WordMatch } | undefined
  for (const [measure, index] of measureIndex) {
    const match = matchIndex(index, header)
    if (match !== undefined && match.score > (best?.match.score ?? 0)) best = { measure, match }
  }
  return best
}

/** Whether a cell is a word that headers are made of. */
export function isHeaderWord(cell: string): boolean {
  const parsed = parseHeader(cell)
  const has = (index: Index): boolean => parsed.readings.some((reading) => index.has(reading))
  return [...fieldIndex.values(), measureIndex].some((table) => [...table.values()].some(has))
}
