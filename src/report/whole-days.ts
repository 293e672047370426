import type { DailyMinutes } from './report-data.ts'

const leastDays = 8

/** The daily lines without a first or last day that holds less than half a usual day, and which days those were. */
export function wholeDays(daily: readonly DailyMinutes[]): { daily: readonly DailyMinutes[]; partial: string[] } {
  const totals = new Map<string, number>()
  for (const { day, minutes } of daily.flatMap((line) => line.days)) totals.set(day, (totals.get(day) ?? 0) + minutes)
  const days = [...totals.keys()].sort()
  if (days.length < leastDays) return { daily, partial: [] }
  const sorted = [...totals.values()].sort((a, b) => a - b)
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 0
  const partial = [days[0], days.at(-1)].flatMap((day) =>
    day !== undefined && (totals.get(day) ?? 0) < usual / 2 ? [day] : [],
  )
  return {
    daily: daily.map((line) => ({ ...line, days: line.days.filter(({ day }) => !partial.includes(day)) })),
    partial,
  }
}
