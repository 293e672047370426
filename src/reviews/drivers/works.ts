import type { Engine } from '../../engine/engine.ts'
import { reviewedWorks, type WorkRow } from './query.ts'

/** A film or series that was reviewed. */
export interface Work {
  readonly workId: string
  readonly name: string
  readonly year: number | null
  readonly kind: string | null
  readonly genres: readonly string[]
  readonly reviews: number
}

/** Films and series with reviews, by their id. */
export async function readWorks(engine: Engine): Promise<Map<string, Work>> {
  const works = new Map<string, Work & { genres: string[] }>()
  for await (const rows of engine.stream<WorkRow>(reviewedWorks)) {
    for (const { work_id: workId, name, year, title_type: kind, reviews, genre } of rows) {
      const own = { workId, name, year: year === null ? null : Number(year), kind, reviews: Number(reviews) }
      const work = works.get(workId) ?? { ...own, genres: [] }
      works.set(workId, work)
      if (genre !== null) work.genres.push(genre)
    }
  }
  return works
}
