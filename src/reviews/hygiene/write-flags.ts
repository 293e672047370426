import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine, Value } from '../../engine/engine.ts'
import { sql } from '../../engine/sql.ts'
import { csvLine } from '../../export/csv.ts'
import type { ReviewFlag } from '../../warehouse/review-flags.ts'
import { tables } from '../../warehouse/schema.ts'
import { flagsOfAll } from './check-rows.ts'
import { type Evidence, findEvidence } from './find-evidence.ts'
import { readReviews } from './read-reviews.ts'
import { compareOrigin, type Review } from './review.ts'

/** Share of the bursts that may be chance, unless a question says otherwise. */
export const usualFalseDiscoveries = 0.05

interface Numbers {
  readonly reviews: number | null
  readonly viewers: number | null
  readonly similarity: number | null
  readonly expected: number | null
}

function numbersOf(flag: ReviewFlag, review: Review, evidence: Evidence): Numbers {
  const { copied, shortCopy, burst, burstViewer, hurried } = evidence
  const none = { reviews: null, viewers: null, similarity: null, expected: null }
  if (flag === 'near-duplicate' && copied) {
    const similarity = copied.similarity.get(review.near ?? -1) ?? null
    return { ...none, reviews: copied.reviews.length, viewers: copied.viewers, similarity }
  }
  if (flag === 'short-copy' && shortCopy) {
    return { ...none, reviews: shortCopy.reviews.length, viewers: shortCopy.viewers }
  }
  if (flag === 'burst' && burst) return { ...none, reviews: burst.count, expected: burst.expected }
  const habit = flag === 'burst-viewer' ? burstViewer : flag === 'hurried-viewer' ? hurried : undefined
  return habit ? { ...none, reviews: habit.reviews.length, viewers: 1 } : none
}

/**
 * Writes the table `review_flag` of the reviews that the views of `engine` show to `path`, by source, file and line: each flag with its numbers, and whether
 * `leaveOut` names it.
 */
export async function writeFlags(
  engine: Engine,
  leaveOut: readonly ReviewFlag[],
  { path, scratch }: { readonly path: string; readonly scratch: string },
  signal: AbortSignal,
): Promise<void> {
  const findings = findEvidence(await readReviews(engine, undefined, signal), usualFalseDiscoveries)
  const flagged = [...flagsOfAll(findings)].sort(([a], [b]) => compareOrigin(a, b))
  const columns = tables.review_flag
  const lines = flagged.flatMap(([review, flags]) =>
    flags.map((flag) => {
      const row: Readonly<Record<string, Value>> = {
        ...{ title_id: review.titleId, source: review.source, file: review.file, line: review.line, flag },
        ...numbersOf(flag, review, findings.evidence.get(review) ?? {}),
        is_left_out: leaveOut.includes(flag),
      }
      return csvLine(columns.map(({ name }) => row[name] ?? null))
    }),
  )
  const file = join(scratch, 'review_flag.csv')
  await writeFile(file, lines.join(''), { mode: 0o600 })
  const names = columns.map(({ name }) => name)
  const scan = engine.scanDelimited({ paths: [file], columns: names, delimiter: ',', quote: '"', header: false })
  const typed = columns.map(
    ({ name, type }) => sql`CAST(${sql.id(name)} AS ${{ text: type, values: [] }}) AS ${sql.id(name)}`,
  )
  await engine.writeParquet(sql`SELECT ${sql.join(typed)} FROM ${scan}`, path)
  await rm(file)
}
