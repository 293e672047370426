import { forEachCandidate } from './block.ts'
import type { Clusters } from './cluster.ts'
import { compareNames, type Name, prepareName } from './name-similarity.ts'
import { areDistinct, type Match, scoreWorks } from './score.ts'
import type { Work } from './work.ts'

/** Two works, by position, that may be one. */
export interface Link extends Match {
  readonly left: number
  readonly right: number
}

/** A rival this close to the best leaves the choice open. */
const margin = 0.025

/** Every pair of works that scores at least `review`, best first. */
export function findLinks(works: readonly Work[], review: number): Link[] {
  const names: Name[] = []
  const owners: number[] = []
  const frequency = new Map<string, number>()
  const seen = new Set<string>()
  for (const [index, work] of works.entries()) {
    for (const parsed of work.names) {
      const name = prepareName(parsed)
      names.push(name)
      owners.push(index)
      if (seen.has(parsed.coreKey)) continue
      seen.add(parsed.coreKey)
      for (const token of new Set(name.tokens)) frequency.set(token, (frequency.get(token) ?? 0) + 1)
    }
  }
  const best = new Map<number, Link>()
  forEachCandidate(names, frequency, (a, b) => {
    const [first, second] = [owners[a] ?? 0, owners[b] ?? 0]
    if (first === second) return
    const [left, right] = first < second ? [first, second] : [second, first]
    const [leftWork, rightWork, leftName, rightName] = [works[left], works[right], names[a], names[b]]
    if (leftWork === undefined || rightWork === undefined || leftName === undefined || rightName === undefined) return
    if (areDistinct(leftWork, rightWork)) return
    const yearsApart = leftWork.year === null || rightWork.year === null ? 0 : Math.abs(leftWork.year - rightWork.year)
    if (yearsApart > 3) return
    const similarity = compareNames(leftName, rightName, frequency)
    if (similarity.value === 0) return
    const match = scoreWorks(leftWork, rightWork, similarity)
    if (match.score < review) return
    const pair = left * works.length + right
    if ((best.get(pair)?.score ?? -1) < match.score) best.set(pair, { left, right, ...match })
  })
  return [...best.values()].sort((a, b) => b.score - a.score || a.left - b.left || a.right - b.right)
}

interface Rival {
  readonly root: number
  readonly score: number
}

/** Links for which either side has a rival that scores as well and cannot be the same work as the other side. */
function findAmbiguous(links: readonly Link[], clusters: Clusters): Set<Link> {
  const rivals = new Map<number, Rival[]>()
  const add = (from: number, root: number, score: number): void => {
    const list = rivals.get(from)
    if (list === undefined) rivals.set(from, [{ root, score }])
    else if (!list.some((item) => item.root === root)) list.push({ root, score })
  }
  for (const link of links) {
    const [left, right] = [clusters.rootOf(link.left), clusters.rootOf(link.right)]
    if (left === right) continue
    add(left, right, link.score)
    add(right, left, link.score)
  }
  const hasRival = (of: number, chosen: number, score: number): boolean =>
    (rivals.get(of) ?? []).some(
      (item) => item.root !== chosen && item.score >= score - margin && !clusters.canJoin(item.root, chosen),
    )
  return new Set(
    links.filter((link) => {
      const [left, right] = [clusters.rootOf(link.left), clusters.rootOf(link.right)]
      return left !== right && (hasRival(left, right, link.score) || hasRival(right, left, link.score))
    }),
  )
}

/**
 * Joins what scores at least `accept`, first where both years are known, then the rest, and returns the links that were
 * left open because another work fits as well.
 */
export function joinLinks(
  works: readonly Work[],
  links: readonly Link[],
  accept: number,
  clusters: Clusters,
): Set<Link> {
  const isDated = (link: Link): boolean => works[link.left]?.year != null && works[link.right]?.year != null
  const open = new Set<Link>()
  for (const round of [links.filter(isDated), links.filter((link) => !isDated(link))]) {
    const ambiguous = findAmbiguous(round, clusters)
    for (const link of round) {
      if (ambiguous.has(link)) open.add(link)
      else if (link.score >= accept && clusters.canJoin(link.left, link.right)) clusters.join(link.left, link.right)
    }
  }
  return open
}
