import type { Text } from '../text.ts'
import { buildTitles } from './build-titles.ts'
import { Clusters } from './cluster.ts'
import { applyDecisions } from './decide.ts'
import { describeReference } from './describe.ts'
import { findLinks, joinLinks, type Link, type Withheld } from './link.ts'
import { explainMatch } from './score.ts'
import {
  type TitleAlias,
  type TitleDecision,
  type TitleMatching,
  type TitleReference,
  titleHandle,
  type UncertainPair,
} from './title.ts'
import { byPrecedence, compareText, gatherWorks, type Work } from './work.ts'

const handleOf = (work: Work): string => {
  const [best] = work.members
  return best === undefined ? work.key : titleHandle(best.reference)
}

/** The name behind a handle that is an id, which tells a person nothing. */
function explainHandle(work: Work): Text[] {
  const reference = work.members[0]?.reference
  if (!reference || reference.externalId === null || reference.name === null) return []
  const year = work.year === null ? '' : ` (${work.year})`
  const handle = titleHandle(reference)
  return [{ en: `${handle} is “${reference.name}”${year}.`, zh: `${handle} 为“${reference.name}”${year}。` }]
}

/** For each work of a cluster, how it came to belong to the first of them. */
function methodsOf(links: readonly Link[], decided: ReadonlySet<number>, clusters: Clusters) {
  const best = new Map<number, Link>()
  for (const link of links) {
    if (clusters.rootOf(link.left) !== clusters.rootOf(link.right)) continue
    for (const work of [link.left, link.right]) if (!best.has(work)) best.set(work, link)
  }
  return (work: number): Pick<TitleAlias, 'method' | 'score'> => {
    const link = best.get(work)
    if (decided.has(work) || link === undefined) return { method: 'decided', score: 1 }
    return { method: link.name === 1 ? 'exact' : 'scored', score: link.score }
  }
}

/** Pairs in the review band or open between several works, one per pair of clusters, best first. */
function listUncertain(works: readonly Work[], links: readonly Link[], withheld: Withheld, clusters: Clusters) {
  const seen = new Set<string>()
  const uncertain: UncertainPair[] = []
  for (const link of links) {
    if (withheld.idle.has(link)) continue
    const [a, b] = [clusters.rootOf(link.left), clusters.rootOf(link.right)]
    const pair = a < b ? `${a}|${b}` : `${b}|${a}`
    const [left, right] = [works[link.left], works[link.right]]
    if (a === b || seen.has(pair) || left === undefined || right === undefined || clusters.areKeptApart(a, b)) continue
    seen.add(pair)
    const isAmbiguous = withheld.open.has(link)
    const reasons = [left, right].flatMap(explainHandle).concat(explainMatch(left, right, link, isAmbiguous))
    if (!isAmbiguous && !clusters.canJoin(a, b)) {
      reasons.push({
        en: 'Joining them would put two different ids, catalogue entries, kinds or years together.',
        zh: '合并会使不同的编号、片库条目、类型或年份归为一部作品。',
      })
    }
    const [first, second] = [handleOf(left), handleOf(right)].sort(compareText)
    uncertain.push({ left: first ?? '', right: second ?? '', score: link.score, reasons })
  }
  return uncertain.sort((x, y) => y.score - x.score || compareText(x.left, y.left) || compareText(x.right, y.right))
}

/**
 * Decides which references of all sources name the same title. What scores at least `accept` is joined, what scores at
 * least `review` is listed as uncertain; two works are never joined against ids, catalogues, kinds or years. The result
 * does not depend on the order of `references` or `decisions`. New titles get none of the ids in `taken`, which then
 * holds theirs too. Method: docs/methods/title-matching.md.
 * @throws InputError `title-reference-empty` for a reference with neither name nor id.
 */
export function matchTitles(
  references: readonly TitleReference[],
  decisions: readonly TitleDecision[],
  thresholds: { readonly accept: number; readonly review: number },
  taken: Set<number> = new Set(),
): TitleMatching {
  const works = gatherWorks(references.map(describeReference))
  const clusters = new Clusters(works)
  const decided = applyDecisions(works, decisions, clusters)
  const links = findLinks(works, Math.min(thresholds.review, thresholds.accept))
  const withheld = joinLinks(works, links, thresholds.accept, clusters)

  const groups = new Map<number, number[]>()
  for (const index of works.keys()) {
    const root = clusters.rootOf(index)
    groups.set(root, [...(groups.get(root) ?? []), index])
  }
  const worksOf = (indexes: readonly number[]): Work[] => indexes.flatMap((index) => works[index] ?? [])
  const { titles, titleIdOf, warnings } = buildTitles([...groups.values()].map(worksOf), taken)

  const methodOf = methodsOf(links, decided.works, clusters)
  const introduced = new Set<number>()
  const aliases: TitleAlias[] = []
  for (const indexes of groups.values()) {
    const first = worksOf(indexes)
      .flatMap((work) => work.members)
      .sort(byPrecedence)[0]
    const items = indexes.flatMap((index) => (works[index]?.members ?? []).map((item) => ({ item, index })))
    const anchor = items.find(({ item }) => item === first)?.index
    for (const { item, index } of items.sort((a, b) => byPrecedence(a.item, b.item))) {
      const titleId = titleIdOf.get(item) ?? 0
      const { key, externalId } = item.reference
      const inside = introduced.has(titleId) ? (externalId === null ? 'exact' : 'id') : 'new'
      introduced.add(titleId)
      aliases.push({
        referenceKey: key,
        titleId,
        ...(index === anchor ? { method: inside, score: 1 } : methodOf(index)),
      })
    }
  }
  return {
    titles,
    aliases: aliases.sort((a, b) => compareText(a.referenceKey, b.referenceKey)),
    uncertain: listUncertain(works, links, withheld, clusters),
    warnings: [...decided.warnings, ...warnings.sort((a, b) => compareText(a.en, b.en))],
  }
}
