import { Random } from '../kernels/random.ts'
import { topK } from '../kernels/top-k.ts'
import type { TitleFacts } from './recommender.ts'

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
  pool: Uint32Array,
  scores: Scores,
  count: number,
  diversity: number,
  facts: (title: number) => TitleFacts,
): number[] {
  const best = scores[pool[0] as number] as number
  const span = best - (scores[pool.at(-1) as number] as number) || 1
  const left = Array.from(pool, (title) => ({
    title,
    relevance: 1 - (best - (scores[title] as number)) / span,
    marks: marksOf(facts(title)),
    nearest: 0,
  }))
  const order: number[] = []
  while (order.length < count && left.length > 0) {
    const worth = ({ relevance, nearest }: (typeof left)[number]) => (1 - diversity) * relevance - diversity * nearest
    let at = 0
    for (let i = 1; i < left.length; i++) if (worth(left[i] as never) > worth(left[at] as never)) at = i
    const [chosen] = left.splice(at, 1) as [(typeof left)[number]]
    order.push(chosen.title)
    for (const one of left) one.nearest = Math.max(one.nearest, likeness(one.marks, chosen.marks))
  }
  return order
}

/** Puts, in a share of the places drawn by chance, titles drawn from `others`. */
function explored(
  order: readonly number[],
  others: readonly number[],
  { exploration, seed }: ListRequest,
): ListedPlace[] {
  const random = new Random(seed)
  const left = [...others]
  return order.map((title) => {
    if (left.length === 0 || random.uniform() >= exploration) return { title, placedBy: 'score' }
    const [drawn] = left.splice(random.integer(left.length), 1) as [number]
    return { title: drawn, placedBy: 'exploration' }
  })
}

type ListedPlace = Pick<ListedTitle, 'title' | 'placedBy'>

/** Scores of titles, by their numbers. */
export type Scores = Float64Array | Float32Array

/** Keeps `titles` out of any list made of `scores`. */
export function leaveOut(scores: Scores, titles: Iterable<number>): void {
  for (const title of titles) scores[title] = Number.NEGATIVE_INFINITY
}

function largest(scores: Scores): number {
  let most = Number.NEGATIVE_INFINITY
  for (let title = 0; title < scores.length; title++) most = Math.max(most, scores[title] as number)
  return most
}

/**
 * The list that `request` asks for, best first; shorter where fewer titles are left, of which those at -Infinity are none. `scores` is changed:
 * boosts are added and pinned titles are left out. O(titles), and O(count^2) for diversity.
 */
export function listTitles(scores: Scores, request: ListRequest, facts: (title: number) => TitleFacts): ListedTitle[] {
  const { count, boosts, pins, diversity, exploration } = request
  const isLeft = (title: number) => (scores[title] as number) > Number.NEGATIVE_INFINITY
  const best = boosts.size === 0 ? 0 : largest(scores)
  const unit = Number.isFinite(best) ? Math.abs(best) : 0
  const boostOf = (title: number) => (boosts.get(title) ?? 0) * unit
  for (const title of boosts.keys()) scores[title] = (scores[title] as number) + boostOf(title)
  const pinned = [...new Set(pins)].filter(isLeft).slice(0, count)
  const scoresOfPinned = new Map(pinned.map((title) => [title, scores[title] as number]))
  leaveOut(scores, pinned)
  const places = count - pinned.length
  const pool = topK(scores, diversity > 0 || exploration > 0 ? poolShare * places : places)
  const order = diversity > 0 ? diversified(pool, scores, places, diversity, facts) : [...pool.subarray(0, places)]
  const isOrdered = new Set(order)
  const rest =
    exploration > 0
      ? explored(
          order,
          [...pool].filter((title) => !isOrdered.has(title)),
          request,
        )
      : order
  const placed: ListedPlace[] = [
    ...pinned.map((title) => ({ title, placedBy: 'pin' as const })),
    ...rest.map((place) => (typeof place === 'number' ? { title: place, placedBy: 'score' as const } : place)),
  ]
  return placed.map(({ title, placedBy }) => ({
    ...{ title, placedBy, boost: boostOf(title) },
    score: scoresOfPinned.get(title) ?? (scores[title] as number),
  }))
}
