import { isIn, type Spans } from '../spans.ts'
import type { NameEntry, NameReader } from './name-list.ts'

/** One text of a viewer. */
export interface Said {
  readonly text: string
  readonly day: string | null
  /** 1 favourable, 0 unfavourable. */
  readonly favour: number | null
}

/** How a figure is spoken of; all but `texts` are viewers. */
export interface FigureCounts {
  viewers: number
  texts: number
  now: number
  before: number
  readonly names: Map<NameEntry, number>
  readonly periods: Map<string, number>
}

const add = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1)

/** The first day of the month or, from Monday on, of the week that `day` is in. */
export function periodOf(day: string, unit: 'week' | 'month'): string {
  if (unit === 'month') return `${day.slice(0, 7)}-01`
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}

/** Counts who speaks of whom, a viewer at a time. */
export class MentionCounts {
  readonly figures: readonly FigureCounts[]
  /** Viewers who name two in one text, by `left right`, indices of figures, the smaller first. */
  readonly pairs = new Map<string, number>()
  /** Viewers whose texts leave open whom a name means. */
  readonly ambiguous = new Map<NameEntry, number>()
  /** Viewers who name anybody: in all, in the last period, in the one before, and by period. */
  readonly voices = { own: 0, now: 0, before: 0 }
  readonly periods = new Map<string, number>()
  viewers = 0
  favourable = 0
  unfavourable = 0
  readonly #reader: NameReader
  readonly #spans: Spans
  readonly #unit: 'week' | 'month'

  constructor(figures: number, reader: NameReader, spans: Spans, unit: 'week' | 'month') {
    this.#reader = reader
    this.#spans = spans
    this.#unit = unit
    this.figures = Array.from({ length: figures }, () => ({
      ...{ viewers: 0, texts: 0, now: 0, before: 0 },
      names: new Map(),
      periods: new Map(),
    }))
  }

  add(said: readonly Said[]): void {
    const { own, now, before } = this.#spans
    /** What this viewer counts for already: each is counted once. */
    const met = new Set<string>()
    const once = (key: string, count: () => void) => {
      if (met.has(key)) return
      met.add(key)
      count()
    }
    if (said.some(({ day }) => isIn(day, own))) this.viewers += 1
    for (const { text, day, favour } of said) {
      const inOwn = isIn(day, own)
      if (inOwn && favour === 1) once('favourable', () => (this.favourable += 1))
      if (inOwn && favour === 0) once('unfavourable', () => (this.unfavourable += 1))
      const named = this.#read(text, inOwn, once)
      if (named.length === 0) continue
      const period = day === null || !inOwn ? undefined : periodOf(day, this.#unit)
      if (inOwn) once('own', () => (this.voices.own += 1))
      if (now && isIn(day, now)) once('now', () => (this.voices.now += 1))
      if (before && isIn(day, before)) once('before', () => (this.voices.before += 1))
      if (period !== undefined) once(period, () => add(this.periods, period))
      for (const figure of named) {
        const counts = this.figures[figure] as FigureCounts
        if (inOwn) {
          counts.texts += 1
          once(`${figure}`, () => (counts.viewers += 1))
        }
        if (now && isIn(day, now)) once(`${figure} now`, () => (counts.now += 1))
        if (before && isIn(day, before)) once(`${figure} before`, () => (counts.before += 1))
        if (period !== undefined) once(`${figure} ${period}`, () => add(counts.periods, period))
        for (const other of named) {
          if (inOwn && figure < other) once(`pair ${figure} ${other}`, () => add(this.pairs, `${figure} ${other}`))
        }
      }
    }
  }

  /** Whom `text` names. A name of several means the one of them whom the text names otherwise too, else the one who is usually meant. */
  #read(text: string, inOwn: boolean, once: (key: string, count: () => void) => void): number[] {
    const namings = this.#reader.find(text)
    const plain = new Set(namings.flatMap(({ entry: { figures } }) => (figures.length === 1 ? figures : [])))
    const named = new Set(plain)
    for (const { entry } of namings) {
      const [figure, another] = entry.figures.filter((one) => plain.has(one))
      const meant = figure !== undefined && another === undefined ? figure : entry.usually
      if (meant !== undefined) named.add(meant)
      if (!inOwn) continue
      if (meant === undefined) once(`? ${entry.text}`, () => add(this.ambiguous, entry))
      else once(`${meant} as ${entry.text}`, () => add((this.figures[meant] as FigureCounts).names, entry))
    }
    return [...named].sort((a, b) => a - b)
  }
}
