/** Where viewers' merged ranges start and end (exclusive), by minute of the title. */
export interface RangeEdge {
  readonly minute: number
  readonly starts: number
  readonly ends: number
}

export interface RetentionPoint {
  readonly minute: number
  /** Viewers who saw some of this minute. */
  readonly viewers: number
  /** … as a share of all viewers of the title. */
  readonly share: number
}

/** Viewers in each minute from 0 to the last one that anybody saw: ranges begun so far less ranges ended. */
export function retentionCurve(edges: readonly RangeEdge[], viewers: number): RetentionPoint[] {
  const byMinute = new Map(edges.map((edge) => [edge.minute, edge]))
  const last = Math.max(0, ...edges.map((edge) => edge.minute))
  const curve: RetentionPoint[] = []
  let watching = 0
  for (let minute = 0; minute < last; minute += 1) {
    const edge = byMinute.get(minute)
    watching += (edge?.starts ?? 0) - (edge?.ends ?? 0)
    curve.push({ minute, viewers: watching, share: viewers > 0 ? watching / viewers : 0 })
  }
  return curve
}

/** ISO 8601 week of a Monday: `2026-W30`. */
export function isoWeek(monday: string): string {
  const thursday = new Date(`${monday}T00:00:00Z`)
  thursday.setUTCDate(thursday.getUTCDate() + 3)
  const year = thursday.getUTCFullYear()
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * 86_400_000)) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}
