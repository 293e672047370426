import { forEachCandidate } from './block.ts'
import type { Clusters } from './cluster.ts'
import { compareNames, type Name, type NameSimilarity, prepareName, sameName } from './name-similarity.ts'
import { areDistinct, type Match, scoreWorks } from './score.ts'
import type { Work } from './work.ts'

/** Two works, by position, that may be one. */
export interface Link extends Match {
  readonly left: number
  readonly right: number
}

/** A rival this close to the best leaves the choice open. */
const margin = 0.025

/** Of works under one name, each is compared with this many at most. */
const namesakes = 200

/** Every pair of works that scores at least `review`, best first. */
export function findLinks(works: readonly Work[], review: number): Link[] {
  const names: Name[] = []
  const owners: number[][] = []
  const positions = new Map<string, number>()
  const frequency = new Map<string, number>()
  const seen = new Set<string>()
  for (const [index, work] of works.entries()) {
    for (const parsed of work.names) {
      const spelling = `${parsed.coreKey}\n${parsed.mainKey}`
      const position = positions.get(spelling)
      if (position !== undefined) {
        owners[position]?.push(index)
        continue
      }
      const name = prepareName(parsed)
      positions.set(spelling, names.length)
      names.push(name)
      owners.push([index])
      if (seen.has(parsed.coreKey)) continue
      seen.add(parsed.coreKey)
      for (const token of new Set(name.tokens)) frequency.set(token, (frequency.get(token) ?? 0) + 1)
    }
  }
  const best = new Map<number, Link>()
  const compareWorks = (first: number, second: number, similarity: NameSimilarity): void => {
    if (first === second) return
    const [left, right] = first < second ? [first, second] : [second, first]
    const [leftWork, rightWork] = [works[left], works[right]]
    if (leftWork === undefined || rightWork === undefined || areDistinct(leftWork, rightWork)) return
    const match = scoreWorks(leftWork, rightWork, similarity)
    if (match.score < review) return
    const pair = left * works.length + right
    if ((best.get(pair)?.score ?? -1) < match.score) best.set(pair, { left, right, ...match })
  }
  for (const same of owners) {
    for (const [index, first] of same.entries()) {
      for (const second of same.slice(index + 1, index + 1 + namesakes)) compareWorks(first, second, sameName)
    }
  }
  const lately = new Float64Array(2 ** 20)
  forEachCandidate(names, frequency, (a, b) => {
    const visit = a * names.length + b
    const slot = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 12
    if (lately[slot] === visit) return
    lately[slot] = visit
    const [leftName, rightName] = [names[a], names[b]]
    if (leftName === undefined || rightName === undefined) return
    const similarity = compareNames(leftName, rightName, frequency)
    if (similarity.value === 0) return
    for (const first of owners[a] ?? []) {
      for (const second of (owners[b] ?? []).slice(0, namesakes)) compareWorks(first, second, similarity)
    }
  })
  return [...best.values()].sort((a, b) => b.score - a.score || a.left - b.left || a.right - b.right)
}

interface Rival {
  readonly root: number
  readonly score: number
}

/** What each cluster could be joined with, best first. `links` come best first. */
function findRivals(links: readonly Link[], clusters: Clusters): Map<number, Rival[]> {
  const rivals = new Map<number, Map<number, number>>()
  const add = (from: number, root: number, score: number): void => {
    const scores = rivals.get(from) ?? new Map<number, number>()
    if (!scores.has(root)) scores.set(root, score)
    rivals.set(from, scores)
  }
  for (const link of links) {
    const [left, right] = [clusters.rootOf(link.left), clusters.rootOf(link.right)]
    if (left === right) continue
    add(left, right, link.score)
    add(right, left, link.score)
  }
  const sorted = [...rivals].map(([from, scores]): [number, Rival[]] => [
    from,
    [...scores].map(([root, score]) => ({ root, score })),
  ])
  return new Map(sorted)
}

/** Links that may not be followed: `open` between works that fit equally well, `idle` because one side is open itself. */
export interface Withheld {
  readonly open: Set<Link>
  readonly idle: Set<Link>
}

/**
 * Joins what scores at least `accept`, first where both years are known, then the rest. A link is left open if either
 * side has a rival that scores as well and cannot be the same work; what has no year and is open joins nothing.
 */
export function joinLinks(
  works: readonly Work[],
  links: readonly Link[],
  accept: number,
  clusters: Clusters,
): Withheld {
  const isDated = (work: number): boolean => works[work]?.year !== null
  const areDated = (link: Link): boolean => isDated(link.left) && isDated(link.right)
  const withheld: Withheld = { open: new Set(), idle: new Set() }
  for (const round of [links.filter(areDated), links.filter((link) => !areDated(link))]) {
    const rivals = findRivals(round, clusters)
    const hasRival = (of: number, chosen: number, score: number): boolean =>
      (rivals.get(of) ?? []).some(
        (item) => item.root !== chosen && item.score >= score - margin && !clusters.canJoin(item.root, chosen),
      )
    const isTorn = (root: number): boolean => {
      if (clusters.membersOf(root).some(isDated)) return false
      const all = rivals.get(root) ?? []
      const least = Math.max(...all.map((item) => item.score)) - margin
      const contenders = all.filter((item) => item.score >= least && clusters.membersOf(item.root).some(isDated))
      return contenders.some((item) => hasRival(root, item.root, item.score))
    }
    const torn = new Set([...rivals.keys()].filter(isTorn))
    const joinable: Link[] = []
    for (const link of round) {
      const [left, right] = [clusters.rootOf(link.left), clusters.rootOf(link.right)]
      if (left === right) continue
      if (hasRival(left, right, link.score) || hasRival(right, left, link.score)) withheld.open.add(link)
      else if (torn.has(left) || torn.has(right)) withheld.idle.add(link)
      else if (link.score >= accept) joinable.push(link)
    }
    for (const link of joinable) if (clusters.canJoin(link.left, link.right)) clusters.join(link.left, link.right)
  }
  return withheld
}
