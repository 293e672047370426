import type { Engine, Row } from '../engine/engine.ts'
import { workFactsStatement, worksStatement } from './query.ts'
import type { TitleFacts } from './recommender.ts'

/** A film, or a series as a whole, with what is told of it. */
export interface Work extends TitleFacts {
  /** Decimal text, since ids go beyond 2^53. */
  readonly titleId: string
  /** film, series, programme …; null where no catalogue says. */
  readonly kind: string | null
  readonly year: number | null
  /** ISO 8601 date. */
  readonly releaseDate: string | null
  readonly ageRating: string | null
  /** The sources that know it. */
  readonly sources: readonly string[]
}

interface WorkRow extends Row {
  title_id: string | number
  name: string
  title_type: string | null
  year: number | null
  release_date: string | null
  countries: string | null
  languages: string | null
  age_rating: string | null
  synopsis: string | null
}

interface FactRow extends Row {
  title_id: string | number
  fact: 'genre' | 'director' | 'actor' | 'source'
  value: string
}

const items = (list: string | null) => (list ? list.split('|') : [])

/** Every work of the warehouse, by id; people in the order of their billing. */
export async function readCatalogue(engine: Engine): Promise<Work[]> {
  const facts = new Map<string, Record<FactRow['fact'], string[]>>()
  for await (const rows of engine.stream<FactRow>(workFactsStatement)) {
    for (const { title_id, fact, value } of rows) {
      const id = String(title_id)
      const own = facts.get(id) ?? { genre: [], director: [], actor: [], source: [] }
      facts.set(id, own)
      own[fact].push(value)
    }
  }
  const works: Work[] = []
  for await (const rows of engine.stream<WorkRow>(worksStatement)) {
    for (const row of rows) {
      const titleId = String(row.title_id)
      const { genre = [], director = [], actor = [], source = [] } = facts.get(titleId) ?? {}
      works.push({
        titleId,
        name: row.name,
        kind: row.title_type === 'unknown' ? null : row.title_type,
        year: row.year === null ? null : Number(row.year),
        releaseDate: row.release_date,
        ageRating: row.age_rating,
        ...(row.synopsis === null ? {} : { synopsis: row.synopsis }),
        genres: genre,
        directors: director,
        actors: actor,
        countries: items(row.countries),
        languages: items(row.languages),
        tags: [],
        sources: source,
      })
    }
  }
  return works
}
