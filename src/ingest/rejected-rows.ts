import { sql } from '../engine/sql.ts'
import type { Quarantined } from '../quality/quarantine.ts'
import { type RuleId, rules } from '../quality/rules.ts'
import { type Part, type PartContext, partFiles, type SourceFile } from './part.ts'
import type { RawRelation } from './raw-file.ts'

export function messageOf(rule: RuleId): string {
  return rules.find(({ id }) => id === rule)?.message.en ?? rule
}

/** The rows of a new part that its own checks keep out, with their raw text and all reasons, in file order but for malformed ones, which come first. */
export async function* rejectedRows(
  context: PartContext,
  part: Part,
  relation: RawRelation,
  input: SourceFile,
): AsyncGenerator<Quarantined> {
  for await (const { line, raw, malformed } of relation.malformed.entries()) {
    context.signal.throwIfAborted()
    yield { file: input.file, line, raw, reasons: [{ rule: 'malformed-row', message: malformed.en }] }
  }
  if (!part.reasons.some(({ reasons }) => hasAny(reasons, part.quarantineMask))) return
  const rows = context.engine.scanParquet([partFiles(context.layout, part.id).rows], { rowIndex: true })
  const rejected = sql`SELECT row_index, reasons FROM ${rows} WHERE (reasons & ${sql.literal(part.quarantineMask)}) <> 0 ORDER BY row_index`
  const bits: number[] = []
  const positions: number[] = []
  for await (const found of context.engine.stream<{ row_index: number; reasons: number }>(rejected)) {
    for (const { row_index, reasons } of found) {
      positions.push(row_index)
      bits.push(reasons)
    }
  }
  let index = 0
  for await (const { line, raw } of relation.rawRecords(positions)) {
    context.signal.throwIfAborted()
    const broken = bits[index++] ?? 0
    const reasons = part.checks
      .filter((_, bit) => Math.floor(broken / 2 ** bit) % 2 === 1)
      .map(({ rule, field }) => ({ rule, field, message: messageOf(rule) }))
    yield { file: input.file, line, raw, reasons }
  }
}

/** Whether two sets of bits meet; beyond 32 bits `&` would cut them. */
export function hasAny(left: number, right: number): boolean {
  return (BigInt(left) & BigInt(right)) !== 0n
}
