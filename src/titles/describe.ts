import { InputError } from '../errors.ts'
import { foldTokens } from '../language/fold.ts'
import { type ParsedTitle, parseTitle } from './parse-title.ts'
import type { TitleReference } from './title.ts'

/** A reference, read: the work it is about and the place in it. `kind` is settled only where the reference settles it. */
export interface Described {
  readonly reference: TitleReference
  /** Every name of the work, the written one first. */
  readonly names: readonly ParsedTitle[]
  readonly kind: 'film' | 'series' | null
  /** Of the work itself, so null where only the year of a season or episode is known. */
  readonly year: number | null
  readonly season: number | null
  readonly episode: number | null
  readonly part: number | null
  readonly episodeName: string | null
  /** Folded `episodeName`. */
  readonly episodeKey: string | null
}

/** Whether it is about a season or an episode rather than the whole work. */
export function isPlaced(item: Described): boolean {
  return item.season !== null || item.episode !== null || item.episodeKey !== null
}

function yearOf(reference: TitleReference): number | null {
  if (reference.year !== null) return reference.year
  const year = /^(\d{4})-/.exec(reference.releaseDate ?? '')?.[1]
  return year === undefined ? null : Number(year)
}

/** Reads one reference. @throws InputError `title-reference-empty` when it has neither a name nor an id. */
export function describeReference(reference: TitleReference): Described {
  const { type, season, episode } = reference
  const series = reference.series?.trim() || null
  const name = reference.name?.trim() || null
  if (name === null && series === null && reference.externalId === null) {
    throw new InputError(
      {
        en: `A title of source ${reference.source} has neither a name nor an id.`,
        zh: `来源 ${reference.source} 中有影片既无片名也无编号。`,
      },
      {
        code: 'title-reference-empty',
        value: reference.key,
        advice: { en: 'Map a column to title or to title_id.', zh: '请将一列对应到 title 或 title_id。' },
      },
    )
  }
  const original = reference.originalName?.trim() || null
  const [first, ...others] = name?.split(' // ').filter((text) => text.trim() !== '') ?? []
  const written = first === undefined ? null : parseTitle(first, type, series !== null)
  const isFilm = type === 'film' || (type === 'unknown' && written?.hint === 'film' && season === null)
  const placed = !isFilm && (season !== null || episode !== null || type === 'season' || type === 'episode')
  const isSeries = !isFilm && (placed || type === 'series' || series !== null || written?.hint === 'series')
  const kind = isFilm ? 'film' : isSeries ? 'series' : null

  const base = series === null || isFilm ? written : parseTitle(series, 'series')
  const alternates = series === null ? [...others, ...(original === null ? [] : [original])] : []
  const names = [base, ...alternates.map((text) => parseTitle(text, type))].filter((item) => item !== null)
  const place = {
    season: isFilm ? null : (season ?? written?.season ?? base?.season ?? null),
    episode: isFilm ? null : (episode ?? written?.episode ?? null),
  }
  const ownName = series !== null && !isFilm && written !== null && written.core !== '' ? written.core : null
  const inSeries = ownName !== null && foldTokens(ownName).join(' ') !== foldTokens(series ?? '').join(' ')
  const episodeName = isFilm
    ? null
    : (written?.episodeName ?? (inSeries && type !== 'season' && type !== 'series' ? ownName : null))
  const hasPlace = place.season !== null || place.episode !== null || episodeName !== null
  return {
    reference,
    names,
    kind,
    year: hasPlace ? (base?.year ?? null) : (yearOf(reference) ?? base?.year ?? null),
    ...place,
    part: hasPlace ? (written?.part ?? null) : null,
    episodeName,
    episodeKey: episodeName === null ? null : foldTokens(episodeName).join(' ') || episodeName.toLowerCase(),
  }
}
