import { entryRows } from '../../src/kernels/matrices/sparse.ts'
import type { TrainingSet } from '../../src/recommend/recommender.ts'
import type { TableRows } from './warehouse.ts'

/** The tables of films and plays that `set` could have come from; a play of weight w lasts w / 2 of a runtime of 6000 seconds. */
export function tasteTables({ interactions, ageDays, facts = [] }: TrainingSet): TableRows {
  const viewers = entryRows(interactions)
  const newest = Date.parse('2025-06-01T00:00:00Z')
  return {
    title: facts.map(({ name }, title) => ({
      ...{ title_id: 100 + title, name, title_type: 'film', runtime_seconds: 6000 },
    })),
    title_genre: facts.flatMap(({ genres }, title) => genres.map((genre) => ({ title_id: 100 + title, genre }))),
    viewing: Array.from(interactions.index, (title, entry) => ({
      ...{ viewer_id: 7 * (viewers[entry] as number) - 100, title_id: 100 + title, source: 'tv' },
      watched_seconds: Math.round(3000 * (interactions.value[entry] as number)),
      started_at: new Date(newest - 86_400_000 * Math.floor(ageDays?.[entry] ?? 0)).toISOString().slice(0, 19),
    })),
  }
}
