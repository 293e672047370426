import { groupBy } from '../../group-by.ts'
import { signOf } from './measures.ts'
import type { ClauseRow } from './query.ts'

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

/** Somebody whom reviews name. */
export interface Named {
  /** How often each aspect is spoken of with them. */
  readonly aspects: Map<string, number>
  readonly tally: Tally
}

/** More passages of an aspect are not kept: quotes are chosen of these. */
const mostPassages = 400
const [shortest, longest] = [6, 200]
const leastQuoted = 0.4

/** Gathers whom reviews of one title name and what can be quoted of them; a review counts once for each name. */
export class ReviewVoices {
  readonly names = new Map<string, Named>()
  /** By aspect. */
  readonly passages = new Map<string, Passage[]>()

  /** Adds the clauses of one review. */
  add(clauses: readonly ClauseRow[]): void {
    for (const { text, aspect, text_start, text_length, opinion } of clauses) {
      const [start, length] = [Number(text_start), Number(text_length)]
      if (length < shortest || length > longest || Math.abs(opinion) < leastQuoted) continue
      const passages = this.passages.get(aspect) ?? []
      this.passages.set(aspect, passages)
      if (passages.length < mostPassages) passages.push({ text: text.slice(start, start + length).trim(), opinion })
    }
    for (const [name, group] of groupBy(clauses, ({ target }) => target)) {
      const named = this.names.get(name) ?? {
        aspects: new Map<string, number>(),
        tally: { mentions: 0, favourable: 0, unfavourable: 0 },
      }
      this.names.set(name, named)
      for (const { aspect } of group) named.aspects.set(aspect, (named.aspects.get(aspect) ?? 0) + 1)
      const sign = signOf(group.reduce((sum, { opinion }) => sum + opinion, 0) / group.length)
      named.tally.mentions += 1
      if (sign > 0) named.tally.favourable += 1
      if (sign < 0) named.tally.unfavourable += 1
    }
  }
}
