import { foldTokens, foldWidth, hasHan } from '../language/fold.ts'
import { readChinese, readNumeral, readRoman, readWord } from './numerals.ts'
import { splitSeries } from './split-series.ts'
import type { TitleType } from './title.ts'

/** What one written title says. Numbers are null where the title does not say. */
export interface ParsedTitle {
  /** The work's name as written, without year, season, episode and edition; empty if nothing else was written. */
  readonly core: string
  /** Equal for two spellings of one name: folded words, instalment numbers in digits, no leading English article. */
  readonly coreKey: string
  /** `coreKey` with number words in digits too. */
  readonly looseKey: string
  /** The key of the part before the first subtitle; null where there is none. */
  readonly mainKey: string | null
  /** The numbers among the words of `looseKey`, in order, joined by blanks. */
  readonly numerals: string
  readonly year: number | null
  readonly season: number | null
  readonly episode: number | null
  /** Of a work or episode in parts: 上 is 1, 中 is 1.5, 下 is 2. */
  readonly part: number | null
  readonly episodeName: string | null
  /** What the wording gives away. */
  readonly hint: 'film' | 'series' | null
}

const yearBracket =
  /^((?:18[89]|19\d|20\d)\d)(\s*[-–—]\s*(?:\d{4})?)?(?:\/[IVX]+)?(?:\s+(?:\p{L}+\s+)?(film|movie|tv series|tv show|series|miniseries))?$/iu
