import { readChinese, readNumeral } from './numerals.ts'

/** Where a title stops naming the series and begins to name the season or episode. */
export interface SeriesPlace {
  readonly before: string
  readonly season: number | null
  readonly episode: number | null
  readonly episodeName: string | null
  readonly part: number | null
}

const count = String.raw`[\d零〇一二三四五六七八九十百两兩]+`
const ordinal = 'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth'
const cardinal = 'one|two|three|four|five|six|seven|eight|nine|ten'
const open = String.raw`(?<![\p{Script=Latin}\p{N}])`
const close = String.raw`(?![\p{Script=Latin}\p{N}])`
const patterns = (...sources: readonly string[]): RegExp[] => sources.map((source) => new RegExp(source, 'iu'))

const seasonAndEpisode = patterns(
  String.raw`${open}s(\d{1,2})\s?[.:_-]?\s?ep?\.?\s?(\d{1,4})${close}`,
  String.raw`${open}(\d{1,2})x(\d{2,3})${close}`,
)
const seasonAlone = patterns(
  String.raw`${open}(?:season|series|staffel|saison|temporada|시즌)\s?(\d{1,2}|[ivx]{1,4}|${cardinal})${close}`,
  String.raw`${open}(\d{1,2})(?:st|nd|rd|th) season${close}`,
  `${open}(${ordinal}) season${close}`,
  String.raw`第\s*(${count})\s*季`,
  String.raw`(?<=[\s\p{Script=Han}])s(\d{1,2})$`,
)
const single = /[\s:(–—-]+(?:limited series|mini-?\s?series)(?![\p{L}])\)?/iu
const episodeAlone = patterns(
  String.raw`第\s*(${count})\s*[集期话話回]`,
  String.raw`${open}(?:episode|ep|eps|folge)\.?\s?(\d{1,4})${close}`,
  String.raw`(?<=[\s\p{Script=Han}])e(\d{2,3})$`,
  String.raw`(?<=[\s\p{Script=Han}])(\d{1,4})[集期话話]$`,
)
const dated = /(?<=[\s\p{Script=Han}])(20\d\d)[-.]?(0[1-9]|1[0-2])[-.]?(0[1-9]|[12]\d|3[01])期?$/u
const leadingEpisode = patterns(
  String.raw`^[\s:,.)_–—-]*(?:episode|ep|e|folge)\.?\s?(\d{1,4})${close}`,
  String.raw`^[\s:,.)_–—-]*第\s*(${count})\s*[集期话話回]`,
)
const halfSeason = /^(?:part|pt\.?|vol\.?|volume) \S{1,5}$/i
const worthLooking = /\d|season|series|staffel|saison|temporada|시즌|第/i
const partMarks: Readonly<Record<string, number>> = { 上: 1, 中: 1.5, 下: 2 }
/** Films whose titles number their "episodes". */
const filmSagas = /^star wars$/i

const trimEnds = (text: string): string => text.replace(/^[\s:,.;)_–—-]+|[\s:,;(_–—-]+$/gu, '')

function place(
  before: string,
  season: number | null,
  episode: number | null,
  after: string,
  insideSeries: boolean,
): SeriesPlace | null {
  const name = trimEnds(before)
  if (name === '' && !insideSeries) return null
  let rest = trimEnds(after)
  const part = episode === null ? undefined : partMarks[rest]
  if (part !== undefined || (episode === null && halfSeason.test(rest))) rest = ''
  return { before: name, season, episode, episodeName: rest === '' ? null : rest, part: part ?? null }
}

function afterSeason(before: string, season: number | null, after: string, insideSeries: boolean): SeriesPlace | null {
  for (const pattern of leadingEpisode) {
    const found = pattern.exec(after)
    if (found !== null) {
      return place(before, season, readChinese(found[1] ?? ''), after.slice(found[0].length), insideSeries)
    }
  }
  return place(before, season, null, after, insideSeries)
}

/** Splits `text` at its season or episode; null where it has none. With `insideSeries` the name before it may be empty. */
export function splitSeries(text: string, insideSeries: boolean): SeriesPlace | null {
  if (!worthLooking.test(text)) return null
  const split = (found: RegExpExecArray): [string, string] => [
    text.slice(0, found.index),
    text.slice(found.index + found[0].length),
  ]
  for (const pattern of seasonAndEpisode) {
    const found = pattern.exec(text)
    if (found !== null) {
      const [before, after] = split(found)
      return place(before, Number(found[1]), Number(found[2]), after, insideSeries)
    }
  }
  for (const pattern of seasonAlone) {
    const found = pattern.exec(text)
    const season = found === null ? null : readNumeral(found[1] ?? '')
    if (found !== null && season !== null) return afterSeason(split(found)[0], season, split(found)[1], insideSeries)
  }
  const limited = single.exec(text)
  if (limited !== null) return afterSeason(split(limited)[0], 1, split(limited)[1], insideSeries)
  for (const pattern of episodeAlone) {
    const found = pattern.exec(text)
    if (found === null) continue
    const [before, after] = split(found)
    if (filmSagas.test(trimEnds(before))) return null
    return place(before, null, readChinese(found[1] ?? ''), after, insideSeries)
  }
  const issue = dated.exec(text)
  if (issue === null) return null
  return place(split(issue)[0], null, Number(`${issue[1]}${issue[2]}${issue[3]}`), '', insideSeries)
}
