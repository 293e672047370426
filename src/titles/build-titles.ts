import type { Text } from '../text.ts'
import { type Described, isPlaced } from './describe.ts'
import { type MatchedTitle, type TitleType, titleHandle } from './title.ts'
import { assignTitleIds } from './title-id.ts'
import { byPrecedence, compareText, type Work } from './work.ts'

/** A title before it has a number: what makes it itself, and who names it. */
interface Draft {
  readonly identity: string
  readonly parent: string | null
  readonly series: string | null
  readonly season: number | null
  readonly episode: number | null
  readonly type: TitleType
  readonly year: number | null
  readonly name: string
  readonly originalName: string | null
  readonly members: Described[]
}

export interface BuiltTitles {
  readonly titles: MatchedTitle[]
  readonly titleIdOf: ReadonlyMap<Described, number>
  readonly warnings: Text[]
}

function commonest<T extends string | number>(values: readonly T[]): T | null {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? null
}

function yearOf(members: readonly Described[]): number | null {
  const listed = members.filter((item) => item.reference.isCatalogue && item.year !== null)
  return commonest((listed.length > 0 ? listed : members).flatMap((item) => item.year ?? []))
}

function typeOf(works: readonly Work[], members: readonly Described[]): TitleType {
  if (works.some((work) => work.kind === 'series')) return 'series'
  if (works.some((work) => work.kind === 'film')) return 'film'
  const [best] = members.filter((item) => item.reference.type !== 'unknown')
  return best?.reference.type ?? 'unknown'
}

const nameOf = (item: Described | undefined): string =>
  item?.names[0]?.core || item?.reference.name || (item === undefined ? '' : titleHandle(item.reference))

