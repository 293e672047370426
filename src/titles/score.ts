import { hasHan } from '../language/fold.ts'
import type { Text } from '../text.ts'
import type { NameSimilarity } from './name-similarity.ts'
import type { Work } from './work.ts'

/** The two works may be one: `score` 0 to 1, `name` the similarity of the names. */
export interface Match {
  readonly score: number
  readonly name: number
}

const raise = (score: number, share: number): number => score + (1 - score) * share

function sharedPeople(left: Work, right: Work): number {
  let shared = 0
  for (const person of left.people) if (right.people.has(person)) shared++
  return shared
}

function areComparable(left: Work, right: Work): boolean {
  const script = (work: Work): boolean => [...work.people].some(hasHan)
  return left.people.size > 1 && right.people.size > 1 && script(left) === script(right)
}

/** No evidence can join them: both ids of one space, both entries of one catalogue, or a film and a series. */
export function areDistinct(left: Work, right: Work): boolean {
  if (left.catalogue !== null && left.catalogue === right.catalogue) return true
  if (left.id !== null && left.id.space === right.id?.space && left.id.value !== right.id.value) return true
  return left.kind !== null && right.kind !== null && left.kind !== right.kind
}

/** Combines the similarity of the names with years, kind, people and runtime; see docs/methods/title-matching.md. */
export function scoreWorks(left: Work, right: Work, name: NameSimilarity): Match {
  let score = name.value
  const years = left.year === null || right.year === null ? null : Math.abs(left.year - right.year)
  const shared = left.people.size > 0 && right.people.size > 0 ? sharedPeople(left, right) : 0
  if (years !== null && years > 1) return { score: name.value === 1 && shared > 1 && years < 4 ? 0.85 : 0, name: 0 }
  if (years === 0) score = raise(score, 0.5)
  else if (years === 1) score *= 0.97
  else score *= left.year === null && right.year === null ? 0.95 : 0.96
  if (left.isProgramme !== right.isProgramme && (left.kind === 'film' || right.kind === 'film')) score *= 0.97
  if (shared > 0) score = raise(score, shared > 1 ? 0.6 : 0.4)
  else if (areComparable(left, right)) score *= 0.85
  if (
    left.runtimeSeconds !== null &&
    right.runtimeSeconds !== null &&
    left.kind !== 'series' &&
    right.kind !== 'series'
  ) {
    const ratio =
      Math.min(left.runtimeSeconds, right.runtimeSeconds) / Math.max(left.runtimeSeconds, right.runtimeSeconds, 1)
    if (ratio >= 0.93) score = raise(score, 0.2)
    else if (ratio < 0.75) score *= 0.9
  }
  return { score: name.firm ? score : Math.min(score, 0.9), name: name.value }
}

const percent = (value: number): number => Math.round(value * 100)

/** What speaks for and against, for the person who decides. */
export function explainMatch(left: Work, right: Work, match: Match, isAmbiguous: boolean): Text[] {
  const reasons: Text[] = []
  const years = left.year === null || right.year === null ? null : Math.abs(left.year - right.year)
  if (isAmbiguous) {
    reasons.push({ en: 'More than one work fits equally well.', zh: '有不止一部作品同样符合。' })
  }
  if (match.name === 1) reasons.push({ en: 'The names are equal.', zh: '片名相同。' })
  else if (match.name > 0) {
    reasons.push({ en: `The names are ${percent(match.name)} % alike.`, zh: `片名相似度 ${percent(match.name)}%。` })
  }
  if (years === null) reasons.push({ en: 'The year is not known on both sides.', zh: '至少一方年份未知。' })
  else if (years > 0) reasons.push({ en: `The years are ${years} apart.`, zh: `年份相差 ${years} 年。` })
  const shared = sharedPeople(left, right)
  if (shared > 0) reasons.push({ en: `${shared} people in common.`, zh: `共有 ${shared} 位相同人员。` })
  else if (areComparable(left, right)) reasons.push({ en: 'Nobody in common.', zh: '没有相同人员。' })
  return reasons
}
