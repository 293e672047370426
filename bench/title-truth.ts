import type { TitleReference } from '../src/titles/title.ts'

/** A reference and the work that it truly names; null where that is not known. */
export interface Labelled {
  readonly reference: TitleReference
  readonly work: string | null
  /** What was done to the name. */
  readonly changes: readonly string[]
}

export type Random = () => number

/** Mulberry32: uniform numbers in [0, 1) from a 32-bit seed. */
export function seeded(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}

export function blankReference(key: string, source: string): TitleReference {
  return {
    key,
    source,
    idSpace: source,
    externalId: null,
    name: null,
    originalName: null,
    year: null,
    season: null,
    episode: null,
    series: null,
    type: 'unknown',
    isCatalogue: false,
    runtimeSeconds: null,
    releaseDate: null,
    people: [],
    rows: 1,
  }
}

const adjectives =
  'Crimson Silent Broken Golden Hidden Burning Frozen Hollow Distant Electric Savage Velvet Paper Iron Midnight Scarlet Wicked Lonely Sacred Restless Emerald Bitter Endless Phantom Wandering Fearless Ancient Drowning Gilded Invisible'.split(
    ' ',
  )
const nouns =
  'Lantern Harbor Mirror Orchard Compass Kingdom Garden Signal Bridge Station Summer Tiger Voyage Widow Machine Letter Promise Shadow River Carnival Fortress Detective Sparrow Avenue Horizon Empire Daughter Engine Witness Lighthouse Monsoon Cathedral Violin Stranger Thunder Paradise Wolf Desert Island Crown'.split(
    ' ',
  )
const places =
  'Havana Vienna Osaka Cairo Lisbon Naples Boston Kyoto Marrakesh Dublin Savannah Montréal Zürich Córdoba Chicago Shanghai'.split(
    ' ',
  )
const hanFirst =
  '長安 風雲 大漠 江湖 紅塵 龍門 雲海 青春 夢幻 東方 無間 滄海 鐵血 金陵 錦繡 烽火 幽靈 時間 霧都 星際'.split(' ')
const hanMiddle = '傳奇 歲月 之戀 諜影 追蹤 密碼 戀人 戰記 詭事 檔案 奇緣 風暴 往事 客棧 書院 偵探'.split(' ')
const simplified = new Map(
  [
    ...'長长風风雲云紅红龍龙夢梦東东無无滄沧鐵铁錦锦繡绣靈灵時时間间霧雾際际傳传歲岁戀恋諜谍蹤踪碼码戰战記记詭诡檔档緣缘棧栈書书偵侦塵尘門门',
  ].flatMap((from, index, all) => (index % 2 === 0 ? [[from, all[index + 1] ?? from] as const] : [])),
)
const people = Array.from(
  { length: 400 },
  (_, index) => `${adjectives[index % 30]}a ${nouns[index % 40]}son${Math.floor(index / 40)}`,
)

interface Truth {
  readonly id: string
  readonly name: string
  readonly year: number
  readonly type: 'film' | 'series'
  readonly people: readonly string[]
  readonly runtimeSeconds: number
}

const syllables = 'ka lo ri ven tas mor del ni shu bra quen zel or mi tan fel du gar lin so pe ras bel ton'.split(' ')
const hanGiven = [...'安平文武明月山河天星林海春秋花雪石玉金水火青白江雨竹松雁梅兰宁远清']

function properName(random: Random): string {
  const name = pick(random, syllables) + pick(random, syllables) + pick(random, syllables)
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function invent(random: Random): string {
  const [a, n, m, p] = [pick(random, adjectives), pick(random, nouns), pick(random, nouns), pick(random, places)]
  const form = random()
  if (form < 0.25)
    return `${pick(random, hanFirst)}${pick(random, hanMiddle)}${pick(random, hanGiven)}${pick(random, hanGiven)}`
  if (form < 0.32) return `${properName(random)} and the ${a} ${n}`
  if (form < 0.4) return `The ${n} of ${properName(random)}`
  if (form < 0.48) return `The ${a} ${n}`
  if (form < 0.6) return `${n} of ${p}`
  if (form < 0.7) return `${a} ${n} & ${m}`
  if (form < 0.8) return `A ${n} in ${p}`
  if (form < 0.9) return `The ${n}'s ${a} ${m}`
  return `${n}: ${a} ${m}`
}

/** Invented works; a tenth are remakes of another and a tenth are sequels, which no matcher may join. */
export function inventWorks(count: number, random: Random): Truth[] {
  const works: Truth[] = []
  const taken = new Set<string>()
  while (works.length < count) {
    const kind = random()
    const origin = works.length > 0 && kind < 0.2 ? pick(random, works) : null
    const isSequel = origin !== null && kind < 0.1
    const name =
      origin === null
        ? invent(random)
        : isSequel
          ? `${origin.name.replace(/ (?:II|III|IV)$/, '')} ${pick(random, ['II', 'III', 'IV'])}`
          : origin.name
    const year =
      origin === null
        ? 1950 + Math.floor(random() * 74)
        : origin.year + (random() < 0.5 ? 2 : 7) + Math.floor(random() * 9)
    const type = isSequel ? 'film' : (origin?.type ?? (random() < 0.3 ? 'series' : 'film'))
    const near = [-1, 0, 1].some((step) => taken.has(`${name}|${year + step}`))
    const isSecondName = origin === null && taken.has(name)
    if (near || isSecondName || (isSequel && origin.type === 'series')) continue
    taken.add(`${name}|${year}`).add(name)
    const cast = [pick(random, people), pick(random, people), pick(random, people)]
    works.push({
      id: `w${works.length}`,
      name,
      year,
      type,
      people: cast,
      runtimeSeconds: 4800 + Math.floor(random() * 4800),
    })
  }
  return works
}

const isHan = (name: string): boolean => /\p{Script=Han}/u.test(name)
const toWide = (name: string): string =>
  name.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))

