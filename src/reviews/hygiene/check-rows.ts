import { groupBy } from '../../group-by.ts'
import { type ReviewFlag, reviewFlags } from '../../warehouse/review-flags.ts'
import type { CopiedText } from './copies.ts'
import { type Effect, favourableEffect, ratingEffect } from './effect.ts'
import { type Findings, flagsOf } from './find-evidence.ts'
import { reasonOf } from './reasons.ts'
import type { CheckResult } from './result.ts'
import type { Review } from './review.ts'
import type { TitleBurst } from './title-bursts.ts'

/** The reviews that are asked about, with what was found. */
export interface Checked {
  readonly reviews: readonly Review[]
  /** Names of their titles by id. */
  readonly names: ReadonlyMap<string, string>
  readonly findings: Findings
  readonly flags: ReadonlyMap<Review, readonly ReviewFlag[]>
  readonly leaveOut: readonly ReviewFlag[]
}

/** The flags of all reviews that have one. */
export function flagsOfAll({ evidence }: Findings): Map<Review, ReviewFlag[]> {
  return new Map(
    [...evidence].flatMap(([review, found]) => {
      const flags = flagsOf(review, found)
      return flags.length > 0 ? [[review, flags] as const] : []
    }),
  )
}

export function isLeftOut({ flags, leaveOut }: Checked, review: Review): boolean {
  return flags.get(review)?.some((flag) => leaveOut.includes(flag)) ?? false
}

const nameOf = ({ names }: Checked, titleId: string) => names.get(titleId) ?? ''

/** How many reviews have each flag. */
export function reasonRows({ reviews, flags }: Checked): CheckResult['reasons'] {
  return reviewFlags.flatMap((flag) => {
    const having = reviews.filter((review) => flags.get(review)?.includes(flag)).length
    return having > 0 ? [{ flag, reviews: having }] : []
  })
}

/** How many reviews of each title have each flag; those with most that is left out first. */
export function titleRows(checked: Checked): CheckResult['titles'] {
  return [...groupBy(checked.reviews, ({ titleId }) => titleId)]
    .map(([titleId, reviews]) => {
      const having = (flag: ReviewFlag) => reviews.filter((review) => checked.flags.get(review)?.includes(flag)).length
      return {
        title: nameOf(checked, titleId),
        reviews: reviews.length,
        nearDuplicates: having('near-duplicate'),
        shortCopies: having('short-copy'),
        bursts: having('burst'),
        burstViewers: having('burst-viewer'),
        hurriedViewers: having('hurried-viewer'),
        organised: having('organised'),
        leftOut: reviews.filter((review) => isLeftOut(checked, review)).length,
      }
    })
    .filter((row) => row.leftOut + row.nearDuplicates + row.bursts + row.hurriedViewers > 0)
    .sort(
      (a, b) =>
        b.organised - a.organised || b.leftOut - a.leftOut || b.bursts - a.bursts || (a.title < b.title ? -1 : 1),
    )
}

/** What leaving reviews out changes, title by title and source by source, those with most left out first. */
export function effectRows(checked: Checked): Pick<CheckResult, 'ratings' | 'favourable'> {
  const groups = [...groupBy(checked.reviews, ({ titleId, source }) => JSON.stringify([titleId, source])).values()]
  const rowsOf = (measure: typeof ratingEffect) =>
    groups
      .flatMap((reviews) => {
        const [first] = reviews
        const effect = measure(reviews, (review) => isLeftOut(checked, review))
        if (!first || !effect) return []
        return effectRow(nameOf(checked, first.titleId), first.source, effect)
      })
      .sort((a, b) => b.reviews - b.kept - (a.reviews - a.kept) || (a.title < b.title ? -1 : 1))
  return { ratings: rowsOf(ratingEffect), favourable: rowsOf(favourableEffect) }
}

const effectRow = (title: string, source: string, { reviews, kept, before, after, change }: Effect) => ({
  ...{ title, source, reviews, kept },
  ...{ before: before.value, beforeLow: before.low, beforeHigh: before.high },
  ...{ after: after.value, afterLow: after.low, afterHigh: after.high },
  ...{ change: change.value, changeLow: change.low, changeHigh: change.high },
})

const dateOf = (hour: number) => new Date(Math.round(hour * 3600) * 1000).toISOString().replace('.000Z', 'Z')

export const burstRow = (checked: Checked, burst: TitleBurst): CheckResult['bursts'][number] => ({
  title: nameOf(checked, burst.titleId),
  mark: burst.mark === 1 ? 'high' : 'low',
  start: dateOf(burst.start),
  end: dateOf(burst.end),
  width: burst.width,
  reviews: burst.count,
  expected: burst.expected,
  share: burst.share,
  usualShare: burst.usualShare,
  qValue: burst.qValue,
})

const placeOf = ({ source, file, line }: Review) => ({ source, file, line })

/** The review of a copied text that is least like the first; undefined where all have one text. */
export function variantOf({ reviews, similarity }: CopiedText): Review | undefined {
  const alike = (review: Review) => similarity.get(review.near ?? -1) ?? 1
  const [least] = [...reviews].sort((a, b) => alike(a) - alike(b))
  return least && least.near !== reviews[0]?.near ? least : undefined
}

export function copyRow(
  checked: Checked,
  copied: CopiedText,
  textOf: (review: Review | undefined) => string | undefined,
): CheckResult['copies'][number] {
  const { reviews, viewers, similarity } = copied
  return {
    quote: textOf(reviews[0]) ?? '',
    variant: textOf(variantOf(copied)) ?? null,
    title: nameOf(checked, reviews[0]?.titleId ?? ''),
    titles: copied.titles,
    reviews: reviews.length,
    viewers,
    similarity: Math.min(...similarity.values()),
    members: reviews.map(placeOf),
  }
}

/** Each flag of `reviews` with its reason. */
export function flagRows(checked: Checked, reviews: readonly Review[]): CheckResult['flags'] {
  return reviews.flatMap((review) => {
    const evidence = checked.findings.evidence.get(review)
    return (checked.flags.get(review) ?? []).map((flag) => ({
      title: nameOf(checked, review.titleId),
      ...placeOf(review),
      flag,
      reason: reasonOf(flag, review, evidence ?? {}),
    }))
  })
}
