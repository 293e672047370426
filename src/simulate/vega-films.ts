import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DataError } from '../errors.ts'

/** A real film of the package vega-datasets (`data/movies.json`); amounts in US dollars, null where unknown. */
export interface VegaFilm {
  readonly title: string
  readonly releaseDay: number
  readonly runtimeMinutes: number
  readonly genre: string
  readonly director: string | null
  readonly usGross: number | null
  readonly worldwideGross: number | null
  readonly budget: number | null
}

type VegaRecord = Readonly<Record<string, string | number | null>>

const toNumber = (value: unknown): number | null => (typeof value === 'number' ? value : null)

function readRecords(): VegaRecord[] {
  try {
    const entry = createRequire(import.meta.url).resolve('vega-datasets')
    return JSON.parse(readFileSync(join(dirname(entry), '../data/movies.json'), 'utf8')) as VegaRecord[]
  } catch (cause) {
    throw new DataError(
      { en: 'The films of the package vega-datasets cannot be read.', zh: '无法读取 vega-datasets 包中的影片。' },
      {
        code: 'vega-films-unreadable',
        advice: {
          en: "Run npm ci, or choose the catalogue 'invented'.",
          zh: "请运行 npm ci，或选用虚构片库 'invented'。",
        },
        cause,
      },
    )
  }
}

/** The films that have a readable title, running time, genre and a release date until 2011; each title once. */
export function readVegaFilms(): VegaFilm[] {
  const seen = new Set<string>()
  const films: VegaFilm[] = []
  for (const record of readRecords()) {
    const title = String(record.Title ?? '').trim()
    const genre = record['Major Genre']
    const runtimeMinutes = toNumber(record['Running Time min'])
    const released = Date.parse(`${record['Release Date']} UTC`)
    const name = title.toLowerCase().replace(/[^a-z0-9]/g, '')
    if (!/^[ -~]+$/.test(title) || name === '' || seen.has(name)) continue
    if (typeof genre !== 'string' || runtimeMinutes === null || !(released < Date.UTC(2012, 0))) continue
    seen.add(name)
    films.push({
      title,
      releaseDay: Math.floor(released / 86_400_000),
      runtimeMinutes,
      genre,
      director: typeof record.Director === 'string' ? record.Director : null,
      usGross: toNumber(record['US Gross']),
      worldwideGross: toNumber(record['Worldwide Gross']),
      budget: toNumber(record['Production Budget']),
    })
  }
  return films
}