/** One episode stays several titles where one id space gives it several ids. */
function splitByIds(members: readonly Described[]): Map<string, Described[]> {
  const own = ({ reference }: Described): string =>
    reference.externalId === null ? '' : `${reference.idSpace}#${reference.externalId}`
  const spaces = new Map<string, string>()
  const isSplit = members.some((item) => {
    const id = own(item)
    const known = id === '' ? id : (spaces.get(item.reference.idSpace) ?? id)
    if (id !== '') spaces.set(item.reference.idSpace, id)
    return known !== id
  })
  const groups = new Map<string, Described[]>()
  for (const item of members) {
    const key = isSplit ? own(item) : ''
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

/** Where the season is not written it is the first one, if no other season of the series is known. */
function settleSeason(members: readonly Described[]): (item: Described) => number | null {
  const seasons = new Set(members.flatMap((item) => item.season ?? []))
  const assumed = seasons.size === 0 || (seasons.size === 1 && seasons.has(1)) ? 1 : null
  return (item) => item.season ?? assumed
}

/** Joins the name of an episode with its number where one source says both. */
function settleEpisode(members: readonly Described[], seasonOf: (item: Described) => number | null) {
  const numbers = new Map<string, Set<number>>()
  const keyOf = (item: Described): string => `${seasonOf(item)}|${item.episodeKey}|${item.part}`
  for (const item of members) {
    if (item.episode === null || item.episodeKey === null) continue
    numbers.set(keyOf(item), (numbers.get(keyOf(item)) ?? new Set()).add(item.episode))
  }
  return (item: Described): number | null => {
    if (item.episode !== null || item.episodeKey === null) return item.episode
    const known = numbers.get(keyOf(item))
    return known?.size === 1 ? ([...known][0] ?? null) : null
  }
}

function draftParts(series: Draft, placed: readonly Described[]): Draft[] {
  const seasonOf = settleSeason(placed)
  const episodeOf = settleEpisode(placed, seasonOf)
  const seasons = new Map<number, Described[]>()
  const episodes = new Map<string, Described[]>()
  for (const item of placed) {
    const season = seasonOf(item)
    const episode = episodeOf(item)
    if (season !== null && !seasons.has(season)) seasons.set(season, [])
    if (episode === null && item.episodeKey === null) seasons.get(season ?? 1)?.push(item)
    else {
      const place = JSON.stringify([season, episode ?? item.episodeKey, item.part])
      const group = episodes.get(place)
      if (group === undefined) episodes.set(place, [item])
      else group.push(item)
    }
  }
  const above = { series: series.identity, originalName: null }
  const seasonIdentity = (season: number): string => JSON.stringify(['season', series.identity, season])
  const drafts: Draft[] = []
  for (const [season, members] of seasons) {
    const year = commonest(members.flatMap((item) => item.reference.year ?? []))
    const place = { parent: series.identity, season, episode: null, type: 'season' as const, year }
    drafts.push({ ...above, ...place, identity: seasonIdentity(season), name: `${series.name} S${season}`, members })
  }
  for (const [place, all] of episodes) {
    for (const [id, members] of splitByIds(all)) {
      members.sort(byPrecedence)
      const [best] = members
      if (best === undefined) continue
      const [season, episode] = [seasonOf(best), episodeOf(best)]
      const own = members.find((item) => item.episodeName !== null)?.episodeName ?? ''
      const label = `${season === null ? '' : `S${season}`}${episode === null ? '' : `E${episode}`}`
      drafts.push({
        ...above,
        identity: JSON.stringify(['episode', series.identity, place, ...(id === '' ? [] : [id])]),
        parent: season === null ? series.identity : seasonIdentity(season),
        season,
        episode,
        type: 'episode',
        year: commonest(members.flatMap((item) => item.reference.year ?? [])),
        name: [series.name, label, own].filter((text) => text !== '').join(' '),
        members,
      })
    }
  }
  return drafts
}

function draftWork(works: readonly Work[]): { draft: Draft; placed: Described[]; ids: string[] } {
  const all = works.flatMap((work) => work.members).sort(byPrecedence)
  const best = all.find((item) => item.names.length > 0) ?? all[0]
  const type = typeOf(works, all)
  const isInside = (item: Described): boolean => type === 'series' && isPlaced(item)
  const members = all.filter((item) => !isInside(item))
  const year = yearOf(all)
  const originalName = members.find((item) => item.reference.originalName !== null)?.reference.originalName ?? null
  const ids = works.flatMap((work) => (work.id === null ? [] : [`${work.id.space}#${work.id.value}`])).sort()
  const core = best?.names[0]?.coreKey ?? ''
  const identity = JSON.stringify([type === 'series' ? 'series' : 'work', core, year, ...(core === '' ? [ids[0]] : [])])
  const above = { parent: null, series: null, season: null, episode: null }
  return {
    draft: { ...above, identity, type, year, name: nameOf(best), originalName, members },
    placed: all.filter(isInside),
    ids,
  }
}

/**
 * Makes the titles of each cluster of works: the work, and the seasons and episodes that its references speak of. Their
 * ids are none of `taken`, to which they are added.
 */
export function buildTitles(clusters: readonly (readonly Work[])[], taken: Set<number>): BuiltTitles {
  const warnings: Text[] = []
  const bases = clusters.map(draftWork)
  const sharing = new Map<string, number>()
  for (const { draft } of bases) sharing.set(draft.identity, (sharing.get(draft.identity) ?? 0) + 1)
  const drafts: Draft[] = []
  for (const [index, base] of bases.entries()) {
    const least = clusters[index]?.map((work) => work.key).sort(compareText)[0] ?? ''
    const isShared = (sharing.get(base.draft.identity) ?? 0) > 1
    const identity = isShared ? JSON.stringify([base.draft.identity, base.ids[0] ?? least]) : base.draft.identity
    const draft = { ...base.draft, identity }
    drafts.push(draft)
    if (base.placed.length > 0) drafts.push(...draftParts(draft, base.placed))
  }
  for (const draft of drafts) {
    const years = draft.type === 'episode' ? [] : draft.members.flatMap((item) => item.year ?? [])
    if (years.length > 0 && Math.max(...years) - Math.min(...years) > 1) {
      const range = `${Math.min(...years)}, ${Math.max(...years)}`
      warnings.push({
        en: `"${draft.name}" is one title by id or decision although its years differ: ${range}.`,
        zh: `按编号或决定，“${draft.name}”为同一部作品，但年份不一致：${range}。`,
      })
    }
  }
  const ids = assignTitleIds(
    drafts.map((draft) => draft.identity),
    taken,
  )
  const idOf = (identity: string | null): number | null => (identity === null ? null : (ids.get(identity) ?? null))
  const titleIdOf = new Map<Described, number>()
  const listed = new Set<string | null>(
    drafts.flatMap(({ identity, members }) => (members.some((item) => item.reference.isCatalogue) ? [identity] : [])),
  )
  const titles = drafts.map((draft): MatchedTitle => {
    const titleId = ids.get(draft.identity) ?? 0
    for (const item of draft.members) titleIdOf.set(item, titleId)
    return {
      titleId,
      name: draft.name,
      originalName: draft.originalName,
      type: draft.type,
      parentId: idOf(draft.parent),
      seriesId: idOf(draft.series),
      season: draft.season,
      episode: draft.episode,
      year: draft.year,
      isCatalogued: [draft.identity, draft.parent, draft.series].some((identity) => listed.has(identity)),
      members: draft.members.map((item) => item.reference.key).sort(),
    }
  })
  return { titles: titles.sort((a, b) => a.titleId - b.titleId), titleIdOf, warnings }
}
