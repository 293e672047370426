import type { Catalogue } from './catalogue.ts'
import { formatDay } from './local-time.ts'
import { OutputFile } from './output-file.ts'
import type { Rows } from './station-files.ts'
import { csvLine } from './truth.ts'

type Line = readonly (string | number | null)[]

/** Writes a UTF-8 CSV line by line and returns its data rows. */
export async function writeTable(folder: string, path: string, header: Line, lines: Iterable<Line>): Promise<Rows> {
  const file = new OutputFile(folder, path)
  file.write(csvLine(header))
  for (const line of lines) {
    file.write(csvLine(line))
    if (file.isFull) await file.drain()
  }
  await file.close()
  return { [path]: file.lines - 1 }
}

const titleHeader =
  'title_id,title,original_title,title_type,series,season,episode,year,release_date,runtime_minutes,genres,directors,actors,country'

function* titleLines(catalogue: Catalogue): Iterable<Line> {
  for (const work of catalogue.works) {
    const { key, en, zh, type, year } = work
    const people = [work.genres, work.directors, work.actors.map(({ person }) => person)].map((list) => list.join('|'))
    const country = work.isReal ? '' : 'Invented'
    const [first] = work.units
    const released = first === undefined ? '' : formatDay(first.releaseDay)
    if (type === 'film') {
      const runtime = (first?.runtimeSeconds ?? 0) / 60
      yield [key, en, zh, type, '', '', '', year, released, runtime, ...people, country]
      continue
    }
    yield [key, en, zh, type, '', '', '', year, released, '', ...people, country]
    for (const { season, episode, runtimeSeconds, releaseDay } of work.units) {
      const id = `${key}-${season}-${episode}`
      const date = formatDay(releaseDay)
      yield [
        id,
        en,
        zh,
        'episode',
        en,
        season,
        episode,
        date.slice(0, 4),
        date,
        runtimeSeconds / 60,
        ...people,
        country,
      ]
    }
  }
}

function* creditLines(catalogue: Catalogue): Iterable<Line> {
  for (const { key, en, year, directors, actors } of catalogue.works) {
    for (const director of directors) yield [key, en, year, director, 'director', '', '']
    for (const [index, { person, character }] of actors.entries()) {
      yield [key, en, year, person, 'actor', character, index + 1]
    }
  }
}

function* boxOfficeLines(catalogue: Catalogue): Iterable<Line> {
  for (const { key, en, year, boxOffice } of catalogue.works) {
    if (boxOffice === undefined) continue
    const { usGross, worldwideGross, budget } = boxOffice
    if (usGross !== null) yield [key, en, year, 'United States', usGross, 'USD', budget]
    if (worldwideGross !== null) yield [key, en, year, 'Worldwide', worldwideGross, 'USD', budget]
  }
}

/** Writes the catalogue, its credits and the box office; returns the data rows by file. */
export async function writeCatalogue(folder: string, catalogue: Catalogue): Promise<Rows> {
  const credits = 'title_id,title,year,person,role,character,billing'.split(',')
  const grosses = 'title_id,title,year,territory,gross,currency,budget'.split(',')
  return {
    ...(await writeTable(folder, 'catalogue/titles.csv', titleHeader.split(','), titleLines(catalogue))),
    ...(await writeTable(folder, 'catalogue/credits.csv', credits, creditLines(catalogue))),
    ...(await writeTable(folder, 'box-office/box-office.csv', grosses, boxOfficeLines(catalogue))),
  }
}
