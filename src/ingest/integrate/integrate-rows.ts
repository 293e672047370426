import { join } from 'node:path'
import type { Engine } from '../../engine/engine.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import type { Layout } from '../../project/layout.ts'
import { type Kind, kinds } from '../../warehouse/schema.ts'
import { type Manifest, versionFolder } from '../../warehouse/version.ts'
import { type Part, partFiles } from '../part.ts'
import type { RowRules } from '../typed/row-rules.ts'
import { findingStatements } from './findings.ts'

export interface IntegrationInput {
  readonly engine: Engine
  readonly layout: Layout
  readonly rules: RowRules
  readonly parts: readonly Part[]
  /** The folder of the version in the making. */
  readonly folder: string
  /** The version published before. */
  readonly previous: Manifest | undefined
}

const findingColumns = sql`part, row_index, rule, action, viewer_id, was_rejected`
const noFindings = sql`SELECT CAST(0 AS BIGINT) AS part, CAST(0 AS BIGINT) AS row_index, CAST('' AS VARCHAR) AS rule,
  CAST('' AS VARCHAR) AS action, CAST(0 AS BIGINT) AS viewer_id, false AS was_rejected WHERE false`

/**
 * Decides all rules that look across rows and writes `finding.parquet` and `excluded.parquet` into the version's folder.
 * What an earlier version found is kept where nothing it depends on has changed: for viewings, the viewers that new
 * files do not mention.
 */
export async function integrateRows(input: IntegrationInput): Promise<void> {
  const { engine, folder } = input
  await engine.createTable('found', noFindings)
  for (const kind of kinds) {
    const parts = input.parts.filter((part) => part.kind === kind)
    if (parts.length === 0) continue
    const reuse = await reusable(input, kind, parts)
    if (reuse) await engine.appendTable('found', reuse.kept)
    if (reuse && reuse.added.length === 0) continue
    const statements = await findingStatements({
      engine,
      layout: input.layout,
      rules: input.rules,
      kind,
      parts,
      ...(reuse ? { affectedViewers: reuse.affectedViewers } : {}),
    })
    for (const statement of statements) {
      await engine.appendTable('found', sql`SELECT ${findingColumns} FROM (${statement})`)
    }
  }
  await engine.writeParquet(
    sql`SELECT ${findingColumns} FROM found ORDER BY part, row_index, rule`,
    join(folder, 'finding.parquet'),
  )
  await engine.writeParquet(
    sql`SELECT DISTINCT part, row_index FROM found WHERE action IN ('duplicate', 'quarantine') AND NOT was_rejected ORDER BY part, row_index`,
    join(folder, 'excluded.parquet'),
  )
}

interface Reuse {
  /** Findings of the version before that still hold. */
  readonly kept: Sql
  readonly added: readonly Part[]
  readonly affectedViewers: Sql
}

async function reusable(input: IntegrationInput, kind: Kind, parts: readonly Part[]): Promise<Reuse | undefined> {
  const { engine, layout, previous } = input
  const before = previous?.facts[kind]?.map(({ id }) => id) ?? []
  if (!previous || before.length === 0 || previous.files.finding === undefined) return undefined
  const now = parts.map(({ id }) => id)
  if (before.some((id, index) => now[index] !== id)) return undefined
  if (kind === 'viewing' && (await lookupChanged(input, parts.slice(0, before.length)))) return undefined
  const added = parts.slice(before.length)
  if (added.length > 0 && kind !== 'viewing') return undefined
  const old = engine.scanParquet([join(layout.home, previous.files.finding)])
  const keys = sql.join(parts.slice(0, before.length).map(({ key }) => sql.literal(key)))
  const paths = added.map((part) => partFiles(layout, part.id).rows)
  const affectedViewers =
    added.length > 0 ? sql`SELECT DISTINCT viewer_id FROM ${engine.scanParquet(paths)}` : sql`SELECT NULL`
  const untouched =
    added.length > 0
      ? sql`AND viewer_id IS NOT NULL AND viewer_id NOT IN (SELECT viewer_id FROM (${affectedViewers}) WHERE viewer_id IS NOT NULL)`
      : sql.empty
  return {
    kept: sql`SELECT ${findingColumns} FROM ${old} WHERE part IN (${keys}) ${untouched}`,
    added,
    affectedViewers,
  }
}

/** Whether any title of earlier viewings has another identity, runtime or release date than in the version before. */
async function lookupChanged(input: IntegrationInput, parts: readonly Part[]): Promise<boolean> {
  const { engine, layout, previous } = input
  if (!previous) return true
  const folder = versionFolder(layout.versions, previous.version)
  const references = parts.filter(({ hasTitles }) => hasTitles).map((part) => partFiles(layout, part.id).references)
  if (references.length === 0) return false
  const now = sql`SELECT title_ref, title_id, runtime_seconds, release_date, is_catalogued FROM title_lookup
    WHERE title_ref IN (SELECT title_ref FROM ${engine.scanParquet(references)})`
  const before = sql`SELECT title_ref, title_id, runtime_seconds, release_date, is_catalogued
    FROM ${engine.scanParquet([join(folder, 'title_reference.parquet')])}`
  const [row] = await engine.query<{ changed: number }>(sql`SELECT count(*) AS changed FROM (${now} EXCEPT ${before})`)
  return row?.changed !== 0
}
