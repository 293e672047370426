import type { Engine, Row } from '../../engine/engine.ts'
import type { OpinionFinder } from './find-opinions.ts'
import { namesOfCredits } from './names.ts'
import { type AspectsFilter, creditsOfTitle, reviewTexts } from './query.ts'
import { ReviewVoices } from './tally.ts'

/** Reads up to `most` reviews of `subject` for whom they name, of the title's credits, and for what can be quoted. */
export async function readVoices(
  engine: Engine,
  finder: OpinionFinder,
  filter: AspectsFilter,
  subject: string,
  most: number,
  signal: AbortSignal,
): Promise<ReviewVoices> {
  const credits = await engine.query<Row & { person: string; role: string; character: string | null }>(
    creditsOfTitle(filter.titleId),
  )
  const names = finder.names(
    namesOfCredits(credits.map(({ person, role, character }) => ({ person, role, character: character ?? undefined }))),
  )
  const voices = new ReviewVoices()
  for await (const rows of engine.stream<Row & { text: string }>(reviewTexts(filter, subject, most))) {
    signal.throwIfAborted()
    for (const { text } of rows) voices.add(text, finder.find(text, names))
  }
  return voices
}
