import { hash32, type Random } from '../kernels/random.ts'
import type { RuleId } from '../quality/rules.ts'
import { type Catalogue, genres } from './catalogue.ts'
import { daySeconds, Zone } from './local-time.ts'
import { endDay } from './parameters.ts'
import type { Popularity } from './popularity.ts'
import type { Schedule } from './schedule.ts'
import type { Play, SourceWriter } from './source-writer.ts'
import { changjiang, cobalt, playSources } from './sources.ts'

/** Monday to Sunday. */
const weekdays = [0.85, 0.85, 0.9, 0.95, 1.15, 1.3, 1.2] as const
/** Mean and deviation, in hours of the local clock, of when viewers of each kind begin. */
const dayParts = [
  [20, 1.8],
  [20.5, 1.5],
  [13.5, 3],
  [23.5, 1.5],
  [8, 1.5],
] as const

const stb = playSources.indexOf(changjiang)
const json = playSources.indexOf(cobalt)

/** What is fixed about a viewer; a function of seed and index. */
export function describeViewer(seed: number, viewer: number): { source: number; genre: number; traits: number } {
  const bits = hash32(seed % 0x7fffffff, viewer)
  const u = (bits & 0xffff) / 65_536
  let source = 0
  for (let sum = playSources[0].share; source < playSources.length - 1 && u >= sum; ) {
    source++
    sum += playSources[source]?.share ?? 1
  }
  return { source, genre: (bits >>> 16) % genres.length, traits: hash32(bits, viewer) }
}

interface Thresholds {
  readonly rules: readonly RuleId[]
  readonly limits: readonly number[]
}

/** Draws what viewers do, day by day: no viewer's day runs into the next, so that nothing about a viewer is kept. */
export class Plays {
  private readonly random: Random
  private readonly catalogue: Catalogue
  private readonly popularity: Popularity
  private readonly station: Schedule
  private readonly writers: readonly SourceWriter[]
  private readonly viewers: number
  private readonly seed: number
  private readonly zones: readonly Zone[]
  private readonly standard: readonly number[]
  private readonly activity: Float64Array
  private readonly thresholds: readonly Thresholds[]
  private readonly upcoming: readonly (readonly number[])[]
  private readonly airedWorks: ReadonlySet<number>
  private robots = 0

  constructor(parts: {
    random: Random
    catalogue: Catalogue
    popularity: Popularity
    station: Schedule
    writers: readonly SourceWriter[]
    viewers: number
    seed: number
    startDay: number
  }) {
    const { random, catalogue, popularity, station, writers, viewers, seed, startDay } = parts
    this.random = random
    this.catalogue = catalogue
    this.popularity = popularity
    this.station = station
    this.writers = writers
    this.viewers = viewers
    this.seed = seed
    this.zones = playSources.map(
      (source) => new Zone(source.zone, (startDay - 2) * daySeconds, (endDay + 3) * daySeconds),
    )
    // In January, New York keeps standard time.
    this.standard = this.zones.map((zone) => zone.offsetAt(endDay * daySeconds))
    this.activity = Float64Array.from({ length: 256 }, () => random.gamma(1.5, 0.8))
    this.thresholds = playSources.map(({ rates }) => {
      const rules = Object.keys(rates) as RuleId[]
      let sum = 0
      const limits = rules.map((rule) => {
        // A robot writes 77 rows on average.
        sum += (rates[rule] ?? 0) / (rule === 'invalid-viewer' ? 77 : 1)
        return sum
      })
      return { rules, limits }
    })
    this.upcoming = playSources.map((source) => {
      const units: number[] = []
      catalogue.units.forEach((unit, index) => {
        const work = catalogue.works[unit.work]
        if (unit.releaseDay >= endDay + 10 && work !== undefined && source.carries(work)) units.push(index)
      })
      return units
    })
    this.airedWorks = new Set(station.works())
  }

