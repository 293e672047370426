import type { Engine } from '../../engine/engine.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import { DataError } from '../../errors.ts'
import { mapAtOnce } from '../../map-at-once.ts'
import type { Layout } from '../../project/layout.ts'
import type { FileLedger, PartLedger } from '../../quality/ledger.ts'
import { partRows } from '../../warehouse/part-rows.ts'
import type { Kind } from '../../warehouse/schema.ts'
import { type Part, rowsIn } from '../part.ts'
import type { RowRules } from '../typed/row-rules.ts'

interface Outcome {
  readonly [column: string]: string | number
  readonly part: number
  readonly was_rejected: number
  readonly duplicates: number
  readonly quarantined: number
}

/**
 * The ledger of every part, from the reasons in the parts and the temporary table `found`.
 * @throws DataError when rows read are not accepted + duplicates + quarantined: a defect of Marquee, never of the data.
 */
export async function makeLedgers(
  engine: Engine,
  layout: Layout,
  rules: RowRules,
  parts: readonly Part[],
): Promise<PartLedger[]> {
  const outcomes = await engine.query<Outcome>(
    sql`SELECT part, CAST(was_rejected AS INTEGER) AS was_rejected, count(*) FILTER (WHERE is_duplicate) AS duplicates,
        count(*) FILTER (WHERE is_quarantined AND NOT is_duplicate) AS quarantined
      FROM (SELECT part, row_index, was_rejected, bool_or(action = 'duplicate') AS is_duplicate, bool_or(action = 'quarantine') AS is_quarantined
        FROM found GROUP BY part, row_index, was_rejected) GROUP BY part, was_rejected`,
  )
  const found = await engine.query<{ part: number; rule: string; action: string; rows: number }>(
    sql`SELECT part, rule, action, count(*) AS rows FROM found GROUP BY part, rule, action ORDER BY part, rule`,
  )
  const unknown =
    rules.severity('unknown-title') === 'warn' ? await countUnknownTitles(engine, layout, parts) : new Map()
  const counted = await countAccepted(engine, layout, parts)
  return mapAtOnce(parts, engine.concurrency, async (part) => {
    const of = (wasRejected: 0 | 1) =>
      outcomes.find((row) => row.part === part.key && row.was_rejected === wasRejected) ?? {
        duplicates: 0,
        quarantined: 0,
      }
    const rejectedCopies = of(1).duplicates
    const { duplicates, quarantined } = of(0)
    const reasons: Record<string, number> = {}
    const warnings: Record<string, number> = {}
    const add = (to: Record<string, number>, rule: string, rows: number) => {
      if (rows > 0) to[rule] = (to[rule] ?? 0) + rows
    }
    add(reasons, 'malformed-row', part.malformed)
    const firstOfItsKind = rejectedCopies > 0 ? await reasonsWithoutCopies(engine, layout, part) : part.reasons
    let rejected = 0
    for (const { reasons: bits, rows } of firstOfItsKind) {
      const broken = part.checks.filter((_, bit) => Math.floor(bits / 2 ** bit) % 2 === 1).map(({ rule }) => rule)
      const isRejected = broken.some((rule) => rules.severity(rule) === 'quarantine')
      if (isRejected) rejected += rows
      for (const rule of new Set(broken)) add(isRejected ? reasons : warnings, rule, rows)
    }
    for (const row of found)
      if (row.part === part.key) add(row.action === 'warn' ? warnings : reasons, row.rule, row.rows)
    add(warnings, 'unknown-title', unknown.get(part.key) ?? 0)
    const read = part.rows + part.malformed
    const ledger = {
      partId: part.id,
      quarantineIds: [part.id],
      file: part.file,
      source: part.source,
      kind: part.kind,
      read,
      accepted: part.rows - rejected - rejectedCopies - duplicates - quarantined,
      duplicates: duplicates + rejectedCopies,
      quarantined: part.malformed + rejected + quarantined,
      reasons,
      warnings,
    }
    demandBalance(ledger, counted.get(part.key) ?? 0)
    return ledger
  })
}

