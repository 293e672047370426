import { AliasTable, type Random } from '../../kernels/random.ts'
import { topK } from '../../kernels/ranking/top-k.ts'
import type { History, Recommender } from '../recommender.ts'
import { standardScore, standardScores } from './finish-model.ts'
import type { TitleAspects } from './measures.ts'
import type { LastPlay, PlayContext } from './play-context.ts'

/** A viewer whom the base model did not learn from: what is told of them, and plays that are not. */
export interface FinishViewer {
  readonly history: History
  readonly plays: readonly LastPlay[]
}

/**
 * Titles that could have been played at the moments of plays, one place of each array for one: those played, and of all others a sample that
 * stands for them by its weights.
 */
export interface DrawnSamples {
  readonly context: PlayContext[]
  readonly title: number[]
  /** The standard score of the base model, then that of each of its members. */
  readonly scores: number[][]
  /** 1 for the title that was played, where it was watched to the end. */
  readonly outcome: number[]
  readonly weight: number[]
}

/** Titles drawn for each play in each of three ways: by popularity, evenly, and from those that the base model puts first. */
const drawnEachWay = 4
const firstTitles = 100

/**
 * Samples of `viewers`. A title not played counts 1 / (the number of times that it is drawn on average), so that the samples stand for all titles
 * out by then that are not told of the viewer.
 * @see Veach and Guibas, "Optimally combining sampling techniques for Monte Carlo rendering", SIGGRAPH 1995 (balance heuristic)
 */
export class SampleDrawer {
  private readonly base: Recommender
  private readonly titles: TitleAspects
  private readonly shares: Float64Array
  private readonly byPopularity: AliasTable

  /** `shares`: how often each title was watched, as a share of all. */
  constructor(base: Recommender, titles: TitleAspects, shares: Float64Array) {
    this.base = base
    this.titles = titles
    this.shares = shares
    this.byPopularity = new AliasTable(shares)
  }

  draw(viewers: readonly FinishViewer[], random: Random, signal: AbortSignal): DrawnSamples {
    const drawn: DrawnSamples = { context: [], title: [], scores: [], outcome: [], weight: [] }
    for (const { history, plays } of viewers) {
      signal.throwIfAborted()
      const whole = standardScores(this.base, 'whole', history)
      const all = [...whole, ...standardScores(this.base, 'members', history)]
      const isTold = new Set(history.index)
      const open = Float64Array.from((whole[0] as (typeof whole)[number]).scores)
      for (const told of isTold) open[told] = Number.NEGATIVE_INFINITY
      const first = topK(open, firstTitles)
      const isFirst = new Set(first)
      const add = (context: PlayContext, title: number, outcome: number, weight: number) => {
        drawn.context.push(context)
        drawn.title.push(title)
        drawn.scores.push(all.map((one) => standardScore(one, title)))
        drawn.outcome.push(outcome)
        drawn.weight.push(weight)
      }
      for (const { work, context, isFinished } of plays) {
        add(context, work, isFinished ? 1 : 0, 1)
        for (let draw = 0; draw < drawnEachWay; draw++) {
          for (const title of [
            this.byPopularity.draw(random),
            random.integer(open.length),
            first[random.integer(first.length)] as number,
          ]) {
            if (title === work || isTold.has(title) || !isOut(this.titles, title, context)) continue
            const share = (this.shares[title] as number) + 1 / open.length + (isFirst.has(title) ? 1 / first.length : 0)
            add(context, title, 0, 1 / (drawnEachWay * share))
          }
        }
      }
    }
    return drawn
  }
}

/** Whether `title` had been released by then, as far as is known. */
export const isOut = ({ releasedAt }: TitleAspects, title: number, { at }: PlayContext) =>
  !((releasedAt[title] as number) > at)
