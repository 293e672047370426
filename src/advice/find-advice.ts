import type { Engine } from '../engine/engine.ts'
import { Random } from '../kernels/random.ts'
import type { Taxonomy } from '../reviews/aspects/taxonomy.ts'
import { chooseQuotes, type Quotable } from '../reviews/choose-quotes.ts'
import { aspectNames } from '../reviews/drivers/aspect-name.ts'
import { type Outcome, type ReadDrivers, readDrivers } from '../reviews/drivers/read-drivers.ts'
import { readWorks, type Work } from '../reviews/drivers/works.ts'
import type { ResolvedTitle } from '../warehouse/resolve-title.ts'
import { type Comparables, comparablesOf } from './comparables.ts'
import { commentedRange, type DropOff, findDropOffs, readSurroundings } from './drop-offs.ts'
import {
  type ClauseRow,
  type CommentRow,
  commentsBetween,
  complaintClauses,
  opinionsOfParts,
  opinionsOfTargets,
  opinionsOfWorks,
  type PartOpinionRow,
  reviewsOf,
  type TargetOpinionRow,
  type WorkOpinionRow,
  workOfTitle,
} from './query.ts'
import type { Suggestion } from './suggestion.ts'
import { type Opinions, type WeakAspect, weakAspects } from './weak-aspects.ts'
import { aspectAdvice, aspectVerdict, dropOffAdvice, dropOffVerdict, placeOf } from './words.ts'

export interface AdviceSettings {
  /** Titles up to so many years older or newer are comparable. */
  readonly years: number
  /** What it takes to say what drives an outcome, and to judge an aspect of the title. */
  readonly leastReviews: number
  readonly leastMentions: number
  /** At most, of each suggestion and in all. */
  readonly quotes: number
  readonly limit: number
  /** Share of its runtime from which a title counts as watched to the end. */
  readonly completionShare: number
  /** What reviews are read for. */
  readonly taxonomy: Taxonomy
}

export interface FoundAdvice {
  readonly reviews: number
  readonly comparables: Comparables
  readonly drivers: ReadDrivers
  /** What the aspects are judged by; undefined where too few reviews tell. */
  readonly outcome: Outcome | undefined
  /** The largest expected gain first. */
  readonly suggestions: Suggestion[]
}

/** The drivers are read from the title and those comparable to it where these have so many times the least reviews, else from all. */
const enough = 5
const seed = 1

async function readOpinions(engine: Engine, titleId: string, { works }: Comparables): Promise<Opinions> {
  const [counted] = await engine.query(reviewsOf(titleId))
  const ids = new Set(works.map(({ workId }) => workId))
  const comparable: WorkOpinionRow[] = []
  for await (const rows of engine.stream<WorkOpinionRow>(opinionsOfWorks)) {
    comparable.push(...rows.filter(({ work_id }) => ids.has(work_id)))
  }
  return {
    titleId,
    reviews: Number(counted?.reviews ?? 0),
    parts: await engine.query<PartOpinionRow>(opinionsOfParts(titleId)),
    targets: await engine.query<TargetOpinionRow>(opinionsOfTargets(titleId)),
    comparable,
  }
}

