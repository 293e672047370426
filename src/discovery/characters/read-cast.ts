import type { Engine, Row } from '../../engine/engine.ts'
import { foldTokens } from '../../language/fold.ts'
import type { OpinionFilter } from '../opinions.ts'
import { type Credited, castOf, type Figure } from './cast.ts'
import { creditsStatement, scenesStatement } from './query.ts'

export interface Cast {
  readonly figures: readonly Figure[]
  /** Share of the time of scenes with somebody that each figure is in; null where no scene tells who is there. */
  readonly screenShares: readonly number[] | null
}

const keyOf = (name: string) => foldTokens(name).join(' ')

/** Who is in a title, by its credits and the characters of its scenes. */
export async function readCast(engine: Engine, filter: OpinionFilter & { readonly titleId: string }): Promise<Cast> {
  const credits = await engine.query<Row & Omit<Credited, 'billing'> & { place: number | null }>(
    creditsStatement(filter.titleId),
  )
  const scenes = await engine.query<Row & { characters: string; seconds: number }>(scenesStatement(filter))
  const seen = new Map<string, { name: string; seconds: number }>()
  let whole = 0
  for (const { characters, seconds } of scenes) {
    whole += seconds
    for (const name of new Set(characters.split('|').map((written) => written.trim()))) {
      const known = seen.get(keyOf(name)) ?? { name, seconds: 0 }
      seen.set(keyOf(name), known)
      known.seconds += seconds
    }
  }
  const ofCredits = castOf(credits.map((row) => ({ ...row, billing: row.place === null ? null : Number(row.place) })))
  const known = new Set(ofCredits.flatMap(({ names }) => names.map(keyOf)))
  const others = [...seen.values()]
    .filter(({ name }) => !known.has(keyOf(name)))
    .map(({ name }) => ({ person: null, role: null, character: name, billing: null, source: '' }))
  const figures = [...ofCredits, ...castOf(others)]
  const seconds = ({ names }: Figure) => names.reduce((sum, name) => sum + (seen.get(keyOf(name))?.seconds ?? 0), 0)
  return { figures, screenShares: whole === 0 ? null : figures.map((figure) => Math.min(1, seconds(figure) / whole)) }
}
