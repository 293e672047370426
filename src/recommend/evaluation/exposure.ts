import { rowOf, type SparseMatrix } from '../../kernels/matrices/sparse.ts'
import type { Work } from '../catalogue.ts'

/** What titles are told apart by. */
export const attributes = ['age', 'genre', 'country'] as const
type Attribute = (typeof attributes)[number]

type Told = Pick<Work, 'genres' | 'countries' | 'year' | 'releaseDate'>

/** How often titles with one value of an attribute are shown, beside how often they were watched and how many there are; all shares. */
export interface Exposure {
  readonly attribute: Attribute
  /** Null for titles of which nothing is told. */
  readonly value: string | null
  readonly listed: number
  readonly watched: number
  readonly catalogue: number
  /** Listed / watched: above 1 where lists show more of it than their viewers watched; null where they watched none. */
  readonly ratio: number | null
}

/** Years since the release up to which a title is in a band, and what the band is called. */
const ageBands = [
  [0, '0'],
  [2, '1-2'],
  [5, '3-5'],
  [10, '6-10'],
  [20, '11-20'],
  [Number.POSITIVE_INFINITY, '21+'],
] as const

const unknown = ''

const yearOf = ({ year, releaseDate }: Told) => (releaseDate === null ? year : Number(releaseDate.slice(0, 4)))

/** Null where no year is told. */
function newestYear(titles: Iterable<Told>): number | null {
  let newest: number | null = null
  for (const title of titles) {
    const year = yearOf(title)
    if (year !== null && (newest === null || year > newest)) newest = year
  }
  return newest
}

function ageOf(title: Told, newest: number | null): string {
  const year = yearOf(title)
  if (year === null || newest === null) return unknown
  return ageBands.find(([most]) => newest - year <= most)?.[1] ?? unknown
}

/** The share of `titles` that each value has; a title of several values counts in equal parts for each. */
function sharesOf(titles: readonly number[], valuesOf: (title: number) => readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const title of titles) {
    const values = valuesOf(title)
    const known = values.length === 0 ? [unknown] : values
    for (const value of known) counts.set(value, (counts.get(value) ?? 0) + 1 / known.length)
  }
  return new Map(Array.from(counts, ([value, count]) => [value, count / titles.length]))
}

const bandOrder = (value: string | null) => ageBands.findIndex(([, band]) => band === value) + 1 || ageBands.length + 1

/**
 * What the lists `shown` give room to, by age, genre and country: shares of their places, of the plays told of the same viewers and of the
 * catalogue. Ages are in years before the newest release year of a title that anybody `learned` from watched, `0` for that year and later.
 * @param titles what is told of each title, by its number
 */
export function measureExposure(
  shown: readonly Uint32Array[],
  foldIn: SparseMatrix,
  learned: SparseMatrix,
  titles: readonly Told[],
): Exposure[] {
  const newest = newestYear(Array.from(new Set(learned.index), (title) => titles[title] as Told))
  const valuesOf: Record<Attribute, (title: Told) => readonly string[]> = {
    age: (title) => [ageOf(title, newest)],
    genre: ({ genres }) => genres,
    country: ({ countries }) => countries,
  }
  const places = shown.flatMap((list) => [...list])
  const plays = Array.from({ length: foldIn.rows }, (_, viewer) => [...rowOf(foldIn, viewer).index]).flat()
  return attributes.flatMap((attribute) => {
    const shares = (of: readonly number[]) => sharesOf(of, (title) => valuesOf[attribute](titles[title] as Told))
    const [listed, watched, catalogue] = [shares(places), shares(plays), shares([...titles.keys()])]
    const rows = Array.from(catalogue, ([value, share]) => {
      const [inLists, inPlays] = [listed.get(value) ?? 0, watched.get(value) ?? 0]
      return {
        ...{ attribute, value: value === unknown ? null : value },
        ...{ listed: inLists, watched: inPlays, catalogue: share, ratio: inPlays === 0 ? null : inLists / inPlays },
      }
    })
    return rows.sort((a, b) => (attribute === 'age' ? bandOrder(a.value) - bandOrder(b.value) : b.listed - a.listed))
  })
}