/** The rows of each part that the published views will show. */
async function countAccepted(engine: Engine, layout: Layout, parts: readonly Part[]): Promise<Map<number, number>> {
  const kinds = [...new Set(parts.map(({ kind }) => kind))]
  const counted = await mapAtOnce(kinds, engine.concurrency, (kind) => {
    const ofKind = parts.filter((part) => part.kind === kind)
    return engine.query<{ part: number; accepted: number }>(
      sql`SELECT r.part AS part, count(*) AS accepted FROM ${partRows(engine, kind, ofKind, rowsIn(layout))} r
        ANTI JOIN (SELECT DISTINCT part, row_index FROM found WHERE action IN ('duplicate', 'quarantine') AND NOT was_rejected) x
          ON r.part = x.part AND r.row_index = x.row_index
        WHERE r.reject_hash IS NULL GROUP BY r.part`,
    )
  })
  return new Map(counted.flat().map(({ part, accepted }) => [part, accepted]))
}

function demandBalance(ledger: FileLedger, accepted: number): void {
  if (accepted !== ledger.accepted || ledger.read !== accepted + ledger.duplicates + ledger.quarantined) {
    throw new DataError(
      {
        en: 'The row ledger does not balance; nothing was published.',
        zh: '行数对不上（读取 ≠ 接受 + 重复 + 隔离），未发布任何内容。',
      },
      {
        code: 'ledger-unbalanced',
        file: ledger.file,
        value: { ...ledger, counted: accepted },
        advice: {
          en: 'This is a defect of Marquee. Please report it with the ledger above.',
          zh: '这是 Marquee 自身的缺陷，请附上以上行数报告。',
        },
      },
    )
  }
}

function reasonsWithoutCopies(
  engine: Engine,
  layout: Layout,
  part: Part,
): Promise<{ reasons: number; rows: number }[]> {
  return engine.query(
    sql`SELECT reasons, count(*) AS rows FROM ${partRows(engine, part.kind, [part], rowsIn(layout))} r
      ANTI JOIN (SELECT row_index FROM found WHERE was_rejected AND part = ${part.key}) x ON r.row_index = x.row_index
      WHERE reasons <> 0 GROUP BY reasons ORDER BY reasons`,
  )
}

const titled = new Set<Kind>(['viewing', 'rating', 'review', 'timed_comment', 'panel_rating', 'box_office', 'airing'])

/** Accepted rows by part whose title no catalogue lists; empty when there is no catalogue at all. */
async function countUnknownTitles(
  engine: Engine,
  layout: Layout,
  parts: readonly Part[],
): Promise<Map<number, number>> {
  const selects: Sql[] = []
  for (const kind of titled) {
    const ofKind = parts.filter((part) => part.kind === kind && part.hasTitles)
    if (ofKind.length > 0) {
      selects.push(
        sql`SELECT part, row_index, title_ref FROM ${partRows(engine, kind, ofKind, rowsIn(layout))} WHERE reject_hash IS NULL`,
      )
    }
  }
  if (selects.length === 0) return new Map()
  const rows = await engine.query<{ part: number; rows: number }>(
    sql`SELECT r.part AS part, count(*) AS rows FROM (${sql.join(selects, ' UNION ALL ')}) r JOIN title_lookup l ON r.title_ref = l.title_ref
      ANTI JOIN (SELECT DISTINCT part, row_index FROM found WHERE action <> 'warn') x ON r.part = x.part AND r.row_index = x.row_index
      WHERE NOT l.is_catalogued AND EXISTS (SELECT 1 FROM title_lookup WHERE is_catalogued) GROUP BY r.part`,
  )
  return new Map(rows.map(({ part, rows: count }) => [part, count]))
}
