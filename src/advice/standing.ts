import { shrink } from '../kernels/statistics/shrinkage.ts'
import type { OpinionSums } from './query.ts'

/** What opinions on an aspect usually are, and how they vary. */
export interface Usual {
  readonly mean: number
  readonly meanVariance: number
  /** Variance of the true means of titles. */
  readonly between: number
  /** Variance of single reviews within a title. */
  readonly within: number
}

/** Titles are taken to differ by at least 0.1. */
const leastBetween = 0.01
/** Single reviews vary by at least 0.2, however few of them agree. */
const leastWithin = 0.04

function withinOf(groups: readonly OpinionSums[]): number {
  const degrees = groups.reduce((sum, { reviews }) => sum + Number(reviews) - 1, 0)
  const squares = groups.reduce((sum, { reviews, sum: own, squares: all }) => sum + all - own ** 2 / Number(reviews), 0)
  return degrees > 0 ? Math.max(leastWithin, squares / degrees) : 1
}

/** What is usual of comparable titles, by random effects (DerSimonian and Laird 1986); `own` adds to what is known of how reviews vary. */
export function usualOf(titles: readonly OpinionSums[], own: OpinionSums): Usual {
  const within = withinOf([...titles, own])
  const variances = titles.map(({ reviews }) => within / Number(reviews))
  const { mean, between } = shrink(
    titles.map(({ sum, reviews }) => sum / Number(reviews)),
    variances,
    leastBetween,
  )
  const precision = variances.reduce((sum, variance) => sum + 1 / (variance + between), 0)
  return { mean, meanVariance: 1 / precision, between, within }
}

/** Aspects of one title differ by about so much; it stands for what is unknown without comparable titles. */
const betweenAspects = 0.0625

/** What is usual of a title's own aspects, where nothing is comparable. */
export function usualOfItself(aspects: readonly OpinionSums[]): Usual {
  const reviews = aspects.reduce((sum, one) => sum + Number(one.reviews), 0)
  const within = withinOf(aspects)
  const mean = aspects.reduce((sum, one) => sum + one.sum, 0) / reviews
  return { mean, meanVariance: within / reviews, between: betweenAspects, within }
}

/** How far opinions are below what is usual. */
export interface Shortfall {
  readonly reviews: number
  /** Their mean as it is. */
  readonly satisfaction: number
  readonly usual: number
  /** What is likely of the difference, shrunk to 0 the fewer reviews there are. */
  readonly value: number
  readonly deviation: number
}

/** The posterior of the shortfall of a title, or a part of it, under a normal prior around what is usual. */
export function shortfallOf({ reviews, sum }: OpinionSums, { mean, meanVariance, between, within }: Usual): Shortfall {
  const variance = within / Number(reviews)
  const own = between / (between + variance)
  const satisfaction = sum / Number(reviews)
  return {
    reviews: Number(reviews),
    satisfaction,
    usual: mean,
    value: own * (mean - satisfaction),
    deviation: Math.sqrt(own * variance + own ** 2 * meanVariance),
  }
}
