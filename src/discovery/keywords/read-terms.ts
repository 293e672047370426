import type { Engine, Row } from '../../engine/engine.ts'
import { byViewer } from '../by-viewer.ts'
import type { OpinionFilter } from '../opinions.ts'
import { isIn, type Span, type Spans } from '../spans.ts'
import { type Side, TermCounts } from './count-terms.ts'
import { isCollocation } from './model.ts'
import { type Background, textsStatement } from './query.ts'

/** Entries that are counted at once. */
const mostEntries = 500_000

interface TextRow extends Row {
  is_own: boolean
  viewer: string | null
  day: string | null
  text: string
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
  let isClosed = false
  for await (const rows of byViewer(engine.stream<TextRow>(textsStatement(filter, against)), signal)) {
    if (!rows[0]?.is_own && !isClosed) {
      close()
      isClosed = true
    }
    counts.add(rows.map((row) => ({ text: row.text, of: sidesOf(row) })))
  }
  if (!isClosed) close()
  return counts
}
