import { type Random, zipfWeights } from '../kernels/random.ts'
import { characterNames, filmNames, inventPerson, seriesNames } from './invented-names.ts'
import { readVegaFilms } from './vega-films.ts'

export const genres = [
  'Drama',
  'Comedy',
  'Action',
  'Adventure',
  'Thriller/Suspense',
  'Horror',
  'Romantic Comedy',
  'Documentary',
] as const

/** One thing that can be played: a film, or an episode of a series. Seasons and episodes count from 1; films have 0. */
export interface Unit {
  readonly work: number
  readonly season: number
  readonly episode: number
  readonly runtimeSeconds: number
  /** Days from 1970-01-01. */
  readonly releaseDay: number
}

export interface BoxOffice {
  readonly usGross: number | null
  readonly worldwideGross: number | null
  readonly budget: number | null
}

/** A film or series. */
export interface Work {
  readonly key: string
  readonly type: 'film' | 'series'
  readonly isReal: boolean
  readonly en: string
  /** Empty when the work has no Chinese name. */
  readonly zh: string
  readonly traditional: string
  /** Whether another work has the same name, so that the year has to be written with it. */
  readonly isAmbiguous: boolean
  readonly year: number
  readonly genres: readonly string[]
  readonly directors: readonly string[]
  readonly actors: readonly { readonly person: string; readonly character: string }[]
  readonly seasons: number
  readonly boxOffice: BoxOffice | undefined
  /** Zipf weight among all works, invented ones raised. */
  readonly weight: number
  /** Chance that a play is watched to the end. */
  readonly completion: number
  /** In order of release. */
  readonly units: readonly Unit[]
}

export interface Catalogue {
  readonly works: readonly Work[]
  /** The units of all works; those of one work stand together. */
  readonly units: readonly Unit[]
  /** Index of each work's first unit. */
  readonly firstUnit: Uint32Array
}

const yearOf = (day: number): number => new Date(day * 86_400_000).getUTCFullYear()

/** When the invented work of rank `index` comes out: before, within or after the simulated days. */
function drawRelease(random: Random, index: number, startDay: number, endDay: number): number {
  if (index % 10 === 9) return endDay + 10 + random.integer(200)
  if (index % 10 >= 6) return startDay + random.integer(endDay - startDay)
  return startDay - 30 - random.integer(900)
}

function inventCast(random: Random): Pick<Work, 'genres' | 'directors' | 'actors'> {
  const person = random.integer(240)
  const genre = random.integer(genres.length)
  const second = (genre + 1 + random.integer(genres.length - 1)) % genres.length
  const chosen = random.uniform() < 0.5 ? [genre] : [genre, second]
  return {
    genres: chosen.map((index) => genres[index] ?? ''),
    directors: [inventPerson(person)],
    actors: [1, 2, 3, 4].map((step) => ({
      person: inventPerson((person + step * 37) % 240),
      character: characterNames[(person + step * 3) % characterNames.length] ?? '',
    })),
  }
}

type Draft = Omit<Work, 'weight' | 'completion'>

function inventSeries(random: Random, startDay: number, endDay: number, firstWork: number): Draft[] {
  return seriesNames.map((names, index) => {
    const [en = '', zh = '', traditional = ''] = names.split('|')
    const seasons = index % 4 === 1 ? 2 : index % 8 === 3 ? 3 : 1
    const episodes = 6 + random.integer(19)
    const pace = index % 2 === 0 ? 1 : 7
    const gap = seasons === 1 ? 0 : 200
    const release = drawRelease(random, index, startDay, endDay) - (seasons - 1) * gap * (index % 10 === 9 ? 0 : 1)
    const runtime = 22 + random.integer(32)
    const units: Unit[] = []
    for (let season = 1; season <= seasons; season++) {
      for (let episode = 1; episode <= episodes; episode++) {
        const runtimeSeconds = (runtime + random.integer(5)) * 60
        const releaseDay = release + (season - 1) * gap + (season - 1 + episode - 1) * pace
        units.push({ work: firstWork + index, season, episode, runtimeSeconds, releaseDay })
      }
    }
    units.sort((a, b) => a.releaseDay - b.releaseDay || a.season - b.season || a.episode - b.episode)
    return {
      ...inventCast(random),
      key: `S${String(index + 1).padStart(3, '0')}`,
      type: 'series',
      isReal: false,
      en,
      zh,
      traditional,
      isAmbiguous: false,
      year: yearOf(release),
      seasons,
      boxOffice: undefined,
      units,
    }
  })
}

