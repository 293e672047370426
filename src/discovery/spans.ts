/** Days, inclusive; undefined: no bound. */
export interface Span {
  readonly from: string | undefined
  readonly to: string | undefined
}

/** Which days count for what. */
export interface Spans {
  readonly own: Span
  /** The last period, and as many days before it; undefined where no day is known. */
  readonly now: Span | undefined
  readonly before: Span | undefined
}

const dayMilliseconds = 86_400_000
const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(day) + days * dayMilliseconds).toISOString().slice(0, 10)

/** The days asked for, and the last period: all of them where `from` says when they begin, else the `periodDays` up to their end or `last`, the latest day. */
export function spansOf({ from, to }: Partial<Span>, last: string | null, periodDays: number): Spans {
  const own = { from, to }
  const end = to ?? last
  if (end === null) return { own, now: undefined, before: undefined }
  const start = from ?? dayAfter(end, 1 - periodDays)
  const days = (Date.parse(end) - Date.parse(start)) / dayMilliseconds + 1
  return { own, now: { from: start, to: end }, before: { from: dayAfter(start, -days), to: dayAfter(start, -1) } }
}

/** Whether `day` lies in the span; one that is not known lies in a span without bounds only. */
export function isIn(day: string | null, { from, to }: Span): boolean {
  if (from === undefined && to === undefined) return true
  return day !== null && (from === undefined || day >= from) && (to === undefined || day <= to)
}

export const writeSpan = (span: Span | undefined): string | null => (span ? `${span.from}–${span.to}` : null)
