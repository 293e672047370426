import type { Engine } from '../../engine/engine.ts'
import { hash32 } from '../../kernels/random.ts'
import { BlockedGram } from '../../kernels/regression/blocked-gram.ts'
import type { Text } from '../../text.ts'
import { designOf } from './design.ts'
import { type DriverModel, fitDrivers } from './model.ts'
import {
  type AspectRow,
  aspectMentions,
  bestMarks,
  type JudgedReviewRow,
  type JudgedRow,
  type JudgedTitleRow,
  judgedReviews,
  judgedTitles,
  type LevelRow,
  type MarkRow,
  reviewLevels,
  type Scope,
} from './query.ts'
import type { Work } from './works.ts'

/** What drivers are asked about, each from 0 to 1. */
export const outcomes = ['rating', 'sentiment', 'completion'] as const
/** One of `outcomes`. */
export type Outcome = (typeof outcomes)[number]

/** Blocks of the bootstrap; the reviews of a viewer are in one. */
const blocks = 200
/** Fewer titles with reviews and viewers do not tell what completion goes with. */
const leastTitles = 40
/** Aspects that are looked at, the most mentioned. */
const mostAspects = 60

function blockOf({ unit }: JudgedRow): number {
  let hash = 0
  for (const character of unit) hash = hash32(hash, character.charCodeAt(0))
  return hash % blocks
}

/** What is to be found out. */
export interface DriversWanted {
  readonly wanted: readonly Outcome[]
  readonly leastReviews: number
  /** Whether importance comes with intervals. */
  readonly hasIntervals: boolean
}

/** What reviews tell of each outcome. */
export interface ReadDrivers {
  /** Reviews in scope. */
  readonly reviews: number
  readonly heldConstant: readonly Text[]
  /** Reviews with each outcome that was wanted. */
  readonly observations: ReadonlyMap<Outcome, number>
  /** Titles that completion was compared between, 0 where it was not. */
  readonly titles: number
  /** Of the outcomes that enough reviews have. */
  readonly models: ReadonlyMap<Outcome, DriverModel>
}

/**
 * Fits what moves each of `wanted` in the reviews of `scope`, from sums of products that are added up in one pass over the reviews. An outcome that fewer
 * than `leastReviews` reviews have gets no model, an aspect that fewer than a fifth of that judge no place in it. Where too
 * few reviewers are known as viewers, completion is compared between titles.
 */
export async function readDrivers(
  engine: Engine,
  scope: Scope,
  works: ReadonlyMap<string, Work>,
  { wanted, leastReviews, hasIntervals }: DriversWanted,
): Promise<ReadDrivers> {
  const marks = await engine.query<MarkRow>(bestMarks)
  const levels = await engine.query<LevelRow>(reviewLevels(scope))
  const mentioned = await engine.query<AspectRow>(aspectMentions(scope))
  const aspects = mentioned.slice(0, mostAspects).map(({ aspect }) => aspect)
  const inScope = scope.titles ? [] : (scope.works?.flatMap((work) => works.get(work) ?? []) ?? works.values())
  const design = designOf(aspects, levels, inScope)
  const outcomeColumn = design.controls + 2 * aspects.length
  const newSums = () => new BlockedGram(outcomeColumn + 1, blocks)
  const sums = new Map(wanted.map((outcome) => [outcome, newSums()]))
  const add = (row: JudgedRow, read: (outcome: Outcome) => number | null, to: Iterable<[Outcome, BlockedGram]>) => {
    const [columns, values]: [number[], number[]] = [[], []]
    design.write(row, works.get(row.work_id), (column, value) => {
      columns.push(column)
      values.push(value)
    })
    for (const [outcome, gram] of to) {
      const value = read(outcome)
      if (value !== null) gram.add(blockOf(row), [...columns, outcomeColumn], [...values, value])
    }
  }
  for await (const rows of engine.stream<JudgedReviewRow>(judgedReviews(aspects, marks.map(withBest), scope))) {
    for (const row of rows) add(row, (outcome) => row[outcome], sums)
  }
  const observations = new Map([...sums].map(([outcome, { rows }]) => [outcome, rows]))
  const models = new Map<Outcome, DriverModel>()
  for (const [outcome, gram] of sums) {
    if (gram.rows < leastReviews) continue
    models.set(outcome, fitDrivers(gram, design.controls, aspects, { leastMentions: leastReviews / 5, hasIntervals }))
  }
  let titles = 0
  if (wanted.includes('completion') && !models.has('completion')) {
    const ofTitles = newSums()
    for await (const rows of engine.stream<JudgedTitleRow>(judgedTitles(aspects, scope))) {
      for (const row of rows) add(row, () => row.completion, [['completion', ofTitles]])
    }
    titles = ofTitles.rows
    if (titles >= leastTitles) {
      const fitted = fitDrivers(ofTitles, design.controls, aspects, { leastMentions: 0, hasIntervals })
      const reviewsOf = new Map(mentioned.map(({ aspect, reviews }) => [aspect, Number(reviews)]))
      const drivers = fitted.drivers.map((one) => ({ ...one, mentions: reviewsOf.get(one.aspect) ?? 0 }))
      models.set('completion', { ...fitted, drivers })
    }
  }
  return {
    reviews: levels.reduce((sum, { reviews }) => sum + Number(reviews), 0),
    heldConstant: design.heldConstant,
    observations,
    titles,
    models,
  }
}

const scales = [5, 10, 100]

/** The best mark of a source is 5, 10 or 100, whichever holds all that it gives. */
function withBest(mark: MarkRow): MarkRow {
  return { ...mark, best: scales.find((best) => mark.best <= best) ?? mark.best }
}
