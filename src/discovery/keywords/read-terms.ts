import type { Engine, Row } from '../../engine/engine.ts'
import type { OpinionFilter } from '../opinions.ts'
import { type Said, type Side, TermCounts } from './count-terms.ts'
import { isCollocation } from './model.ts'
import { type Background, textsStatement } from './query.ts'

/** Entries that are counted at once. */
const mostEntries = 500_000

/** Days, inclusive; undefined: no bound. */
export interface Span {
  readonly from: string | undefined
  readonly to: string | undefined
}

/** Which days count for what. */
export interface Spans {
  readonly own: Span
  readonly now: Span | undefined
  readonly before: Span | undefined
}

interface TextRow extends Row {
  is_own: boolean
  viewer: string | null
  day: string | null
  text: string
}

function isIn(day: string | null, { from, to }: Span): boolean {
  if (from === undefined && to === undefined) return true
  return day !== null && (from === undefined || day >= from) && (to === undefined || day <= to)
}

/** Counts words and phrases in the opinions of `filter` and what they are compared with: one pass, a viewer at a time. */
export async function readTerms(
  engine: Engine,
  filter: OpinionFilter,
  { own, now, before }: Spans,
  against: Background | undefined,
  { leastViewers, signal }: { leastViewers: number; signal: AbortSignal },
): Promise<TermCounts> {
  const counts = new TermCounts(mostEntries)
  const sidesOf = ({ is_own, day }: TextRow): Side[] => {
    if (!is_own) return ['others']
    const on = (side: Side, span: Span | undefined): Side[] => (span && isIn(day, span) ? [side] : [])
    return [...on('own', own), ...on('now', now), ...on('before', before)]
  }
  const close = () =>
    counts.close(
      (term, of) =>
        term.key.length > 1 &&
        Math.max(term.own, term.now) >= leastViewers &&
        isCollocation(term, counts.totals.own[term.script], of),
    )
  let said: Said[] = []
  let last: TextRow | undefined
  let isClosed = false
  for await (const rows of engine.stream<TextRow>(textsStatement(filter, against))) {
    signal.throwIfAborted()
    for (const row of rows) {
      if (last && (row.viewer === null || row.viewer !== last.viewer || row.is_own !== last.is_own)) {
        counts.add(said)
        said = []
      }
      if (!row.is_own && !isClosed) {
        close()
        isClosed = true
      }
      said.push({ text: row.text, of: sidesOf(row) })
      last = row
    }
  }
  counts.add(said)
  if (!isClosed) close()
  return counts
}
