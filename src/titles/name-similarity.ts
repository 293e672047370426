import { hasHan } from '../language/fold.ts'
import type { ParsedTitle } from './parse-title.ts'

/** A name prepared for comparison. */
export interface Name {
  readonly parsed: ParsedTitle
  readonly tokens: readonly string[]
  /** `coreKey` without blanks. */
  readonly compact: string
  readonly sorted: string
  /** Without its numbers. */
  readonly stem: string
  readonly isHan: boolean
  /** Bits of the letters in `compact`: an edit changes at most two of them. */
  readonly letters: number
}

/** `firm` similarities may be raised by other evidence; the others always leave the last word to a person. */
export interface NameSimilarity {
  readonly value: number
  readonly firm: boolean
}

export function prepareName(parsed: ParsedTitle): Name {
  const tokens = parsed.coreKey.split(' ')
  const compact = tokens.join('')
  return {
    parsed,
    tokens,
    compact,
    letters: lettersOf(compact),
    sorted: [...tokens].sort().join(' '),
    stem: parsed.looseKey
      .split(' ')
      .filter((token) => !/^\d+$/.test(token))
      .join(' '),
    isHan: hasHan(parsed.coreKey),
  }
}

let spareRows = Array.from({ length: 3 }, () => new Uint16Array(256))

function borrowRows(width: number): [Uint16Array, Uint16Array, Uint16Array] {
  if ((spareRows[0]?.length ?? 0) < width) spareRows = spareRows.map(() => new Uint16Array(width * 2))
  const [first, second, third] = spareRows
  if (first === undefined || second === undefined || third === undefined) throw new RangeError('three rows are kept')
  return [first, second, third]
}

/**
 * Optimal string alignment distance (Damerau 1964), or `limit + 1` as soon as it must exceed `limit`. Only the diagonal
 * band that can stay within the limit is computed: O(length · limit) (Ukkonen 1985).
 */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1
  let [before, last, current] = borrowRows(right.length + 1)
  for (let column = 0; column <= right.length; column++) last[column] = Math.min(column, limit + 1)
  for (let row = 1; row <= left.length; row++) {
    const from = Math.max(1, row - limit)
    const to = Math.min(right.length, row + limit)
    current[from - 1] = from === 1 ? Math.min(row, limit + 1) : limit + 1
    const letter = left.charCodeAt(row - 1)
    let least = current[from - 1] ?? 0
    for (let column = from; column <= to; column++) {
      const other = right.charCodeAt(column - 1)
      let cost = (last[column - 1] ?? 0) + (letter === other ? 0 : 1)
      cost = Math.min(cost, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, limit + 1)
      const isSwap = row > 1 && column > 1 && letter === right.charCodeAt(column - 2)
      if (isSwap && left.charCodeAt(row - 2) === other) cost = Math.min(cost, (before[column - 2] ?? 0) + 1)
      current[column] = cost
      if (cost < least) least = cost
    }
    if (to < right.length) current[to + 1] = limit + 1
    if (least > limit) return limit + 1
    const spare = before
    before = last
    last = current
    current = spare
  }
  return last[right.length] ?? 0
}

/** Which letters occur, as bits. */
function lettersOf(text: string): number {
  let bits = 0
  for (let index = 0; index < text.length; index++) bits |= 1 << (text.charCodeAt(index) & 31)
  return bits
}

function countBits(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}

/** Lowers the similarity of names that differ in whole words rather than in a slip of the pen. */
function wordPenalty(left: Name, right: Name, frequency: ReadonlyMap<string, number>): number {
  if (left.tokens.length !== right.tokens.length) return 1
  let penalty = 1
  for (const [index, a] of left.tokens.entries()) {
    const b = right.tokens[index] ?? ''
    if (a === b) continue
    const areWords = (frequency.get(a) ?? 0) > 1 && (frequency.get(b) ?? 0) > 1
    const isPlural = `${a}s` === b || `${b}s` === a
    if (areWords) penalty = Math.min(penalty, 0.88)
    else if (isPlural || Math.min(a.length, b.length) <= 4) penalty = Math.min(penalty, 0.93)
  }
  return left.isHan || right.isHan ? penalty * 0.97 : penalty
}

/** Whether one letter is wrong in one longer word that nobody else writes, where the other spelling is in use elsewhere. */
function isSlip(left: Name, right: Name, frequency: ReadonlyMap<string, number>): boolean {
  if (left.tokens.length !== right.tokens.length || left.isHan || right.isHan) return false
  const differing = left.tokens.flatMap((a, index) => {
    const b = right.tokens[index] ?? ''
    return a === b ? [] : [[a, b] as const]
  })
  const [pair] = differing
  if (differing.length !== 1 || pair === undefined || left.tokens.length < 2) return false
  const [a, b] = pair
  const [rare, common] = (frequency.get(a) ?? 0) < (frequency.get(b) ?? 0) ? [a, b] : [b, a]
  const isOdd = (frequency.get(rare) ?? 0) <= 1 && (frequency.get(common) ?? 0) > 1
  const isLong = Math.min(rare.length, common.length) >= 4 && Math.min(left.compact.length, right.compact.length) >= 9
  return isOdd && isLong && rare[0] === common[0] && `${rare}s` !== common && `${common}s` !== rare
}

export const sameName: NameSimilarity = { value: 1, firm: true }
const none: NameSimilarity = { value: 0, firm: false }

/**
 * How alike two names are, 0 to 1, and 0 whenever their numbers differ: sequels are different works. `frequency` counts
 * the distinct names that hold a word; a word that others use too is not a slip of the pen.
 */
export function compareNames(left: Name, right: Name, frequency: ReadonlyMap<string, number>): NameSimilarity {
  const a = left.parsed
  const b = right.parsed
  if (a.coreKey === b.coreKey) return sameName
  if (a.mainKey !== b.mainKey && (a.mainKey === b.coreKey || b.mainKey === a.coreKey)) {
    return { value: 0.78, firm: false }
  }
  if (a.numerals !== b.numerals) {
    const isFirst = (a.numerals === '' && b.numerals === '1') || (a.numerals === '1' && b.numerals === '')
    return isFirst && left.stem === right.stem && left.stem !== '' ? { value: 0.8, firm: false } : none
  }
  if (left.compact === right.compact) return { value: 0.98, firm: true }
  if (a.looseKey === b.looseKey) {
    return left.tokens.length > 1 ? { value: 0.96, firm: true } : { value: 0.8, firm: false }
  }
  if (left.sorted === right.sorted) return { value: 0.95, firm: true }
  const length = Math.max(left.compact.length, right.compact.length)
  const limit = Math.floor(length * 0.2)
  if (limit === 0 || countBits(left.letters ^ right.letters) > 2 * limit) return none
  const distance = editDistance(left.compact, right.compact, limit)
  if (distance > limit) return none
  if (distance === 1 && isSlip(left, right, frequency)) return { value: 0.97, firm: true }
  return { value: (1 - distance / length) * wordPenalty(left, right, frequency), firm: true }
}
