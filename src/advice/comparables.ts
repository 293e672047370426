import type { Work } from '../reviews/drivers/works.ts'

/** What a title is compared with. */
export interface Comparables {
  readonly basis: 'genre-and-period' | 'genre' | 'all' | 'itself'
  readonly works: readonly Work[]
}

/** Fewer do not tell what is usual. */
const leastWorks = 3

const shareGenre = (a: Work, b: Work) => a.genres.some((genre) => b.genres.includes(genre))

/**
 * Works that share a genre with `work` and came out at most `years` before or after it; of any period where these are fewer than three, else all. Without
 * three others a title is compared with itself.
 */
export function comparablesOf(work: Work, all: Iterable<Work>, years: number): Comparables {
  const others = [...all].filter(({ workId }) => workId !== work.workId)
  const alike = others.filter((other) => shareGenre(work, other))
  const near = alike.filter(({ year }) => year !== null && work.year !== null && Math.abs(year - work.year) <= years)
  if (near.length >= leastWorks) return { basis: 'genre-and-period', works: near }
  if (alike.length >= leastWorks) return { basis: 'genre', works: alike }
  return others.length >= leastWorks ? { basis: 'all', works: others } : { basis: 'itself', works: [] }
}
