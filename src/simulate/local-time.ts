export const daySeconds = 86_400

const two = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'))
const minutes = Array.from({ length: 1440 }, (_, i) => `${two[Math.floor(i / 60)]}:${two[i % 60]}`)
const dates = new Map<number, string>()

/** `YYYY-MM-DD` of a day counted from 1970-01-01. */
export function formatDay(day: number): string {
  const known = dates.get(day)
  if (known !== undefined) return known
  const text = new Date(day * daySeconds * 1000).toISOString().slice(0, 10)
  if (dates.size < 5_000) dates.set(day, text)
  return text
}

// HH:MM:SS of a second of the day.
function formatClock(second: number): string {
  return `${minutes[Math.floor(second / 60)]}:${two[second % 60]}`
}

/** A length of time as `HH:MM:SS`, with a sign when negative and more than two digits of hours when it takes them. */
export function formatLength(seconds: number): string {
  const length = Math.abs(seconds)
  const hours = Math.floor(length / 3600)
  const rest = length % 3600
  const text = `${String(hours).padStart(2, '0')}:${two[Math.floor(rest / 60)]}:${two[rest % 60]}`
  return seconds < 0 ? `-${text}` : text
}

/** Day and clock of a UTC second seen at `offset` seconds east of Greenwich, `separator` between them. */
export function formatLocal(utc: number, offset: number, separator: string): string {
  const local = utc + offset
  const day = Math.floor(local / daySeconds)
  return formatDay(day) + separator + formatClock(local - day * daySeconds)
}

/** Offset of an IANA time zone at a UTC second, in seconds, from the runtime's own zone data. */
function readOffset(format: Intl.DateTimeFormat, utc: number): number {
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(utc * 1000)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - utc
}

/** An IANA time zone between two UTC seconds: its offset at any of them and the changes of clock. */
export class Zone {
  private readonly from: number[] = []
  private readonly offsets: number[] = []

  constructor(name: string, start: number, end: number) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    let offset = readOffset(format, start)
    this.from.push(Number.NEGATIVE_INFINITY)
    this.offsets.push(offset)
    for (let day = start; day < end; day += daySeconds) {
      if (readOffset(format, day + daySeconds) === offset) continue
      let hour = day + 3600
      while (readOffset(format, hour) === offset) hour += 3600
      offset = readOffset(format, hour)
      this.from.push(hour)
      this.offsets.push(offset)
    }
  }

  /** Seconds east of Greenwich. */
  offsetAt(utc: number): number {
    let index = this.from.length - 1
    while (utc < (this.from[index] ?? 0)) index--
    return this.offsets[index] ?? 0
  }

  /** `utc`, or the first second after the two hours around a change of clock, where local times are ambiguous. */
  avoidChange(utc: number): number {
    for (const change of this.from) if (Math.abs(utc - change) < 7200) return change + 7200
    return utc
  }
}
