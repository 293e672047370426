import { Random } from '../kernels/random.ts'
import { topK } from '../kernels/ranking/top-k.ts'
import type { History, Recommender, ScoredTitle, TitleFacts } from './recommender.ts'

/** How a list is made of scores. */
export interface ListRequest {
  /** Titles at most. */
  readonly count: number
  /** What is added to the score of a title, as a share of the best score. */
  readonly boosts: ReadonlyMap<number, number>
  /** Titles that come first, in this order, whatever their scores. */
  readonly pins: readonly number[]
  /** 0 lists by score alone, 1 takes whatever is least like the titles listed before. */
  readonly diversity: number
  /** Share of the places given by chance to titles that would come just after the list. */
  readonly exploration: number
  /** What chance follows from. */
  readonly seed: number
}

export interface ListedTitle {
  readonly title: number
  /** What the model says, and `boost`. */
  readonly score: number
  readonly boost: number
  readonly placedBy: 'score' | 'pin' | 'exploration'
}

/** How many titles are looked at for each one that is listed, where they are not simply the best. */
const poolShare = 10

/** Genres and people of a title: what two titles may have in common. */
const marksOf = ({ genres, directors, actors }: TitleFacts) => new Set([...genres, ...directors, ...actors])

/** Jaccard's similarity. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0
  for (const mark of a) if (b.has(mark)) both += 1
  const either = a.size + b.size - both
  return either === 0 ? 0 : both / either
}

/**
 * The order of maximal marginal relevance: next comes the title of the highest (1 - diversity) score - diversity likeness, scores brought to 0 to 1
 * and likeness to the most like title before it.
 * @see Carbonell and Goldstein, "The use of MMR, diversity-based reranking for reordering documents and producing summaries", SIGIR 1998
 */
function diversified(
  pool: readonly ScoredTitle[],
  count: number,
  diversity: number,
  facts: (title: number) => TitleFacts,
): ScoredTitle[] {
  const best = pool[0]?.score ?? 0
  const span = best - (pool.at(-1)?.score ?? 0) || 1
  const left = pool.map((one) => ({
    one,
    relevance: 1 - (best - one.score) / span,
    marks: marksOf(facts(one.title)),
    nearest: 0,
  }))
  const order: ScoredTitle[] = []
  while (order.length < count && left.length > 0) {
    const worth = ({ relevance, nearest }: (typeof left)[number]) => (1 - diversity) * relevance - diversity * nearest
    let at = 0
    for (let i = 1; i < left.length; i++) if (worth(left[i] as never) > worth(left[at] as never)) at = i
    const [chosen] = left.splice(at, 1) as [(typeof left)[number]]
    order.push(chosen.one)
    for (const other of left) other.nearest = Math.max(other.nearest, likeness(other.marks, chosen.marks))
  }
  return order
}

type Placed = Omit<ListedTitle, 'boost'>

/** Puts, in a share of the places drawn by chance, titles drawn from `others`. */
function explored(
  order: readonly ScoredTitle[],
  others: readonly ScoredTitle[],
  { exploration, seed }: ListRequest,
): Placed[] {
  const random = new Random(seed)
  const left = [...others]
  return order.map((one) => {
    if (left.length === 0 || random.uniform() >= exploration) return { ...one, placedBy: 'score' }
    const [drawn] = left.splice(random.integer(left.length), 1) as [ScoredTitle]
    return { ...drawn, placedBy: 'exploration' }
  })
}

/** How many of the best titles `places` are filled from. */
const poolOf = (places: number, { diversity, exploration }: ListRequest) =>
  diversity > 0 || exploration > 0 ? poolShare * places : places

/** Fills `places` from `pool`, the best titles, best first. */
function place(
  pool: readonly ScoredTitle[],
  places: number,
  request: ListRequest,
  facts: (title: number) => TitleFacts,
): Placed[] {
  const { diversity } = request
  const order = diversity > 0 ? diversified(pool, places, diversity, facts) : pool.slice(0, places)
  const isOrdered = new Set(order)
  return explored(
    order,
    pool.filter((one) => !isOrdered.has(one)),
    request,
  )
}

/** Keeps `titles` out of any list made of `scores`. */
export function leaveOut(scores: Float64Array, titles: Iterable<number>): void {
  for (const title of titles) scores[title] = Number.NEGATIVE_INFINITY
}

function largest(scores: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY
  for (let title = 0; title < scores.length; title++) most = Math.max(most, scores[title] as number)
  return most
}

/**
 * The list that `request` asks for, best first; shorter where fewer titles are left, of which those at -Infinity are none. `scores` is changed:
 * boosts are added and pinned titles are left out. O(titles), and O(count^2) for diversity.
 */
export function listTitles(
  scores: Float64Array,
  request: ListRequest,
  facts: (title: number) => TitleFacts,
): ListedTitle[] {
  const { count, boosts, pins } = request
  const isLeft = (title: number) => (scores[title] as number) > Number.NEGATIVE_INFINITY
  const best = boosts.size === 0 ? 0 : largest(scores)
  const unit = Number.isFinite(best) ? Math.abs(best) : 0
  const boostOf = (title: number) => (boosts.get(title) ?? 0) * unit
  for (const title of boosts.keys()) scores[title] = (scores[title] as number) + boostOf(title)
  const scored = (title: number): ScoredTitle => ({ title, score: scores[title] as number })
  const pinned = [...new Set(pins)].filter(isLeft).slice(0, count).map(scored)
  leaveOut(
    scores,
    pinned.map(({ title }) => title),
  )
  const places = count - pinned.length
  const pool = Array.from(topK(scores, poolOf(places, request)), scored)
  const placed = [
    ...pinned.map((one) => ({ ...one, placedBy: 'pin' as const })),
    ...place(pool, places, request, facts),
  ]
  return placed.map((one) => ({ ...one, boost: boostOf(one.title) }))
}

/** What a list is made by: a model that is asked for one viewer. */
export interface Ranking {
  /** As `Recommender.score`. */
  score(scores: Float64Array): void
  /** As `Recommender.best`. */
  best?(count: number, leftOut: readonly Uint32Array[]): ScoredTitle[]
}

/** What `model` says after `history`. */
export const rankingOf = (model: Recommender, history: History): Ranking => ({
  score: (scores) => model.score(history, scores),
  ...(model.best ? { best: model.best.bind(model, history) } : {}),
})

/**
 * The list that `request` asks for by `ranking`, without the titles that `leftOut` names. All titles are scored, into `scores`, only where it cannot be
 * told which are the best without.
 */
export function listBy(
  ranking: Ranking,
  leftOut: readonly Uint32Array[],
  request: ListRequest,
  facts: (title: number) => TitleFacts,
  scores: Float64Array,
): ListedTitle[] {
  const { count, boosts, pins } = request
  if (ranking.best && boosts.size === 0 && pins.length === 0) {
    const pool = ranking.best(poolOf(count, request), leftOut)
    return place(pool, count, request, facts).map((one) => ({ ...one, boost: 0 }))
  }
  ranking.score(scores)
  for (const titles of leftOut) leaveOut(scores, titles)
  return listTitles(scores, request, facts)
}
