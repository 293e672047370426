import type { Engine, Row } from '../../engine/engine.ts'
import type { OpinionFinder } from './find-opinions.ts'
import { type Credit, namesOfCredits } from './names.ts'
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
  const names = finder.names(namesOfCredits(await engine.query<Row & Credit>(creditsOfTitle(filter.titleId))))
  const voices = new ReviewVoices()
  for await (const rows of engine.stream<Row & { text: string }>(reviewTexts(filter, subject, most))) {
    signal.throwIfAborted()
    for (const { text } of rows) voices.add(text, finder.find(text, names))
  }
  return voices
}
