import { hasHan } from './fold.ts'
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
}

/** `firm` similarities may be raised by other evidence; the others always leave the last word to a person. */
export interface NameSimilarity {
  readonly value: number
  readonly firm: boolean
}

export function prepareName(parsed: ParsedTitle): Name {
  const tokens = parsed.coreKey.split(' ')
  return {
    parsed,
    tokens,
    compact: tokens.join(''),
    sorted: [...tokens].sort().join(' '),
    stem: parsed.looseKey
      .split(' ')
      .filter((token) => !/^\d+$/.test(token))
      .join(' '),
    isHan: hasHan(parsed.coreKey),
  }
}

/** Optimal string alignment distance (Damerau 1964), or `limit + 1` as soon as it must exceed `limit`. O(length²). */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1
  let before: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    let least = row
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1]
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1)
      }
      current.push(cost)
      if (cost < least) least = cost
    }
    if (least > limit) return limit + 1
    before = last
    last = current
  }
  return last[right.length] ?? 0
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

const none: NameSimilarity = { value: 0, firm: false }

/**
 * How alike two names are, 0 to 1, and 0 whenever their numbers differ: sequels are different works. `frequency` counts
 * the distinct names that hold a word; a word that others use too is not a slip of the pen.
 */
export function compareNames(left: Name, right: Name, frequency: ReadonlyMap<string, number>): NameSimilarity {
  const a = left.parsed
  const b = right.parsed
  if (a.coreKey === b.coreKey) return { value: 1, firm: true }
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
  const limit = Math.floor(length * 0.25)
  if (length < 4 || limit === 0) return none
  const distance = editDistance(left.compact, right.compact, limit)
  if (distance > limit) return none
  if (distance === 1 && isSlip(left, right, frequency)) return { value: 0.97, firm: true }
  return { value: (1 - distance / length) * wordPenalty(left, right, frequency), firm: true }
}
