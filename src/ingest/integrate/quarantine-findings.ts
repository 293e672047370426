import { createHash } from 'node:crypto'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine } from '../../engine/engine.ts'
import { sql } from '../../engine/sql.ts'
import { type SealedRow, writeQuarantine } from '../../quality/quarantine.ts'
import type { RuleId } from '../../quality/rules.ts'
import type { Part, PartContext, SourceFile } from '../part.ts'
import { openRawFile, type RawRelation } from '../raw-file.ts'

interface Finding {
  readonly [column: string]: string | number
  readonly row_index: number
  readonly rule: RuleId
}

/** The keys of the parts of which rules across rows keep rows out. */
export async function partsWithFindings(engine: Engine): Promise<ReadonlySet<number>> {
  const rows = await engine.query<{ part: number }>(
    sql`SELECT DISTINCT part FROM found WHERE action = 'quarantine' AND NOT was_rejected`,
  )
  return new Set(rows.map(({ part }) => part))
}

/**
 * Puts the rows of a part that rules across rows keep out into the quarantine, with their raw text; returns the id of the part's
 * additional quarantine file. A file that exists already is kept.
 */
export async function quarantineFindings(context: PartContext, part: Part, input: SourceFile): Promise<string> {
  const { engine, layout, keys } = context
  const findings = await context.inTurn(() =>
    engine.query<Finding>(
      sql`SELECT row_index, rule FROM found WHERE part = ${part.key} AND action = 'quarantine' AND NOT was_rejected ORDER BY row_index, rule`,
    ),
  )
  const digest = createHash('sha256').update(JSON.stringify(findings)).digest('hex').slice(0, 16)
  const id = `${part.id}-${digest}`
  const path = join(layout.quarantine, `${id}.sealed`)
  const exists = await access(path).then(
    () => true,
    () => false,
  )
  if (exists) return id
  const raw = await openRawFile(context, input)
  try {
    await raw.prepare()
    const relation = await context.inTurn(() => raw.open())
    const seal = () => writeQuarantine(path, keys.quarantine, records(relation, input.file, findings))
    await (relation.needsEngine ? context.inTurn(seal) : seal())
  } finally {
    await raw.close()
  }
  return id
}

async function* records(relation: RawRelation, file: string, findings: readonly Finding[]): AsyncGenerator<SealedRow> {
  const rulesOf = new Map<number, RuleId[]>()
  for (const { row_index, rule } of findings) {
    const rules = rulesOf.get(row_index)
    if (rules) rules.push(rule)
    else rulesOf.set(row_index, [rule])
  }
  for await (const { record, line, raw } of relation.rawRecords([...rulesOf.keys()])) {
    const reasons = (rulesOf.get(record) ?? []).map((rule) => ({ rule }))
    yield { file, line, raw, reasons }
  }
}