const kindBracket = /^(?:\p{L}+ )?(film|movie|tv series|tv show|miniseries|电影|電影|电视剧|電視劇|剧集|劇集)$/iu
const edition =
  /^(?:(?:国语|國語|粤语|粵語|英语|英語|中文|原声|原聲|普通话|普通話|双语|雙語|会员|會員|完整|未删减|未刪減|高清|超清|蓝光|藍光|修复|修復|精装|TV|电视|電視|导演剪辑|導演剪輯|数码|數位|加长)(?:版|中字)?|全集|完结|完結|独家|獨家|更新至\d+集|全\d+集|4k|hd|uhd|1080p|720p|dubbed|subtitled|extended|unrated|remastered|uncut|(?:the )?(?:director'?s|extended|final|theatrical) cut)$/iu
const partMarks: Readonly<Record<string, number>> = { 上: 1, 中: 1.5, 下: 2 }
const number = String.raw`(\d{1,2}|[ivx]{1,5}|one|two|three|four|five|six|seven|eight|nine|ten)`
const partMarker = new RegExp(
  String.raw`(?<=[\p{L}\p{N}!?.].*)[\s:,(–—-]+(?:part|pt\.?|vol\.?|volume|chapter|book)\s*${number}(?![\p{L}\p{N}])\)?`,
  'iu',
)
const episodeMarker = new RegExp(String.raw`(?<=[\p{L}\p{N}].*)[\s:,–—-]+episode\s+${number}(?![\p{L}\p{N}])`, 'iu')
const chinesePart = /(?<=.)\s*第\s*([\d零〇一二三四五六七八九十两兩]+)\s*[部章辑輯]/u
const trailingArticle = /^(.*\S), (the|an?|l['’]|les?|la|el|los|las|il|lo|gli|der|die|das)(?=$| \(|: | - )/iu
const englishArticle = new Set(['the', 'a', 'an'])
const subtitle = /\s*[:：]\s+|\s+[-–—~]+\s+|[:：](?=\p{Script=Han})|(?<=\p{Script=Han})[:：·—–-]+/u

function toInstalments(tokens: readonly string[], closesName: ReadonlySet<number>): string[] {
  return tokens.map((token, index) => {
    if (index === 0) return token
    const closes = closesName.has(index)
    if (hasHan(token)) {
      const tail =
        closes && token.length >= 3 ? /^(.{2,}?)([二三四五六七八九]|十[一二三四五六七八九]?)$/u.exec(token) : null
      return tail === null ? token : `${tail[1]} ${readChinese(tail[2] ?? '')}`
    }
    if (token.length === 1 && (token === 'i' || !closes)) return token
    const roman = readRoman(token)
    return roman === null ? token : String(roman)
  })
}

function keysOf(name: string): { coreKey: string; looseKey: string; numerals: string; mainKey: string | null } {
  const sections = name.split(subtitle).filter((section) => section.length > 0)
  const tokens: string[] = []
  const closes = new Set<number>()
  let firstLength = 0
  for (const [index, section] of sections.entries()) {
    const found = foldTokens(section)
    if (found.length === 0) continue
    tokens.push(...found)
    closes.add(tokens.length - 1)
    if (index === 0) firstLength = tokens.length
  }
  let words = toInstalments(tokens, closes)
  if (tokens.length === 1 && hasHan(tokens[0] ?? '')) words = toInstalments(['', ...tokens], new Set([1])).slice(1)
  const article = words.length > 1 && englishArticle.has(words[0] ?? '') ? 1 : 0
  words = words.slice(article)
  const coreKey = words.join(' ') || name.toLowerCase().replaceAll(' ', '')
  const loose = coreKey.split(' ').map((word) => String(readWord(word) ?? word))
  const mainLength = firstLength - article
  const hasSubtitle = mainLength > 0 && mainLength < words.length
  return {
    coreKey,
    looseKey: loose.join(' '),
    numerals: loose.filter((word) => /^\d+$/.test(word)).join(' '),
    mainKey: hasSubtitle ? words.slice(0, mainLength).join(' ') : null,
  }
}

/**
 * Reads a title as a source writes it. `type` settles what the wording leaves open: a film has no episodes, the parts of
 * a series are its seasons. With `insideSeries` the text may be nothing but a season or an episode.
 */
export function parseTitle(raw: string, type: TitleType = 'unknown', insideSeries = false): ParsedTitle {
  const whole = foldWidth(raw.replace(/[《》〈〉「」『』]/gu, ' '))
  let year: number | null = null
  let part: number | null = null
  let hint: ParsedTitle['hint'] = null
  const readBracket = (all: string, inner: string): string => {
    const content = inner.trim()
    const dated = yearBracket.exec(content)
    const kind = dated?.[3] ?? kindBracket.exec(content)?.[1]
    if (dated !== null) year = Number(dated[1])
    if (kind !== undefined) hint = /film|movie|电影|電影/i.test(kind) ? 'film' : 'series'
    else if (dated?.[2] !== undefined) hint = 'series'
    if (dated !== null || kind !== undefined || edition.test(content)) return ' '
    const mark = partMarks[content]
    if (mark === undefined) return all
    part = mark
    return ' '
  }
  let text = whole.replace(/[[【〔]/gu, '(').replace(/[\]】〕]/gu, ')')
  if (text.includes('(')) {
    text = text.replace(/\([IVX]+\)\s*(?=\(\d{4}\))/, '').replace(/\(([^()]*)\)/g, readBracket)
    if (foldTokens(text).length === 0 && !insideSeries) {
      text = whole
      year = part = hint = null
    }
  }
  text = text.replace(/\s+/g, ' ').trim()

  const isFilm = type === 'film' || (type === 'unknown' && hint === 'film')
  const place = isFilm ? null : splitSeries(text, insideSeries)
  let core = (place?.before ?? text).replace(/[\s:,;–—-]+$/u, '')
  let season = place?.season ?? null
  part ??= place?.part ?? null
  const episode = place?.episode ?? null

  let keyed = core
  const marker = partMarker.exec(core) ?? chinesePart.exec(core) ?? episodeMarker.exec(core)
  const value = marker === null ? null : readNumeral(marker[1] ?? '')
  if (marker !== null && value !== null) {
    const after = core.slice(marker.index + marker[0].length)
    const isSeason =
      season === null && after.trim() === '' && (episode !== null || type === 'season' || type === 'series')
    if (isSeason) {
      season = value
      core = keyed = core.slice(0, marker.index).trim()
    } else {
      if (place === null) part ??= value
      keyed = `${core.slice(0, marker.index)} ${value}${after}`
    }
  }
  const moved = trailingArticle.exec(core)
  if (moved !== null) {
    const article = moved[2] ?? ''
    const front = /['’]$/.test(article) ? article : `${article} `
    core = `${front}${moved[1]}${core.slice(moved[0].length)}`
    keyed = keyed.replace(trailingArticle, `${front}$1`)
  }
  if (part !== null && place === null && (marker === null || value === null))
    keyed = `${keyed} ${part === 1.5 ? '中' : part}`
  if (season !== null || episode !== null) hint = 'series'
  return { core, ...keysOf(keyed), year, season, episode, part, episodeName: place?.episodeName ?? null, hint }
}
