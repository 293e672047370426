import type { Text } from '../../text.ts'
import type { JudgedRow, LevelRow } from './query.ts'
import type { Work } from './works.ts'

/** Levels of a control that get a column of their own; what is rarer stands together. */
const mostLevels = 12
const yearSeconds = 365.25 * 86_400

/** What stands behind the columns of a design. */
export interface Design {
  /** Columns before those of the aspects, the first one constant. */
  readonly controls: number
  /** Each has two columns: whether a review judges it, of titles which share of them does, and its opinion, 0 where it does not. */
  readonly aspects: readonly string[]
  /** What the controls hold constant. */
  readonly heldConstant: readonly Text[]
  /** Writes the columns that are not 0 of a review or title, but for the outcome's, which is the last. */
  write(row: JudgedRow, work: Work | undefined, put: (column: number, value: number) => void): void
}

/** The levels of `counts` with a column of their own: the commonest but the first, with which they are compared. */
function levelsOf(counts: ReadonlyMap<string, number>): Map<string, number> {
  const common = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return new Map(common.slice(1, 1 + mostLevels).map(([level], index) => [level, index]))
}

function count(counts: Map<string, number>, level: string, by: number): void {
  counts.set(level, (counts.get(level) ?? 0) + by)
}

/**
 * The columns of a regression of reviews on their opinions on `aspects`, with source, language, genres, the years of title and review, and the length of
 * the review held constant. `works` are those in question.
 */
export function designOf(aspects: readonly string[], levels: readonly LevelRow[], works: Iterable<Work>): Design {
  const [bySource, byLanguage, byGenre] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ]
  for (const { source, language, reviews } of levels) {
    count(bySource, source, Number(reviews))
    count(byLanguage, language ?? '', Number(reviews))
  }
  // Times are counted from the first: those of a few days would hardly differ from a constant, and rounding errors grow with that.
  const firstSecond = Math.min(
    ...levels.flatMap(({ first_second }) => (first_second === null ? [] : [Number(first_second)])),
  )
  const years = new Set<number | null>()
  for (const { genres, year } of works) {
    years.add(year)
    for (const genre of genres) count(byGenre, genre, 1)
  }
  const [sources, languages, genres] = [levelsOf(bySource), levelsOf(byLanguage), levelsOf(byGenre)]
  const [ofSource, ofLanguage] = [1, 1 + sources.size]
  const ofGenre = ofLanguage + languages.size
  const ofTime = ofGenre + genres.size
  const controls = ofTime + 5
  return {
    controls,
    aspects,
    heldConstant: [
      ...(sources.size > 0 ? [{ en: 'source', zh: '来源' }] : []),
      ...(languages.size > 0 ? [{ en: 'language', zh: '语言' }] : []),
      ...(genres.size > 0 ? [{ en: 'genre', zh: '题材' }] : []),
      ...(years.size > 1 ? [{ en: 'year of release', zh: '上映年份' }] : []),
      ...(levels.some(({ dated }) => Number(dated) > 0) ? [{ en: 'time of the review', zh: '评论时间' }] : []),
      { en: 'length of the review', zh: '评论长度' },
    ],
    write(row, work, put) {
      const mark = (first: number, index: number | undefined) => {
        if (index !== undefined) put(first + index, 1)
      }
      put(0, 1)
      mark(ofSource, sources.get(row.source ?? ''))
      mark(ofLanguage, languages.get(row.language ?? ''))
      for (const genre of work?.genres ?? []) mark(ofGenre, genres.get(genre))
      if (work?.year == null) put(ofTime, 1)
      else put(ofTime + 1, (work.year - 2000) / 10)
      if (row.reviewed_second === null) put(ofTime + 2, 1)
      else put(ofTime + 3, (row.reviewed_second - firstSecond) / yearSeconds)
      put(ofTime + 4, Math.log1p(Number(row.characters ?? 0)))
      for (let aspect = 0; aspect < aspects.length; aspect++) {
        const opinion = row[`a${aspect}`]
        if (opinion === null || opinion === undefined) continue
        put(controls + 2 * aspect, Number(row[`m${aspect}`] ?? 1))
        put(controls + 2 * aspect + 1, Number(opinion))
      }
    },
  }
}
