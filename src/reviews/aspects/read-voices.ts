import type { Engine } from '../../engine/engine.ts'
import { groupBy } from '../../group-by.ts'
import { type AspectsFilter, type ClauseRow, clausesOf } from './query.ts'
import { ReviewVoices } from './tally.ts'

/** Whom up to `most` reviews of `subject` name, and what of them can be quoted, by what the build found in them. */
export async function readVoices(
  engine: Engine,
  filter: AspectsFilter,
  subject: string,
  most: number,
): Promise<ReviewVoices> {
  const clauses = await engine.query<ClauseRow>(clausesOf(filter, subject, most))
  const voices = new ReviewVoices()
  for (const own of groupBy(clauses, ({ source, file, line }) =>
    JSON.stringify([source, file, Number(line)]),
  ).values()) {
    voices.add(own)
  }
  return voices
}
