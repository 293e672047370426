import type { Engine } from '../../engine/engine.ts'
import { BlockedGram } from '../../kernels/blocked-gram.ts'
import { hash32 } from '../../kernels/random.ts'
import type { Text } from '../../text.ts'
import { designOf } from './design.ts'
import { type DriverModel, fitDrivers } from './model.ts'
import {
  type AspectRow,
  aspectMentions,
  bestMarks,
  type JudgedReviewRow,
  judgedReviews,
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
/** Aspects that are looked at, the most mentioned. */
const mostAspects = 60

function blockOf({ viewer_id, file, line }: JudgedReviewRow): number {
  let hash = 0
  for (const character of viewer_id ?? `${file} ${line}`) hash = hash32(hash, character.charCodeAt(0))
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
  /** Reviews with each outcome. */
  readonly observations: Readonly<Record<Outcome, number>>
  /** Of the outcomes that enough reviews have. */
  readonly models: ReadonlyMap<Outcome, DriverModel>
}

/**
 * Fits what moves each of `wanted` in the reviews of `scope`, from sums of products that are added up in one pass over the reviews. An outcome that fewer
 * than `leastReviews` reviews have gets no model, an aspect that fewer than a fifth of that judge no place in it.
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
  const sums = new Map(wanted.map((outcome) => [outcome, new BlockedGram(outcomeColumn + 1, blocks)]))
  for await (const rows of engine.stream<JudgedReviewRow>(judgedReviews(aspects, marks.map(withBest), scope))) {
    for (const row of rows) {
      const [columns, values]: [number[], number[]] = [[], []]
      design.write(row, works.get(row.work_id), (column, value) => {
        columns.push(column)
        values.push(value)
      })
      for (const [outcome, gram] of sums) {
        const value = row[outcome]
        if (value !== null) gram.add(blockOf(row), [...columns, outcomeColumn], [...values, value])
      }
    }
  }
  const fitted = [...sums].filter(([, gram]) => gram.rows >= leastReviews)
  return {
    reviews: levels.reduce((sum, { reviews }) => sum + Number(reviews), 0),
    heldConstant: design.heldConstant,
    observations: Object.fromEntries(outcomes.map((outcome) => [outcome, sums.get(outcome)?.rows ?? 0])) as Record<
      Outcome,
      number
    >,
    models: new Map(
      fitted.map(([outcome, gram]) => [
        outcome,
        fitDrivers(gram, design.controls, aspects, leastReviews / 5, hasIntervals),
      ]),
    ),
  }
}

const scales = [5, 10, 100]

/** The best mark of a source is 5, 10 or 100, whichever holds all that it gives. */
function withBest(mark: MarkRow): MarkRow {
  return { ...mark, best: scales.find((best) => mark.best <= best) ?? mark.best }
}
