import { matchField } from './dictionary/look-up.ts'
import type { SampleColumn } from './map-column.ts'

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
