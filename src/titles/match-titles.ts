import type { Text } from '../text.ts'
export interface TitleReference {
  key: string
  source: string
  idSpace: string
  externalId: string | null
  name: string | null
  originalName: string | null
  year: number | null
  season: number | null
  episode: number | null
  series: string | null
  type: 'film' | 'series' | 'season' | 'episode' | 'programme' | 'unknown'
  isCatalogue: boolean
  runtimeSeconds: number | null
  releaseDate: string | null
  people: readonly string[]
  rows: number
}
export interface TitleDecision {
  action: 'accept' | 'reject' | 'merge'
  left: string
  right: string
}
export interface MatchedTitle {
  id: number
  name: string
  type: string
  parentId: number | null
  seriesId: number | null
  season: number | null
  episode: number | null
  year: number | null
  isCatalogued: boolean
}
export interface TitleMatching {
  titles: MatchedTitle[]
  aliases: { referenceKey: string; titleId: number; method: string; score: number }[]
  uncertain: { left: string; right: string; score: number; reasons: Text[] }[]
  warnings: Text[]
}
export function matchTitles(
  references: readonly TitleReference[],
  _d: readonly TitleDecision[],
  _o: { accept: number; review: number },
): TitleMatching {
  const ids = new Map<string, MatchedTitle>()
  const aliases = []
  for (const r of references) {
    const k = r.name ?? r.externalId ?? ''
    let t = ids.get(k)
    if (!t) {
      t = {
        id: ids.size + 1,
        name: k,
        type: 'unknown',
        parentId: null,
        seriesId: null,
        season: null,
        episode: null,
        year: r.year,
        isCatalogued: false,
      }
      ids.set(k, t)
    }
    if (r.isCatalogue) t.isCatalogued = true
    aliases.push({ referenceKey: r.key, titleId: t.id, method: 'exact', score: 1 })
  }
  return { titles: [...ids.values()], aliases, uncertain: [], warnings: [] }
}
