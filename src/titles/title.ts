import type { Text } from '../text.ts'

export type TitleType = 'film' | 'series' | 'season' | 'episode' | 'programme' | 'unknown'

/** One distinct way in which a source names a title. `people` are directors and cast if known; `rows` is how often it occurs. */
export interface TitleReference {
  /** Unique among the references. */
  readonly key: string
  readonly source: string
  /** Which sources share ids; equal ids of one space are the same title, different ones never are. */
  readonly idSpace: string
  readonly externalId: string | null
  readonly name: string | null
  readonly originalName: string | null
  readonly year: number | null
  readonly season: number | null
  readonly episode: number | null
  readonly series: string | null
  readonly type: TitleType
  /** A catalogue lists each work once; two of its entries are never joined. */
  readonly isCatalogue: boolean
  readonly runtimeSeconds: number | null
  /** ISO 8601; stands in for a missing year. */
  readonly releaseDate: string | null
  readonly people: readonly string[]
  readonly rows: number
}

/**
 * What a person decided about two references, each named by its handle (see `titleHandle`) or its key.
 * `accept` joins them unless that breaks a rule, `merge` joins them even then, `reject` keeps them apart.
 * On seasons and episodes it is about the series they belong to.
 */
export interface TitleDecision {
  readonly action: 'accept' | 'reject' | 'merge'
  readonly left: string
  readonly right: string
}

/** One canonical work. `titleId` is a 52-bit integer that does not depend on the order of the input. */
export interface MatchedTitle {
  readonly titleId: number
  readonly name: string
  readonly originalName: string | null
  readonly type: TitleType
  /** The season of an episode (the series where the season is unknown), the series of a season, else null. */
  readonly parentId: number | null
  readonly seriesId: number | null
  readonly season: number | null
  readonly episode: number | null
  readonly year: number | null
  /** Whether a catalogue lists the title, its season or its series. */
  readonly isCatalogued: boolean
  /** Keys of the references that name exactly this title, sorted. */
  readonly members: readonly string[]
}

export type MatchMethod = 'id' | 'exact' | 'scored' | 'decided' | 'new'

export interface TitleAlias {
  readonly referenceKey: string
  readonly titleId: number
  readonly method: MatchMethod
  /** 0 to 1; 1 for ids, decisions and titles that this reference introduces. */
  readonly score: number
}

/** Two references, by handle, that may be one work. */
export interface UncertainPair {
  readonly left: string
  readonly right: string
  readonly score: number
  readonly reasons: readonly Text[]
}

export interface TitleMatching {
  readonly titles: readonly MatchedTitle[]
  /** One per reference, sorted by key. */
  readonly aliases: readonly TitleAlias[]
  /** Best first. */
  readonly uncertain: readonly UncertainPair[]
  readonly warnings: readonly Text[]
}

/**
 * How a decision names a reference: `idSpace#id` where the source gives an id, else `source:name (year)`,
 * with ` [series]` and ` S1E2` appended where columns of the source say so.
 */
export function titleHandle(reference: TitleReference): string {
  if (reference.externalId !== null) return `${reference.idSpace}#${reference.externalId}`
  const year = reference.year === null ? '' : ` (${reference.year})`
  const series = reference.series === null ? '' : ` [${reference.series}]`
  const season = reference.season === null ? '' : `S${reference.season}`
  const episode = reference.episode === null ? '' : `E${reference.episode}`
  const place = season + episode === '' ? '' : ` ${season}${episode}`
  return `${reference.source}:${reference.name ?? ''}${year}${series}${place}`
}
