import { AliasTable, type Random } from '../kernels/random.ts'
import { type Catalogue, genres } from './catalogue.ts'
import { playSources } from './sources.ts'

/** What is watched on one day: Zipf by rank, raised at each launch and decaying with a time constant of ten days. */
export class Popularity {
  private readonly catalogue: Catalogue
  private readonly released: Uint32Array
  private readonly carried: readonly (readonly number[])[]
  private tables: { works: readonly number[]; table: AliasTable }[][] = []

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue
    this.released = new Uint32Array(catalogue.works.length)
    this.carried = playSources.map((source) => {
      const carried: number[] = []
      catalogue.works.forEach((work, index) => {
        if (source.carries(work)) carried.push(index)
      })
      return carried
    })
  }

  /** Moves to `day`: what was released two days before or earlier can be watched. */
  setDay(day: number): void {
    const weights = this.catalogue.works.map((work, index) => {
      let count = this.released[index] ?? 0
      while (count < work.units.length && (work.units[count]?.releaseDay ?? 0) <= day - 2) count++
      this.released[index] = count
      const newest = work.units[count - 1]
      if (newest === undefined) return 0
      const launch = work.units.find((unit) => unit.season === newest.season)?.releaseDay ?? newest.releaseDay
      return work.weight * (1 + 8 * Math.exp((launch - day) / 10))
    })
    this.tables = this.carried.map((carried) =>
      [undefined, ...genres].map((genre) => {
        const works = carried.filter(
          (index) =>
            (weights[index] ?? 0) > 0 &&
            (genre === undefined || this.catalogue.works[index]?.genres.includes(genre) === true),
        )
        return { works, table: new AliasTable(works.map((index) => weights[index] ?? 0)) }
      }),
    )
  }

  /** A unit that a viewer with this favourite genre plays on source `source`. */
  draw(source: number, genre: number, random: Random): number {
    const wanted = random.uniform() < 0.6 ? this.tables[source]?.[genre + 1] : undefined
    const choice = wanted === undefined || wanted.works.length === 0 ? this.tables[source]?.[0] : wanted
    const work = choice?.works[choice.table.draw(random)] ?? 0
    const count = this.released[work] ?? 1
    const back = random.uniform() < 0.5 ? Math.floor(-3 * Math.log(1 - random.uniform())) : random.integer(count)
    return (this.catalogue.firstUnit[work] ?? 0) + Math.max(0, count - 1 - back)
  }

  /** The unit that follows in the same work and is out, or undefined. */
  next(unit: number): number | undefined {
    const work = this.catalogue.units[unit]?.work ?? 0
    const place = unit + 1 - (this.catalogue.firstUnit[work] ?? 0)
    return place < (this.released[work] ?? 0) ? unit + 1 : undefined
  }

  /** How many units of a work are out. */
  releasedUnits(work: number): number {
    return this.released[work] ?? 0
  }

  /** Works that a source carries, in catalogue order. */
  carriedBy(source: number): readonly number[] {
    return this.carried[source] ?? []
  }
}
