import type { Kind } from '../../../warehouse/schema.ts'
import { compactHeader } from '../parse-header.ts'
import type { Sample } from '../proposal.ts'
import { classicWatchRecords } from './classic-watch-records.ts'
import * as imdb from './imdb.ts'
import * as movieLens from './movielens.ts'
import * as netflix from './netflix.ts'
import * as other from './other-layouts.ts'
import type { Preset } from './preset.ts'

/** Every layout known by name. Of two that match, the one that asks for more headers wins, then the earlier. */
export const presets: readonly Preset[] = [
  classicWatchRecords,
  ...Object.values(netflix),
  ...Object.values(movieLens),
  ...Object.values(imdb),
  other.bilibiliDanmaku,
  other.wikipediaMovies,
  other.vegaCatalogue,
  other.vegaMovies,
  other.taiwanBoxOffice,
  other.meridianSpend,
  other.pymcSpend,
  other.tmdbMovies,
]

const fitsShare = 0.9

function fitsValues(preset: Preset, sample: Sample, columnOf: (name: string) => number): boolean {
  return Object.entries(preset.values ?? {}).every(([name, pattern]) => {
    const at = columnOf(name)
    const values = sample.rows.map((row) => (row[at] ?? '').trim()).filter((value) => value !== '')
    const test = new RegExp(pattern)
    return values.length > 0 && values.filter((value) => test.test(value)).length >= values.length * fitsShare
  })
}

/** Hours by definition, but not when most values are longer than a day: then the column is asked about instead. */
function isPlausible(preset: Preset, sample: Sample, columnOf: (name: string) => number): boolean {
  const hours = Object.values(preset.columns).find((column) => column.unit === 'hours')
  if (hours?.from === undefined) return true
  const at = columnOf(hours.from)
  return sample.rows.filter((row) => Number(row[at]) > 24).length <= sample.rows.length / 2
}

function matches(preset: Preset, sample: Sample): boolean {
  if (preset.delimiter !== undefined && sample.format.delimiter !== preset.delimiter) return false
  if (sample.format.header === false) {
    const names = preset.names ?? []
    return (
      names.length > 0 &&
      names.length === sample.header.length &&
      fitsValues(preset, sample, (name) => names.indexOf(name))
    )
  }
  if (preset.headers.length === 0) return false
  const present = sample.header.map(compactHeader)
  const columnOf = (name: string): number => present.indexOf(compactHeader(name))
  const known = [...preset.headers, ...(preset.others ?? [])].map(compactHeader)
  return (
    preset.headers.every((name) => columnOf(name) >= 0) &&
    (preset.others === undefined || present.every((name) => known.includes(name))) &&
    fitsValues(preset, sample, columnOf) &&
    isPlausible(preset, sample, columnOf)
  )
}

/** The known layout that `sample` has, of `kind` where that is set. */
export function matchPreset(sample: Sample, kind?: Kind): Preset | undefined {
  return presets
    .filter((preset) => (kind === undefined || preset.kind === kind) && matches(preset, sample))
    .sort((a, b) => b.headers.length - a.headers.length)[0]
}