  /** Writes the plays of one viewer on one viewing day, which lasts from five to five by the source's standard time. */
  play(viewer: number, day: number): void {
    const { random } = this
    const { source, genre, traits } = describeViewer(this.seed, viewer)
    const rate = (this.activity[traits & 255] ?? 1) * (weekdays[(day + 3) % 7] ?? 1)
    let left = random.poisson(rate)
    if (left === 0) return
    const writer = this.writers[source]
    if (writer === undefined) return
    const offsets = writer.source.offsets
    const fixed = offsets.length === 0 ? undefined : (offsets[traits % offsets.length] ?? 0)
    const base = day * daySeconds + 5 * 3600 - (fixed ?? this.standard[source] ?? 0)
    const end = base + daySeconds - 600
    const [mean, deviation] = dayParts[(traits >>> 8) % 5] ?? dayParts[0]
    const begin = (random.normal(mean, deviation) - 5 + 24) % 24
    let t = base + Math.floor(Math.min(Math.max(begin, 0), 23) * 3600)
    const main = (traits >>> 12) & 3
    let forced = false
    let previous: number | undefined
    let busy = 0
    const play: Play = {
      unit: 0,
      viewer: writer.source.viewerId(viewer),
      place: traits,
      utc: 0,
      offset: 0,
      seconds: 0,
      device: main,
      speed: 1,
      isAdvertising: false,
    }
    for (; left > 0; left--) {
      t = this.clear(source, t)
      if (t > end - 120) break
      let rule = forced ? undefined : this.drawRule(source)
      if (rule === 'invalid-viewer') {
        this.runRobot(source, base, genre)
        rule = undefined
      }
      const follow = previous === undefined || random.uniform() > 0.6 ? undefined : this.popularity.next(previous)
      play.unit = follow ?? this.popularity.draw(source, genre, random)
      if (!forced) play.device = random.uniform() < 0.75 ? main : random.integer(4)
      play.speed = 1
      play.utc = t
      play.offset = fixed ?? this.zones[source]?.offsetAt(t) ?? 0
      const room = source === stb ? Math.min(end - t, this.tuneIn(play)) : end - t
      if (source === json && !forced && random.uniform() < 0.08) t = this.advertise(writer, play)
      const runtime = this.runtime(play.unit)
      play.seconds = this.watch(play, Math.min(room, end - t), source === json)
      let next = 0
      if (rule === 'beyond-runtime') {
        const seconds = Math.floor(runtime * (1.5 + random.uniform()))
        if (t + seconds <= end) {
          play.seconds = seconds
          play.speed = 1
        } else rule = undefined
      } else if (rule === 'start-before-release') {
        const units = this.upcoming[source] ?? []
        if (units.length === 0) rule = undefined
        else play.unit = units[random.integer(units.length)] ?? 0
        play.seconds = Math.min(play.seconds, this.runtime(play.unit))
      } else if (rule === 'beyond-next-event' || rule === 'overlapping-session') {
        const seconds = Math.min(Math.floor(runtime * (0.6 + 0.4 * random.uniform())), end - t)
        next = t + Math.floor(seconds * (0.5 + 0.2 * random.uniform()))
        if (seconds >= 600 && this.clear(source, next) === next) {
          play.seconds = seconds
          play.speed = 1
        } else rule = undefined
      } else if (rule === 'cross-source-duplicate') {
        if (this.airedWorks.has(this.catalogue.units[play.unit]?.work ?? -1)) this.reportTwice(play)
        rule = undefined
      }
      busy = Math.max(busy, t + Math.ceil(play.seconds))
      forced = false
      if (rule === 'overlapping-session') {
        writer.write(play)
        play.unit = this.popularity.draw(source, genre, random)
        play.device = (play.device + 1) % 4
        play.utc = next
        play.offset = fixed ?? this.zones[source]?.offsetAt(next) ?? 0
        play.seconds = Math.min(this.runtime(play.unit), end - next, 600 + random.integer(1200))
        writer.write(play, rule)
        busy = Math.max(busy, next + play.seconds)
      } else {
        writer.write(play, rule)
        if (rule === 'beyond-next-event') {
          forced = true
          left = Math.max(left, 2)
        }
      }
      previous = play.unit
      t = forced ? next : busy + 60 + Math.floor(-1200 * Math.log(1 - random.uniform()))
    }
  }