/** What of a title could be better: its weak aspects by what goes with them in the outcome, and where viewers leave. */
export async function findAdvice(
  engine: Engine,
  title: ResolvedTitle,
  settings: AdviceSettings,
  signal: AbortSignal,
): Promise<FoundAdvice> {
  const { titleId } = title
  const works = await readWorks(engine)
  const [owner] = await engine.query<{ work_id: string }>(workOfTitle(titleId))
  const work: Work = works.get(owner?.work_id ?? titleId) ?? {
    ...{ workId: titleId, name: title.name, year: title.year, kind: title.titleType, genres: [], reviews: 0 },
  }
  const alike = comparablesOf(work, works.values(), settings.years)
  const opinions = await readOpinions(engine, titleId, alike)
  const nameOf = aspectNames(settings.taxonomy)
  const comparables: Comparables = opinions.comparable.length > 0 ? alike : { basis: 'itself', works: [] }
  const near = [work, ...alike.works]
  const isEnough = near.reduce((sum, one) => sum + one.reviews, 0) >= enough * settings.leastReviews
  const scope = isEnough ? { works: near.map(({ workId }) => workId) } : {}
  const wanted = ['rating', 'sentiment'] as const
  const drivers = await readDrivers(engine, scope, works, {
    ...{ wanted, leastReviews: settings.leastReviews },
    hasIntervals: false,
  })
  const outcome = wanted.find((one) => drivers.models.has(one))
  const model = outcome && drivers.models.get(outcome)
  const weak = model ? weakAspects(model, opinions, settings.leastMentions, new Random(seed)) : []
  const dropOffs = await findDropOffs(engine, title, settings.completionShare, signal)
  const chosen = [...weak, ...dropOffs].sort((a, b) => b.gain.value - a.gain.value).slice(0, settings.limit)
  const surroundings = await readSurroundings(
    engine,
    chosen.filter((one) => 'moment' in one),
    titleId,
  )
  const faultedIn = (id: string) => {
    const weakest = weak.find(({ part }) => (part?.titleId ?? titleId) === id)
    return weakest && nameOf(weakest.driver.aspect)
  }
  const suggestions: Suggestion[] = []
  for (const one of chosen) {
    signal.throwIfAborted()
    const rank = suggestions.length + 1
    if ('moment' in one) {
      const { words = [], scene } = surroundings.get(one) ?? {}
      suggestions.push({
        ...{ rank, kind: 'drop-off', outcome: 'completion', title: one.name, place: placeOf(one), ...noAspect },
        advice: dropOffAdvice(one, words, scene, faultedIn(one.titleId)),
        ...gainColumns(one),
        verdict: dropOffVerdict(one),
        quotes: await quoteComments(engine, one, settings.quotes),
        ...{ viewers: one.leaving, words: [...words], scene: scene ?? null },
      })
    } else if (outcome) {
      suggestions.push({
        ...{ rank, kind: 'aspect', outcome, title: one.part?.name ?? title.name, place: null },
        advice: aspectAdvice(one, opinions.reviews, outcome, comparables.basis, nameOf(one.driver.aspect)),
        ...gainColumns(one),
        verdict: aspectVerdict(one),
        quotes: await quoteReviews(engine, one, titleId, settings.quotes),
        ...{ aspect: one.driver.aspect, aspectName: nameOf(one.driver.aspect), target: one.target?.target ?? null },
        ...{ reviews: one.shortfall.reviews },
        ...{ satisfaction: one.shortfall.satisfaction, usual: one.shortfall.usual },
        importance: one.driver.importance.value,
        ...{ viewers: null, words: [], scene: null },
      })
    }
  }
  return { reviews: opinions.reviews, comparables, drivers, outcome, suggestions }
}

const noAspect = {
  aspect: null,
  aspectName: null,
  target: null,
  reviews: null,
  satisfaction: null,
  usual: null,
  importance: null,
}

const gainColumns = ({ gain }: WeakAspect | DropOff) => ({
  gain: gain.value,
  gainLow: gain.low,
  gainHigh: gain.high,
})

/** A liked clause counts somewhat more. */
const weightOf = (opinion: number, likes: number | null) =>
  Math.min(1, -opinion * 0.8 + Math.log1p(Number(likes ?? 0)) / 20)

async function quoteReviews(engine: Engine, { driver, part, target }: WeakAspect, titleId: string, count: number) {
  const clauses = await engine.query<ClauseRow>(
    complaintClauses(part?.titleId ?? titleId, driver.aspect, target?.target),
  )
  const texts = clauses.map(({ text, text_start, text_length, opinion, likes }) => {
    const start = Number(text_start)
    return { text: text.slice(start, start + Number(text_length)), weight: weightOf(opinion, likes) }
  })
  return quote(texts, count)
}

async function quoteComments(engine: Engine, dropOff: DropOff, count: number) {
  const { start, end } = commentedRange(dropOff)
  const comments = await engine.query<CommentRow>(commentsBetween(dropOff.titleId, start, end))
  const most = Math.max(1, ...comments.map(({ voices }) => Number(voices)))
  return quote(
    comments.map(({ text, voices }) => ({ text, weight: Math.log1p(Number(voices)) / Math.log1p(most) })),
    count,
  )
}

const quote = (texts: readonly Quotable[], count: number) => chooseQuotes(texts, count).map(({ text }) => `“${text}”`)
