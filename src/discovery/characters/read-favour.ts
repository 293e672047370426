import type { Engine, Row } from '../../engine/engine.ts'
import { foldTokens } from '../../language/fold.ts'
import type { OpinionFilter } from '../opinions.ts'
import { type Figure, namesOf } from './cast.ts'
import { judgedStatement } from './query.ts'

/** Viewers whose reviews judge somebody, and those of them who do so favourably. */
export interface Favour {
  readonly favourable: number
  readonly judged: number
}

const keyOf = (name: string) => foldTokens(name).join(' ')

/** How each of `figures` is judged, in their order, by what the reviews of `filter` say of them and not by what they say of the title. */
export async function readFavour(
  engine: Engine,
  filter: OpinionFilter,
  figures: readonly Figure[],
  signal: AbortSignal,
): Promise<Favour[]> {
  // Where a character and a person have one name the build takes it for the person, who stands later here.
  const known = new Map(figures.flatMap(({ names }, index) => names.map((name) => [keyOf(name), index] as const)))
  const voices = figures.map((): readonly [Set<string>, Set<string>] => [new Set(), new Set()])
  if (filter.texts.includes('reviews')) {
    for await (const rows of engine.stream<Row & { unit: string; target: string; favour: 0 | 1 }>(
      judgedStatement(filter),
    )) {
      signal.throwIfAborted()
      for (const { unit, target, favour } of rows) {
        const figure = namesOf(target).flatMap((name) => known.get(keyOf(name)) ?? [])[0]
        if (figure !== undefined) voices[figure]?.[favour].add(unit)
      }
    }
  }
  return voices.map(([unfavourable, favourable]) => ({
    favourable: favourable.size,
    judged: favourable.size + unfavourable.size,
  }))
}
