import { sql } from '../engine/sql.ts'
import type { SealedRow } from '../quality/quarantine.ts'
import { type Part, type PartContext, partFiles, type SourceFile } from './part.ts'
import type { RawRelation } from './raw-file.ts'

/** Characters of a value that are kept beside its reason; the row is kept whole. */
const longestValue = 200

/**
 * The rows of a new part that its own checks keep out, with their raw text and all reasons, in file order but for
 * malformed ones, which come first. What the engine has to tell is asked before this returns.
 */
export async function rejectedRows(
  context: PartContext,
  part: Part,
  relation: RawRelation,
  input: SourceFile,
): Promise<AsyncGenerator<SealedRow>> {
  const rejected = await listRejected(context, part)
  return (async function* () {
    for await (const { line, raw, malformed } of relation.malformed.entries()) {
      context.signal.throwIfAborted()
      yield { file: input.file, line, raw, reasons: [{ rule: 'malformed-row', detail: malformed }] }
    }
    if (rejected.positions.length === 0) return
    let index = 0
    const indexOf = (field: string | undefined) =>
      relation.headers.indexOf((field === undefined ? undefined : input.source.columns[field]?.from) ?? '')
    for await (const { line, raw, fields } of relation.rawRecords(rejected.positions)) {
      context.signal.throwIfAborted()
      const reasons = (rejected.reasons[index++] ?? []).map((reason) => {
        const value = fields[indexOf(reason.field)]?.slice(0, longestValue)
        return value ? { ...reason, value } : reason
      })
      yield { file: input.file, line, raw, reasons }
    }
  })()
}

async function listRejected({ engine, layout }: PartContext, part: Part) {
  const positions: number[] = []
  const reasons: SealedRow['reasons'][] = []
  if (!hasRejectedRows(part)) return { positions, reasons }
  const known = new Map(part.reasons.map((found) => [found.reasons, reasonsOf(part, found.reasons)]))
  const rows = engine.scanParquet([partFiles(layout, part.id).rows], { rowIndex: true })
  const rejected = sql`SELECT row_index, reasons FROM ${rows} WHERE (reasons & ${sql.literal(part.quarantineMask)}) <> 0 ORDER BY row_index`
  for await (const found of engine.stream<{ row_index: number; reasons: number }>(rejected)) {
    for (const row of found) {
      positions.push(row.row_index)
      reasons.push(known.get(row.reasons) ?? [])
    }
  }
  return { positions, reasons }
}

function reasonsOf(part: Part, bits: number): SealedRow['reasons'] {
  return part.checks
    .filter((_, bit) => Math.floor(bits / 2 ** bit) % 2 === 1)
    .map(({ rule, field }) => ({ rule, field }))
}

/** Whether the checks of a part keep any of its rows out. */
export function hasRejectedRows({ reasons, quarantineMask }: Part): boolean {
  return reasons.some((found) => hasAny(found.reasons, quarantineMask))
}

/** Whether two sets of bits meet; beyond 32 bits `&` would cut them. */
function hasAny(left: number, right: number): boolean {
  return (BigInt(left) & BigInt(right)) !== 0n
}
