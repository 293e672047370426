import type { Engine, Row } from '../../engine/engine.ts'
import type { FoundMoment } from './find-moments.ts'
import { momentCounts, type ScenesFilter, saidStatement } from './query.ts'
import { type SaidRow, SaidWords, type Word } from './words.ts'

export interface Said {
  readonly comments: number
  readonly viewers: number
  /** The most telling first. */
  readonly words: readonly Word[]
}

/** What was said in each of `moments`, which do not overlap. */
export async function readSaid(
  engine: Engine,
  moments: readonly FoundMoment[],
  filter: ScenesFilter,
): Promise<Map<FoundMoment, Said>> {
  if (moments.length === 0) return new Map()
  const places = moments.map(({ titleId, startSeconds: start, endSeconds: end }) => ({ titleId, start, end }))
  const counts = await engine.query<Row & { moment: number; comments: number; viewers: number }>(
    momentCounts(places, filter),
  )
  const said = new SaidWords()
  for await (const rows of engine.stream<SaidRow>(saidStatement(places, filter))) for (const row of rows) said.add(row)
  return new Map(
    counts.flatMap(({ moment: index, comments, viewers }) => {
      const moment = moments[Number(index)]
      if (!moment) return []
      const words = said.wordsOf(moment.titleId, Number(index))
      return [[moment, { comments: Number(comments), viewers: Number(viewers), words }]]
    }),
  )
}
