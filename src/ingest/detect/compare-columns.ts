import { matchField } from './dictionary/look-up.ts'
import type { SampleColumn } from './map-column.ts'
import { profileColumn } from './profile-column.ts'

/** Whether each of `ids` goes with one title only; true where no column names titles. */
export function namesTitles(ids: SampleColumn, columns: readonly SampleColumn[]): boolean {
  const titles = columns
    .map((column) => ({ column, score: matchField('title', 'title', column.parsed)?.score ?? 0 }))
    .sort((a, b) => b.score - a.score)[0]
  if (titles === undefined || titles.score < 0.9) return true
  const first = new Map<string, string>()
  return ids.cells.every((id, row) => {
    const title = titles.column.cells[row] ?? ''
    if (id === '' || title === '') return true
    const earlier = first.get(id)
    if (earlier === undefined) first.set(id, title)
    return earlier === undefined || earlier === title
  })
}

const isClock = (cell: string): boolean => /^([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d)?( ?[AaPp][Mm])?$/.test(cell.trim())

/** The column that says the day of `times`, where those are times of day without one. */
export function findDay(times: SampleColumn, columns: readonly SampleColumn[]): SampleColumn | undefined {
  const filled = times.cells.filter((cell) => cell.trim() !== '')
  if (filled.length === 0 || filled.filter(isClock).length < filled.length * 0.9) return undefined
  return columns.find(({ parsed, profile }) => {
    const isDay = profile.date !== undefined && !profile.date.hasTime
    const score = matchField('panel_rating', 'period_start', parsed)?.score ?? 0
    return isDay && (score >= 0.9 || (matchField('viewing', 'started_at', parsed)?.score ?? 0) >= 0.9)
  })
}

/** `times` with its day before each. */
export function joinDay(times: SampleColumn, day: SampleColumn): SampleColumn {
  const cells = times.cells.map((time, row) => {
    const date = (day.cells[row] ?? '').trim()
    return date === '' || time.trim() === '' ? '' : `${date} ${time.trim()}`
  })
  return { ...times, cells, profile: profileColumn(cells) }
}

/** Whether `years` repeats the year of a column of dates: that of the day or period then, not of a release. */
export function holdsPeriodYears(years: SampleColumn, columns: readonly SampleColumn[]): boolean {
  return columns.some(({ profile, cells }) => {
    if (profile.date === undefined || profile.date.format.startsWith('unix')) return false
    const pairs = cells.flatMap((cell, row) => {
      const year = /(?:19|20)\d{2}/.exec(cell)?.[0]
      return year === undefined || years.cells[row] === '' ? [] : [year === years.cells[row]]
    })
    return pairs.length > 1 && pairs.filter(Boolean).length >= pairs.length * 0.95
  })
}
