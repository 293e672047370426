import type { Catalogue } from './catalogue.ts'

/** What a station airs: a series an hour, an episode further each day. */
export class Schedule {
  private readonly catalogue: Catalogue
  private readonly startDay: number
  private readonly aired: { work: number; units: number }[] = []

  /** Only what was out a month before `startDay` is aired, works `first`, `first + step` … of those. */
  constructor(catalogue: Catalogue, startDay: number, first: number, step: number) {
    this.catalogue = catalogue
    this.startDay = startDay
    let seen = 0
    catalogue.works.forEach((work, index) => {
      if (work.type !== 'series') return
      const units = work.units.filter((unit) => unit.releaseDay <= startDay - 30).length
      if (units > 0 && seen++ % step === first) this.aired.push({ work: index, units })
    })
  }

  airs(work: number): boolean {
    return this.aired.some((entry) => entry.work === work)
  }

  /** Works that are aired, as indexes into the catalogue. */
  works(): readonly number[] {
    return this.aired.map((entry) => entry.work)
  }

  /** Index of the unit that starts on the hour of a local day. */
  unitAt(day: number, hour: number): number {
    const entry = this.aired[(hour * 5 + 3) % this.aired.length]
    if (entry === undefined) return 0
    const step = (((day - this.startDay + hour) % entry.units) + entry.units) % entry.units
    return (this.catalogue.firstUnit[entry.work] ?? 0) + step
  }
}
