import type { DailyMinutes } from './report-data.ts'

export type Step = 'day' | 'week' | 'month'

/** Lines over time that stay readable: past 120 days they are averages of weeks, past two years of months. */
export interface RolledMinutes {
  readonly step: Step
  /** First day of each step, in order. */
  readonly labels: readonly string[]
  /** Viewer-minutes a day, by label; null where the source has no day in the step. */
  readonly lines: readonly { readonly source: string; readonly values: readonly (number | null)[] }[]
}

function startOf(day: string, step: Step): string {
  if (step === 'day') return day
  if (step === 'month') return `${day.slice(0, 7)}-01`
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}

/** Daily minutes of each source, averaged over as long a step as keeps the lines readable. */
export function rollDays(daily: readonly DailyMinutes[]): RolledMinutes {
  const count = new Set(daily.flatMap((line) => line.days.map((day) => day.day))).size
  const step: Step = count > 730 ? 'month' : count > 120 ? 'week' : 'day'
  const lines = daily.map((line) => {
    const sums = new Map<string, { minutes: number; days: number }>()
    for (const day of line.days) {
      const start = startOf(day.day, step)
      const sum = sums.get(start) ?? { minutes: 0, days: 0 }
      sums.set(start, { minutes: sum.minutes + day.minutes, days: sum.days + 1 })
    }
    return { source: line.source, sums }
  })
  const labels = [...new Set(lines.flatMap((line) => [...line.sums.keys()]))].sort()
  return {
    step,
    labels,
    lines: lines.map((line) => ({
      source: line.source,
      values: labels.map((label) => {
        const sum = line.sums.get(label)
        return sum ? sum.minutes / sum.days : null
      }),
    })),
  }
}
