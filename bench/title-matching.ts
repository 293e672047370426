import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { matchTitles } from '../src/titles/match-titles.ts'
import { type TitleMatching, type TitleReference, titleHandle } from '../src/titles/title.ts'
import {
  blankReference,
  corrupt,
  inventWorks,
  type Labelled,
  labelReferences,
  type Random,
  seeded,
} from './title-truth.ts'

/**
 * Precision, recall and time of title matching: on invented works, and on Wikipedia's films against MovieTweetings' where
 * MARQUEE_BENCH_DATA, or the first argument, is a folder with `wikipedia-movies` and `movietweetings-100k`.
 */
const thresholds = { accept: 0.92, review: 0.75 }

interface Outcome {
  readonly name: string
  readonly references: number
  readonly pairs: number
  readonly precision: number
  readonly recall: number
  /** Recall without the references that name two works and have no year. */
  readonly decidable: number
  readonly reviewed: number
  readonly uncertain: number
  readonly seconds: number
}

function timed(references: readonly TitleReference[]): { matching: TitleMatching; seconds: number } {
  const began = performance.now()
  const matching = matchTitles(references, [], thresholds)
  return { matching, seconds: (performance.now() - began) / 1000 }
}

/** The work that each reference was put in: the series, for seasons and episodes. */
function worksOf(matching: TitleMatching): Map<string, number> {
  const seriesOf = new Map(matching.titles.map((title) => [title.titleId, title.seriesId ?? title.titleId]))
  return new Map(matching.aliases.map((alias) => [alias.referenceKey, seriesOf.get(alias.titleId) ?? alias.titleId]))
}

function pairsOf<T>(values: Iterable<T>): number {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
}

/** Over all pairs of labelled references: joined and truly one, of all joined (precision) and of all that truly are one (recall). */
function judge(name: string, labelled: readonly Labelled[], showErrors: boolean): Outcome {
  const { matching, seconds } = timed(labelled.map((item) => item.reference))
  const works = worksOf(matching)
  const found = (item: Labelled): number => works.get(item.reference.key) ?? -1
  const known = labelled.filter((item) => item.work !== null)
  const fair = known.filter((item) => !item.changes.includes('shared name'))
  const rightly = (items: readonly Labelled[]): number => pairsOf(items.map((item) => `${item.work}|${found(item)}`))
  const truly = (items: readonly Labelled[]): number => pairsOf(items.map((item) => item.work))
  const joined = pairsOf(labelled.map(found)) - pairsOf(labelled.filter((item) => item.work === null).map(found))
  const catalogue = new Map(known.filter((item) => item.reference.isCatalogue).map((item) => [item.work, found(item)]))
  const missed = known.filter((item) => catalogue.has(item.work) && catalogue.get(item.work) !== found(item))
  const listed = new Set(matching.uncertain.flatMap((pair) => [pair.left, pair.right]))
  const reviewed = missed.filter((item) => listed.has(titleHandle(item.reference))).length / Math.max(1, missed.length)
  if (showErrors) {
    const causes = new Map<string, number>()
    for (const item of missed) {
      const cause = item.changes.join(' + ') || 'none'
      causes.set(cause, (causes.get(cause) ?? 0) + 1)
    }
    console.error(`${name}: apart from their catalogue entry`, [...causes].sort((a, b) => b[1] - a[1]).slice(0, 12))
  }
  const outcome = { references: labelled.length, pairs: truly(known), precision: rightly(known) / joined }
  const recall = { recall: rightly(known) / truly(known), decidable: rightly(fair) / truly(fair) }
  return { name, ...outcome, ...recall, reviewed, uncertain: matching.uncertain.length, seconds }
}

function invented(name: string, count: number, seed: number, showErrors: boolean): Outcome {
  const random = seeded(seed)
  return judge(name, labelReferences(inventWorks(count, random), random), showErrors)
}

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/**
 * Silver truth: a title and year that, in lower case letters and digits alone, occur once on each side are one film. The
 * tweeted names are then rewritten, so that the rule that made the truth no longer finds it.
 */
function readFilms(folder: string, random: Random): Labelled[] {
  const wiki: TitleReference[] = []
  for (const file of readdirSync(join(folder, 'wikipedia-movies'))
    .filter((entry) => entry.endsWith('.json'))
    .sort()) {
    const rows = JSON.parse(readFileSync(join(folder, 'wikipedia-movies', file), 'utf8')) as {
      title: string
      year: number
      cast: string[]
    }[]
    for (const [index, row] of rows.entries()) {
      const blank = blankReference(`${file}/${index}`, 'wikipedia')
      wiki.push({ ...blank, name: row.title, year: row.year, type: 'film', isCatalogue: true, people: row.cast })
    }
  }
  const tweets = readFileSync(join(folder, 'movietweetings-100k', 'movies.dat'), 'utf8')
    .split('\n')
    .flatMap((line): TitleReference[] => {
      const found = /^(\d+)::(.*) \((\d{4})\)::/.exec(line)
      const [, id, name, year] = found ?? []
      if (id === undefined || name === undefined) return []
      return [{ ...blankReference(`imdb/${id}`, 'imdb'), externalId: id, name, year: Number(year), isCatalogue: true }]
    })
  const keyOf = (item: TitleReference): string => `${plain(item.name ?? '')}|${item.year}`
  const count = (items: readonly TitleReference[]): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
    return counts
  }
  const [left, right] = [count(wiki), count(tweets)]
  const isTrue = (item: TitleReference): boolean => left.get(keyOf(item)) === 1 && right.get(keyOf(item)) === 1
  return [...tweets, ...wiki].map((item) => {
    const work = isTrue(item) ? keyOf(item) : null
    if (item.source === 'wikipedia') return { reference: item, work, changes: [] }
    const { name, changes } = corrupt(item.name ?? '', random)
    const hasYear = random() < 0.7
    const reference = { ...item, name, year: hasYear ? item.year : null }
    return { reference, work, changes: hasYear ? changes : [...changes, 'no year'] }
  })
}

const outcomes = [
  invented('invented, tuning half', 4000, 1, false),
  invented('invented, held-out half', 4000, 2, true),
  invented('invented, large', 28_000, 3, false),
]
const folder = process.argv[2] ?? process.env.MARQUEE_BENCH_DATA
if (folder !== undefined) outcomes.push(judge('Wikipedia and MovieTweetings', readFilms(folder, seeded(4)), true))

console.table(
  outcomes.map((item) => ({
    ...item,
    precision: item.precision.toFixed(4),
    recall: item.recall.toFixed(4),
    decidable: item.decidable.toFixed(4),
    reviewed: item.reviewed.toFixed(2),
    seconds: item.seconds.toFixed(2),
  })),
)
const floorOf = (item: Outcome): number => {
  if (!item.name.startsWith('invented')) return 0.9
  return item.references > 50_000 ? 0.95 : 0.97
}
const below = outcomes.filter((item) => item.precision < 0.99 || item.decidable < floorOf(item))
if (below.length > 0) throw new RangeError(`below the floor: ${below.map((item) => item.name).join(', ')}`)
