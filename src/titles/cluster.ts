import { areDistinct } from './score.ts'
import type { Work } from './work.ts'

/**
 * Union-find over works (Tarjan 1975) that refuses a union whose cluster would hold two ids of one space, two entries of
 * one catalogue, a film and a series, years more than one apart, or a pair that a person keeps apart.
 */
export class Clusters {
  readonly #works: readonly Work[]
  readonly #parent: Int32Array
  /** Of each root: its works. */
  readonly #members: number[][]
  readonly #apart = new Map<number, number[]>()

  constructor(works: readonly Work[]) {
    this.#works = works
    this.#parent = Int32Array.from(works.keys())
    this.#members = works.map((_, index) => [index])
  }

  rootOf(work: number): number {
    let root = work
    while (this.#parent[root] !== root) root = this.#parent[root] ?? root
    this.#parent[work] = root
    return root
  }

  membersOf(work: number): readonly number[] {
    return this.#members[this.rootOf(work)] ?? []
  }

  keepApart(left: number, right: number): void {
    this.#apart.set(left, [...(this.#apart.get(left) ?? []), right])
    this.#apart.set(right, [...(this.#apart.get(right) ?? []), left])
  }

  areKeptApart(left: number, right: number): boolean {
    if (this.#apart.size === 0) return false
    const other = this.rootOf(right)
    return this.membersOf(left).some((work) =>
      (this.#apart.get(work) ?? []).some((item) => this.rootOf(item) === other),
    )
  }

  canJoin(left: number, right: number): boolean {
    if (this.rootOf(left) === this.rootOf(right)) return true
    if (this.areKeptApart(left, right)) return false
    const others = this.membersOf(right)
    return this.membersOf(left).every((member) => others.every((other) => this.#areCompatible(member, other)))
  }

  #areCompatible(left: number, right: number): boolean {
    const [a, b] = [this.#works[left], this.#works[right]]
    if (a === undefined || b === undefined || areDistinct(a, b)) return false
    return a.year === null || b.year === null || Math.abs(a.year - b.year) <= 1
  }

  /** Joins them even where `canJoin` says no. */
  join(left: number, right: number): void {
    const [a, b] = [this.rootOf(left), this.rootOf(right)]
    if (a === b) return
    const [into, from] = a < b ? [a, b] : [b, a]
    this.#parent[from] = into
    this.#members[into] = [...(this.#members[into] ?? []), ...(this.#members[from] ?? [])]
    this.#members[from] = []
  }
}