  /** One robot on the first source, whose turn might not come in a small simulation. */
  runFirstRobot(day: number): void {
    this.runRobot(0, day * daySeconds + daySeconds / 2, 0)
  }

  private clear(source: number, utc: number): number {
    return this.zones[source]?.avoidChange(utc) ?? utc
  }

  private runtime(unit: number): number {
    return this.catalogue.units[unit]?.runtimeSeconds ?? 0
  }

  private drawRule(source: number): RuleId | undefined {
    const { rules, limits } = this.thresholds[source] ?? { rules: [], limits: [] }
    const u = this.random.uniform()
    if (u >= (limits[limits.length - 1] ?? 0)) return undefined
    return rules[limits.findIndex((limit) => u < limit)]
  }

  /** Seconds watched: many stop early, the others near the end. Never longer than the title runs. */
  private watch(play: Play, room: number, canSpeed: boolean): number {
    const { random } = this
    const work = this.catalogue.works[this.catalogue.units[play.unit]?.work ?? 0]
    const runtime = this.runtime(play.unit)
    if (canSpeed) {
      const u = random.uniform()
      play.speed = u < 0.86 ? 1 : u < 0.92 ? 1.25 : u < 0.96 ? 1.5 : u < 0.995 ? 2 : 3.5
      if (random.uniform() < 0.005) return 1 + random.integer(3)
    }
    const stays = random.uniform() < (work?.completion ?? 0.5)
    const share = stays ? 0.92 + 0.08 * random.uniform() : 0.9 * random.uniform() ** 2
    return Math.max(20, Math.floor(Math.min((runtime * share) / play.speed, room)))
  }

  /** What a set-top box shows at that time: live, or something aired in the last week. Returns the seconds left of it. */
  private tuneIn(play: Play): number {
    const local = play.utc + play.offset
    const day = Math.floor(local / daySeconds)
    const second = local - day * daySeconds
    const live = this.station.unitAt(day, Math.floor(second / 3600))
    const left = this.runtime(live) - (second % 3600)
    if (left > 120 && this.random.uniform() < 0.7) {
      play.unit = live
      return left
    }
    play.unit = this.station.unitAt(day - 1 - this.random.integer(7), this.random.integer(24))
    return this.runtime(play.unit)
  }

  /** Writes a spot before the play and returns when the play begins. */
  private advertise(writer: SourceWriter, play: Play): number {
    play.isAdvertising = true
    play.seconds = 15 + this.random.integer(31)
    writer.write(play)
    play.isAdvertising = false
    play.utc += play.seconds + 2
    return play.utc
  }

  /** The station's own report of a play that its catch-up service delivered to an account of the app. */
  private reportTwice(play: Play): void {
    const shift = this.random.integer(41) - 20
    const seconds = Math.max(20, play.seconds - this.random.integer(10))
    this.writers[stb]?.write({ ...play, utc: play.utc + shift, seconds }, 'cross-source-duplicate')
  }

  /** One robot starts more than 60 plays within one minute of the clock. */
  private runRobot(source: number, base: number, genre: number): void {
    const { random } = this
    const writer = this.writers[source]
    if (writer === undefined) return
    const offsets = writer.source.offsets
    const minute = this.clear(source, Math.floor((base + random.integer(70_000)) / 60) * 60)
    const place = random.integer(4)
    const viewer = writer.source.viewerId(this.viewers + this.robots++)
    const offset = offsets.length > 0 ? (offsets[place] ?? 0) : (this.zones[source]?.offsetAt(minute) ?? 0)
    const count = 65 + random.integer(25)
    for (let index = 0; index < count; index++) {
      const unit =
        source === stb
          ? this.station.unitAt(Math.floor(base / daySeconds) - 1, index % 24)
          : this.popularity.draw(source, genre, random)
      const utc = minute + Math.floor((index * 55) / count)
      const seconds = 5 + (index % 7)
      writer.write(
        { unit, viewer, place, utc, offset, seconds, device: 0, speed: 1, isAdvertising: false },
        'invalid-viewer',
      )
    }
  }
}
