import type { Engine, Row } from '../../engine/engine.ts'
import { InputError } from '../../errors.ts'
import type { ResolvedTitle } from '../../warehouse/resolve-title.ts'
import type { OpinionFinder } from './find-opinions.ts'
import { namesOfCredits } from './names.ts'
import {
  type Alike,
  type AspectsFilter,
  comparableSubjects,
  creditsOfTitle,
  kindOfTitle,
  ownSubject,
  reviewTexts,
} from './query.ts'
import { type ReviewedTitle, ReviewTally } from './tally.ts'

/** A title's reviews and those of titles like it. */
export interface ReviewedTitles {
  readonly own: ReviewedTitle
  readonly others: readonly ReviewedTitle[]
  readonly alike: Alike
}

/** How much is read. */
export interface Extent {
  /** Years before and after that a comparable title may be of. */
  readonly years: number
  /** Comparable titles at most. */
  readonly titles: number
  /** Reviews of a title at most. */
  readonly reviews: number
}

/**
 * Reads what reviews say of `title`, or of a part of it, and of comparable ones.
 * @throws InputError `unknown-episode` where there is no such episode
 */
export async function compareTitles(
  engine: Engine,
  finder: OpinionFinder,
  title: ResolvedTitle,
  filter: AspectsFilter,
  { years, titles, reviews }: Extent,
  onTitle: (done: number, total: number) => void,
): Promise<ReviewedTitles> {
  const kinds = await engine.query<Row & { year: number | null; genre: string | null }>(kindOfTitle(filter.titleId))
  const year = kinds[0]?.year
  const alike: Alike = {
    genres: kinds.flatMap(({ genre }) => genre ?? []),
    from: year == null ? undefined : Number(year) - years,
    to: year == null ? undefined : Number(year) + years,
  }
  const [own] = await engine.query<Row & { subject: string }>(ownSubject(filter))
  if (!own) {
    throw new InputError(
      { en: `“${title.name}” has no such episode.`, zh: `“${title.name}”没有这一集。` },
      { code: 'unknown-episode', value: filter.episode ?? null },
    )
  }
  const others = await engine.query<Row & { subject: string }>(comparableSubjects(filter, own.subject, alike, titles))
  const credits = await engine.query<Row & { person: string; role: string; character: string | null }>(
    creditsOfTitle(filter.titleId),
  )
  const names = finder.names(
    namesOfCredits(credits.map(({ person, role, character }) => ({ person, role, character: character ?? undefined }))),
  )
  const wanted = [own.subject, ...others.map(({ subject }) => subject)]
  const tallies = new Map(wanted.map((subject) => [subject, new ReviewTally()]))
  let last: string | undefined
  let done = 0
  for await (const rows of engine.stream<Row & { subject: string; text: string | null }>(
    reviewTexts(filter, wanted, reviews),
  )) {
    for (const { subject, text } of rows) {
      if (subject !== last) {
        last = subject
        onTitle(done, wanted.length)
        done += 1
      }
      tallies.get(subject)?.add(text ?? '', (one) => finder.find(one, subject === own.subject ? names : undefined))
    }
  }
  return {
    own: tallies.get(own.subject) as ReviewTally,
    others: others.map(({ subject }) => tallies.get(subject) as ReviewTally),
    alike,
  }
}
