import type { Opinion } from './find-opinions.ts'
import { signOf } from './measures.ts'

/** Reviews that speak of something. */
export interface Tally {
  /** … at all. */
  mentions: number
  /** … and find it good, or bad, on the whole. */
  favourable: number
  unfavourable: number
}

/** A clause that may be quoted. */
export interface Passage {
  readonly text: string
  readonly opinion: number
}

/** What the reviews of one title say. */
export interface ReviewedTitle {
  /** Reviews with text, copies counted once. */
  reviews: number
  copies: number
  readonly aspects: Map<string, Tally>
  /** By name; the aspect is the one spoken of most. */
  readonly targets: Map<string, { readonly aspects: Map<string, number>; readonly tally: Tally }>
  readonly passages: Map<string, Passage[]>
}

/** More passages of an aspect are not kept: quotes are chosen of these. */
const mostPassages = 400
const [shortest, longest] = [6, 200]
const leastQuoted = 0.4

const noTally = (): Tally => ({ mentions: 0, favourable: 0, unfavourable: 0 })

function count(tally: Tally, opinions: readonly number[]): void {
  const sign = signOf(opinions.reduce((sum, value) => sum + value, 0) / opinions.length)
  tally.mentions += 1
  if (sign > 0) tally.favourable += 1
  if (sign < 0) tally.unfavourable += 1
}

function grouped<V>(items: readonly V[], keyOf: (item: V) => string | undefined): Map<string, V[]> {
  const groups = new Map<string, V[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

/** Counts what reviews say, one review at a time; a review counts once for each aspect and each name. */
export class ReviewTally implements ReviewedTitle {
  reviews = 0
  copies = 0
  readonly aspects = new Map<string, Tally>()
  readonly targets: ReviewedTitle['targets'] = new Map()
  readonly passages = new Map<string, Passage[]>()
  readonly #seen = new Set<string>()

  add(text: string, find: (text: string) => readonly Opinion[]): void {
    if (text.trim() === '') return
    if (this.#seen.has(text)) {
      this.copies += 1
      return
    }
    this.#seen.add(text)
    this.reviews += 1
    const opinions = find(text)
    for (const [aspect, group] of grouped(opinions, (one) => one.aspect)) {
      const tally = this.aspects.get(aspect) ?? noTally()
      this.aspects.set(aspect, tally)
      count(
        tally,
        group.map(({ opinion }) => opinion),
      )
      for (const { start, length, opinion } of group) {
        const passages = this.passages.get(aspect) ?? []
        this.passages.set(aspect, passages)
        const quotable = length >= shortest && length <= longest && Math.abs(opinion) >= leastQuoted
        if (quotable && passages.length < mostPassages) {
          passages.push({ text: text.slice(start, start + length).trim(), opinion })
        }
      }
    }
    for (const [name, group] of grouped(opinions, (one) => one.target)) {
      const target = this.targets.get(name) ?? { aspects: new Map<string, number>(), tally: noTally() }
      this.targets.set(name, target)
      for (const { aspect } of group) target.aspects.set(aspect, (target.aspects.get(aspect) ?? 0) + 1)
      count(
        target.tally,
        group.map(({ opinion }) => opinion),
      )
    }
  }
}