function mistype(name: string, random: Random): string {
  const spots = [...name].flatMap((character, index) => (index > 0 && /[a-z]/.test(character) ? [index] : []))
  const at = pick(random, spots)
  const letter = pick(random, [...'abcdefghijklmnopqrstuvwxyz'])
  const kind = random()
  if (kind < 0.3) return name.slice(0, at) + name.slice(at + 1)
  if (kind < 0.6) return name.slice(0, at) + letter + name.slice(at)
  if (kind < 0.8 || at + 1 >= name.length) return name.slice(0, at) + letter + name.slice(at + 1)
  return name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2)
}

/** Writes a name as another source might, and says what was changed. */
export function corrupt(original: string, random: Random): { name: string; changes: string[] } {
  let name = original
  const changes: string[] = []
  const maybe = (chance: number, change: string, how: () => string): void => {
    if (random() >= chance) return
    const changed = how()
    if (changed !== name) changes.push(change)
    name = changed
  }
  if (isHan(name)) {
    maybe(0.5, 'simplified', () => [...name].map((character) => simplified.get(character) ?? character).join(''))
    maybe(0.2, 'brackets', () => `《${name}》`)
  } else {
    maybe(0.15, 'article', () => name.replace(/^(The|A) (.*)$/, random() < 0.6 ? '$2, $1' : '$2'))
    maybe(0.12, 'typo', () => (name.replace(/[^a-z]/g, '').length < 6 ? name : mistype(name, random)))
    maybe(0.15, 'case', () => (random() < 0.5 ? name.toUpperCase() : name.toLowerCase()))
    maybe(0.15, 'punctuation', () => name.replace(/'/g, '’').replace(/&/g, 'and').replace(/: /g, ' - '))
  }
  maybe(0.3, 'numeral', () => {
    const value = ['II', 'III', 'IV'].findIndex((roman) => name.toUpperCase().endsWith(` ${roman}`)) + 2
    if (value < 2) return name
    const digit = pick(
      random,
      isHan(name) ? [`${value}`, `第${'零一二三四'[value]}部`] : [` ${value}`, ` Part ${value}`],
    )
    return name.replace(/\s+\S+$/, digit)
  })
  maybe(0.08, 'width', () => toWide(name))
  return { name, changes }
}

function place(name: string, season: number, episode: number, random: Random): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const forms = isHan(name)
    ? [`${name} 第${season}季第${episode}集`, `${name}第${'零一二三四五'[season]}季 第${episode}期`]
    : [
        `${name} S${two(season)}E${two(episode)}`,
        `${name} ${season}x${two(episode)}`,
        `${name}: Season ${season}: Episode ${episode}`,
      ]
  return pick(random, forms)
}

/** A catalogue with ids, years, people and runtimes, and logs of four other sources that spell as they like, but no two works alike. */
export function labelReferences(works: readonly Truth[], random: Random): Labelled[] {
  const labelled: Labelled[] = []
  const undated = new Map<string, string>()
  const shared = new Map<string, number>()
  for (const work of works) shared.set(work.name, (shared.get(work.name) ?? 0) + 1)
  for (const work of works) {
    const { name, year, type, runtimeSeconds } = work
    const entry = { ...blankReference(work.id, 'catalogue'), externalId: work.id, name, year, type, runtimeSeconds }
    labelled.push({ reference: { ...entry, isCatalogue: true, people: work.people }, work: work.id, changes: [] })
    for (const source of ['station', 'platform', 'cinema', 'chart']) {
      if (random() < 0.35) continue
      const written = corrupt(name, random)
      const changes = [...written.changes]
      const isEpisode = type === 'series' && random() < 0.6
      const [season, episode] = [1 + Math.floor(random() * 4), 1 + Math.floor(random() * 20)]
      const hasYear = !isEpisode && random() < 0.7
      const spelling = `${source}|${name}`
      if (!hasYear && (undated.get(spelling) ?? work.id) !== work.id) continue
      if (!hasYear) undated.set(spelling, work.id)
      if (!hasYear) changes.push(isEpisode ? 'episode' : 'no year')
      if (!hasYear && (shared.get(name) ?? 0) > 1) changes.push('shared name')
      const shift = hasYear && random() < 0.08 ? (random() < 0.5 ? 1 : -1) : 0
      if (shift !== 0) changes.push('year off by one')
      const inBrackets = hasYear && random() < 0.5
      labelled.push({
        reference: {
          ...blankReference(`${source}/${work.id}`, source),
          name: isEpisode
            ? place(written.name, season, episode, random)
            : inBrackets
              ? `${written.name} (${year + shift})`
              : written.name,
          year: hasYear && !inBrackets ? year + shift : null,
          people: random() < 0.2 ? work.people.slice(0, 2) : [],
        },
        work: work.id,
        changes,
      })
    }
  }
  return labelled
}