function inventFilms(random: Random, startDay: number, endDay: number, firstWork: number): Draft[] {
  const counts = new Map<string, number>()
  for (const names of filmNames) counts.set(names, (counts.get(names) ?? 0) + 1)
  return filmNames.map((names, index) => {
    const [en = '', zh = '', traditional = ''] = names.split('|')
    const isRemade = index >= filmNames.length - 2
    const release = isRemade ? startDay - 9000 - index : drawRelease(random, index, startDay, endDay)
    const budget = (5 + random.integer(90)) * 1_000_000
    const worldwideGross = Math.round(budget * random.gamma(1.5, 1.6))
    return {
      ...inventCast(random),
      key: `X${String(index + 1).padStart(3, '0')}`,
      type: 'film',
      isReal: false,
      en,
      zh,
      traditional,
      isAmbiguous: (counts.get(names) ?? 0) > 1,
      year: yearOf(release),
      seasons: 0,
      boxOffice: release < startDay ? { usGross: Math.round(worldwideGross * 0.4), worldwideGross, budget } : undefined,
      units: [
        {
          work: firstWork + index,
          season: 0,
          episode: 0,
          runtimeSeconds: (82 + random.integer(60)) * 60,
          releaseDay: release,
        },
      ],
    }
  })
}

function describeVegaFilms(firstWork: number): Draft[] {
  return readVegaFilms().map((film, index) => ({
    key: `F${String(index + 1).padStart(4, '0')}`,
    type: 'film',
    isReal: true,
    en: film.title,
    zh: '',
    traditional: '',
    isAmbiguous: false,
    year: yearOf(film.releaseDay),
    genres: [film.genre],
    directors: film.director === null ? [] : [film.director],
    actors: [],
    seasons: 0,
    boxOffice: film,
    units: [
      {
        work: firstWork + index,
        season: 0,
        episode: 0,
        runtimeSeconds: film.runtimeMinutes * 60,
        releaseDay: film.releaseDay,
      },
    ],
  }))
}

/** Everything that can be watched, in a fixed order for one seed and window of days. */
export function makeCatalogue(kind: 'invented' | 'vega', random: Random, startDay: number, endDay: number): Catalogue {
  const drafts = inventSeries(random, startDay, endDay, 0)
  drafts.push(...inventFilms(random, startDay, endDay, drafts.length))
  if (kind === 'vega') drafts.push(...describeVegaFilms(drafts.length))
  const weights = zipfWeights(drafts.length, 0.9)
  const ranks = Uint32Array.from(drafts, (_, index) => index)
  for (let index = ranks.length - 1; index > 0; index--) {
    const other = random.integer(index + 1)
    const rank = ranks[index] ?? 0
    ranks[index] = ranks[other] ?? 0
    ranks[other] = rank
  }
  const firstUnit = new Uint32Array(drafts.length)
  const units: Unit[] = []
  const works = drafts.map((draft, index): Work => {
    firstUnit[index] = units.length
    units.push(...draft.units)
    return {
      ...draft,
      weight: (weights[ranks[index] ?? 0] ?? 0) * (draft.isReal ? 1 : 5),
      completion: 0.3 + 0.5 * random.uniform(),
    }
  })
  return { works, units, firstUnit }
}
