import { join } from 'node:path'
import { type RawPlay, readCsv } from './read-raw.ts'

/** A play that can be read, with what the catalogue says about its title. */
interface Judged {
  readonly raw: RawPlay
  readonly viewer: string
  readonly device: string
  /** Seconds since 1970, UTC. */
  readonly start: number
  readonly seconds: number
  /** True title, or `unknown:` and the name. */
  readonly title: string
  readonly runtime: number
  readonly release: number
}

const newYork = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/New_York',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** The UTC second of a written start, NaN when it is none. @throws when a local time is ambiguous. */
function readStart(source: string, text: string): number {
  if (!/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d/.test(text)) return Number.NaN
  if (source === 'cobalt') return Date.parse(text) / 1000
  const utc = Date.parse(`${text.replace(' ', 'T')}Z`) / 1000
  if (source !== 'aurora' || Number.isNaN(utc)) return utc - 8 * 3600
  const fits = [4, 5].map((hours) => utc + hours * 3600).filter((time) => newYork.format(time * 1000) === text)
  if (fits.length !== 1) throw new Error(`${text} is not one instant in New York`)
  return fits[0] ?? Number.NaN
}

function readSeconds(source: string, text: string): number {
  if (source === '长江卫视') {
    const [, sign = '', hours, minutes, seconds] = /^(-?)(\d+):(\d\d):(\d\d)$/.exec(text) ?? []
    const length = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
    return sign === '-' ? -length : length
  }
  return Number(text) * ({ aurora: 3600, 青峰: 60 }[source] ?? 1)
}

function groupBy(rows: readonly Judged[], keyOf: (row: Judged) => string): Map<string, Judged[]> {
  const groups = new Map<string, Judged[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group === undefined) groups.set(keyOf(row), [row])
    else group.push(row)
  }
  return groups
}

/** Looks at every row as an auditor would, rule by rule; `accepted` are the rows that are kept. */
export function judge(folder: string, plays: readonly RawPlay[]): { found: string[]; accepted: Judged[] } {
  const names = new Map(readCsv(join(folder, 'truth/titles.csv')).map((row) => [`${row.source}\n${row.name}`, row]))
  const catalogue = new Map(
    readCsv(join(folder, 'catalogue/titles.csv')).map((row) => [
      row.title_type === 'episode' ? `${row.title_id}` : `${row.title_id}--`,
      row,
    ]),
  )
  const found: string[] = []
  const report = ({ file, line }: RawPlay, rule: string): void => void found.push(`${file}:${line} ${rule}`)

  let rows: Judged[] = []
  for (const raw of plays) {
    if (raw.values === undefined) {
      report(raw, 'malformed-row')
      continue
    }
    const [viewer = '', name = '', started = '', watched = '', device = ''] = raw.values
    if (viewer === '' || name === '' || started === '' || watched === '') {
      report(raw, 'required-missing')
      continue
    }
    const start = readStart(raw.source, started)
    const seconds = readSeconds(raw.source, watched)
    if (Number.isNaN(start) || Number.isNaN(seconds)) report(raw, 'unparseable')
    else if (seconds <= 0) report(raw, 'non-positive-duration')
    else if (seconds > 86_400) report(raw, 'excessive-duration')
    else if (start > Date.UTC(2026, 6) / 1000) report(raw, 'start-in-future')
    else if (raw.isBot === true) report(raw, 'marked-bot')
    else {
      const truth = names.get(`${raw.source}\n${name}`)
      const entry = catalogue.get(`${truth?.title}-${truth?.season}-${truth?.episode}`)
      rows.push({
        raw,
        viewer,
        device,
        start,
        seconds,
        title: truth?.title || `unknown:${name}`,
        runtime: entry ? Number(entry.runtime_minutes) * 60 : Number.NaN,
        release: entry ? Date.parse(`${entry.release_date}`) / 1000 : Number.NaN,
      })
    }
  }
  const drop = (rule: string, isBroken: (row: Judged) => boolean): void => {
    rows = rows.filter((row) => {
      const broken = isBroken(row)
      if (broken) report(row.raw, rule)
      return !broken
    })
  }
  const seen = new Set<string>()
  const isRepeated = (key: string): boolean => seen.size === seen.add(key).size
  drop('exact-duplicate', ({ raw }) => isRepeated(`${raw.source}\n${raw.text}`))
  drop('duplicate-key', ({ raw }) => raw.playId !== undefined && isRepeated(raw.playId))
  const app = groupBy(
    rows.filter(({ raw }) => raw.source === '青峰'),
    ({ viewer }) => viewer,
  )
  drop(
    'cross-source-duplicate',
    (row) =>
      row.raw.source === '长江卫视' &&
      (app.get(row.viewer) ?? []).some((o) => o.title === row.title && Math.abs(o.start - row.start) <= 60),
  )
  const minutes = new Map<string, number>()
  const minuteOf = ({ raw, viewer, start }: Judged): string => `${raw.source} ${viewer} ${Math.floor(start / 60)}`
  for (const row of rows) minutes.set(minuteOf(row), (minutes.get(minuteOf(row)) ?? 0) + 1)
  drop('invalid-viewer', (row) => (minutes.get(minuteOf(row)) ?? 0) > 60)
  drop('beyond-runtime', ({ seconds, runtime }) => seconds > runtime * 1.1)
  drop('start-before-release', ({ start, release }) => start < release - 86_400)

  for (const row of rows) if (row.title.startsWith('unknown:')) report(row.raw, 'unknown-title')
  for (const own of groupBy(rows, ({ raw, viewer }) => `${raw.source} ${viewer}`).values()) {
    own.sort((a, b) => a.start - b.start)
    own.forEach((row, index) => {
      const next = own.slice(index + 1).find(({ device }) => device === row.device)
      if (next !== undefined && row.start + row.seconds > next.start + 60) report(row.raw, 'beyond-next-event')
      const overlaps = own
        .slice(0, index)
        .some(
          (o) =>
            o.device !== row.device &&
            Math.min(o.start + o.seconds, row.start + row.seconds) - Math.max(o.start, row.start) > 60,
        )
      if (overlaps) report(row.raw, 'overlapping-session')
    })
  }
  return { found: found.sort(), accepted: rows }
}
