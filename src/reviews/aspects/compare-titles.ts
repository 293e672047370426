import type { Engine, Row } from '../../engine/engine.ts'
import { InputError } from '../../errors.ts'
import { leastOpinion } from '../../warehouse/least-opinion.ts'
import type { ResolvedTitle } from '../../warehouse/resolve-title.ts'
import {
  type Alike,
  type AspectsFilter,
  aspectCounts,
  comparableSubjects,
  kindOfTitle,
  ownSubject,
  reviewCounts,
} from './query.ts'
import type { Tally } from './tally.ts'

/** What reviews say of each aspect of a title, by id, and of those of titles like it. */
export interface ComparedTitles {
  readonly own: ReadonlyMap<string, Tally>
  readonly others: readonly ReadonlyMap<string, Tally>[]
  readonly alike: Alike
  /** As the statements name what is asked for. */
  readonly subject: string
  readonly reviews: number
  /** Reviews with the text of another, which count once. */
  readonly copies: number
}

interface CountRow extends Row {
  readonly subject: string
  readonly aspect: string
  readonly mentions: number
  readonly favourable: number
  readonly unfavourable: number
}

/**
 * Counts what reviews say of `title`, or of a part of it, and of up to `titles` comparable ones, of `years` before and after it.
 * @throws InputError `unknown-episode` where there is no such episode
 */
export async function compareTitles(
  engine: Engine,
  title: ResolvedTitle,
  filter: AspectsFilter,
  { years, titles }: { readonly years: number; readonly titles: number },
): Promise<ComparedTitles> {
  const kinds = await engine.query<Row & { year: number | null; genre: string | null }>(kindOfTitle(filter.titleId))
  const year = kinds[0]?.year
  const alike: Alike = {
    genres: kinds.flatMap(({ genre }) => genre ?? []),
    from: year == null ? undefined : Number(year) - years,
    to: year == null ? undefined : Number(year) + years,
  }
  const [found] = await engine.query<Row & { subject: string }>(ownSubject(filter))
  if (!found) {
    throw new InputError(
      { en: `“${title.name}” has no such episode.`, zh: `“${title.name}”没有这一集。` },
      { code: 'unknown-episode', value: filter.episode ?? null },
    )
  }
  const { subject } = found
  const peers = await engine.query<Row & { subject: string }>(comparableSubjects(filter, subject, alike, titles))
  const tallies = new Map([subject, ...peers.map((peer) => peer.subject)].map((one) => [one, new Map<string, Tally>()]))
  for (const row of await engine.query<CountRow>(aspectCounts(filter, [...tallies.keys()], leastOpinion))) {
    const [mentions, favourable, unfavourable] = [row.mentions, row.favourable, row.unfavourable].map(Number)
    tallies.get(row.subject)?.set(row.aspect, { mentions, favourable, unfavourable } as Tally)
  }
  const [counts] = await engine.query<Row & { reviews: number; texts: number }>(reviewCounts(filter, subject))
  const texts = Number(counts?.texts ?? 0)
  const own = tallies.get(subject) ?? new Map<string, Tally>()
  tallies.delete(subject)
  return {
    ...{ own, others: [...tallies.values()], alike, subject },
    ...{ reviews: texts, copies: Number(counts?.reviews ?? 0) - texts },
  }
}
