import type { Engine, Row } from '../../engine/engine.ts'
import { byViewer } from '../by-viewer.ts'
import { TermCounts } from '../keywords/count-terms.ts'
import { isCollocation } from '../keywords/model.ts'
import type { OpinionFilter } from '../opinions.ts'
import type { Spans } from '../spans.ts'
import { MentionCounts, type Said } from './count-mentions.ts'
import { type Nickname, NicknameFinder } from './learn-nicknames.ts'
import { type GivenName, NameReader, NameWatch, nameList, plainNames } from './name-list.ts'
import { textsStatement } from './query.ts'
import type { Cast } from './read-cast.ts'

/** Words that are counted at once while nicknames are looked for. */
const mostEntries = 200_000

interface TextRow extends Row, Said {
  viewer: string | null
  text: string
  day: string | null
  favour: number | null
}

export interface Mentions {
  readonly counts: MentionCounts
  /** Those learned, most said first. */
  readonly nicknames: readonly Nickname[]
  /** Parts of names that are usual words too. */
  readonly usual: ReadonlySet<string>
}

/**
 * Counts who speaks of whom in the opinions of `filter`, in three passes: which words there are and how names are written, which of them are nicknames,
 * and the counts.
 */
export async function readMentions(
  engine: Engine,
  filter: OpinionFilter,
  { figures, screenShares }: Cast,
  {
    spans,
    unit,
    given,
    isRejected,
    leastViewers,
    signal,
  }: {
    readonly spans: Spans
    readonly unit: 'week' | 'month'
    readonly given: readonly GivenName[]
    readonly isRejected: (name: string) => boolean
    readonly leastViewers: number
    readonly signal: AbortSignal
  },
): Promise<Mentions> {
  const viewers = () => byViewer(engine.stream<TextRow>(textsStatement(filter)), signal)
  const all = nameList(figures, { given })
  const terms = new TermCounts(mostEntries)
  const watch = new NameWatch(all, figures.length)
  for await (const rows of viewers()) {
    terms.add(rows.map(({ text }) => ({ text, of: ['own'] })))
    for (const { text } of rows) watch.add(text)
  }
  terms.close((term, of) => term.own >= leastViewers && isCollocation(term, terms.totals.own[term.script], of))
  const usual = new Set([...watch.usualWords].filter((word) => given.every(({ text }) => text !== word)))
  const mentions = watch.full.reduce((sum, texts) => sum + texts, 0)
  const prominence = watch.full.map((texts, figure) => texts / Math.max(1, mentions) + (screenShares?.[figure] ?? 0))
  const known = nameList(figures, { given, prominence })
  const finder = new NicknameFinder(figures, plainNames(known.filter((entry) => !usual.has(entry.text))), terms.terms)
  for await (const rows of viewers()) finder.add(rows.map(({ text }) => text))
  const nicknames = finder.find(leastViewers)
  const learned = nicknames.filter(({ text }) => !isRejected(text))
  const reader = new NameReader(nameList(figures, { learned, given, prominence }), usual)
  const counts = new MentionCounts(figures.length, reader, spans, unit)
  for await (const rows of viewers()) {
    counts.add(rows.map(({ text, day, favour }) => ({ text, day, favour: favour === null ? null : Number(favour) })))
  }
  return { counts, nicknames, usual }
}
