import type { Engine, Row } from '../engine/engine.ts'
import { type Opinion, OpinionFinder } from '../reviews/aspects/find-opinions.ts'
import { compileLexicon } from '../reviews/aspects/lexicon.ts'
import { namesOfCredits } from '../reviews/aspects/names.ts'
import { creditsOfTitle } from '../reviews/aspects/query.ts'
import type { Taxonomy } from '../reviews/aspects/taxonomy.ts'
import type { Quotable } from './choose-quotes.ts'
import { type OpinionSums, reviewTexts, type TextRow } from './query.ts'

/** What reviews of a title say of an aspect of a person or character. */
export interface TargetOpinions extends OpinionSums {
  readonly target: string
  readonly aspect: string
  /** Clauses that judge worse than neutral. */
  readonly complaints: readonly Quotable[]
}

/** A liked clause counts somewhat more. */
export function complaintWeight(opinion: number, likes: number | null): number {
  return Math.min(1, -opinion * 0.8 + Math.log1p(Number(likes ?? 0)) / 20)
}

class Gathered implements TargetOpinions {
  readonly target: string
  readonly aspect: string
  readonly complaints: Quotable[] = []
  reviews = 0
  sum = 0
  squares = 0

  constructor(target: string, aspect: string) {
    this.target = target
    this.aspect = aspect
  }

  add({ text, likes }: TextRow, opinions: readonly Opinion[]): void {
    const mean = opinions.reduce((sum, { opinion }) => sum + opinion, 0) / opinions.length
    this.reviews += 1
    this.sum += mean
    this.squares += mean * mean
    for (const { start, length, opinion } of opinions) {
      if (opinion < 0)
        this.complaints.push({ text: text.slice(start, start + length), weight: complaintWeight(opinion, likes) })
    }
  }
}

/** What reviews say of the people and characters of a title's credits; nothing is read where it has none. */
export async function readTargets(
  engine: Engine,
  taxonomy: Taxonomy,
  titleId: string,
  signal: AbortSignal,
): Promise<TargetOpinions[]> {
  const credits = await engine.query<Row & { person: string; role: string; character: string | null }>(
    creditsOfTitle(titleId),
  )
  if (credits.length === 0) return []
  const finder = new OpinionFinder(compileLexicon(taxonomy))
  const names = finder.names(
    namesOfCredits(credits.map(({ person, role, character }) => ({ person, role, character: character ?? undefined }))),
  )
  const gathered = new Map<string, Gathered>()
  for await (const rows of engine.stream<TextRow>(reviewTexts(titleId))) {
    signal.throwIfAborted()
    for (const row of rows) {
      const judged = finder.find(row.text, names).filter(({ target, opinion }) => target !== undefined && opinion !== 0)
      const groups = new Map<string, Opinion[]>()
      for (const one of judged) {
        const key = JSON.stringify([one.target, one.aspect])
        groups.set(key, [...(groups.get(key) ?? []), one])
      }
      for (const [key, own] of groups) {
        const [target = '', aspect = ''] = JSON.parse(key) as string[]
        const known = gathered.get(key) ?? new Gathered(target, aspect)
        gathered.set(key, known)
        known.add(row, own)
      }
    }
  }
  return [...gathered.values()]
}
