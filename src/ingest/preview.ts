import type { Engine } from '../engine/engine.ts'
import { type Sql, sql } from '../engine/sql.ts'
import { mapAtOnce } from '../map-at-once.ts'
import type { SourceSettings } from '../project/settings.ts'
import type { FileContext, SourceFile } from './part.ts'
import { openRawFile, type RawFile, type RawRelation } from './raw-file.ts'
import { peekHeader } from './read/scan-file.ts'
import type { RowRules } from './typed/row-rules.ts'
import { type Check, quarantineMask, typedRows } from './typed/typed-rows.ts'

/** What the rules that look at single rows, and those for exact copies, make of one source. */
export interface SourcePreview {
  readonly read: number
  readonly accepted: number
  readonly duplicates: number
  readonly quarantined: number
  /** Rows by rule, copies left out; a row with several reasons counts under each. */
  readonly reasons: Readonly<Record<string, number>>
  /** Titles as written with most minutes; none for sources that hold no viewings. */
  readonly titles: readonly { readonly title: string; readonly plays: number; readonly minutes: number }[]
}

export interface PreviewInput extends FileContext {
  readonly source: SourceSettings
  readonly files: readonly SourceFile[]
  readonly rules: RowRules
  readonly now: Date
  /** Titles listed at most. */
  readonly limit: number
}

const tally = sql`preview_tally`

/**
 * Cleans the files of one source in memory and writes nothing. The engine starts on files that look plain at once; where
 * the scan of their bytes finds that one is not, it starts again on a well-formed copy.
 * @throws DataError for a file that cannot be read.
 */
export async function previewSource(input: PreviewInput): Promise<SourcePreview> {
  const { files, work } = input
  const opened: RawFile[] = []
  try {
    const [guess, raws] = await Promise.all([
      startOnPlain(input),
      mapAtOnce(files, Math.max(1, work.threads), async (file) => {
        const raw = await openRawFile(input, file)
        opened.push(raw)
        await raw.prepare()
        return raw
      }),
    ])
    const relations: RawRelation[] = []
    for (const raw of raws) relations.push(await raw.open())
    const isGuessRight = relations.every(({ line, needsEngine }) => line === undefined && !needsEngine)
    const checks = guess && isGuessRight ? guess : await createTally(input, relations)
    return await readTally(input, checks, relations)
  } finally {
    for (const raw of opened) await raw.close()
  }
}

type Rows = Pick<RawRelation, 'rows' | 'headers' | 'line'>

async function startOnPlain(input: PreviewInput): Promise<readonly Check[] | undefined> {
  const { delimiter, quote, header } = input.source.format
  const relations: Rows[] = []
  for (const { path } of input.files) {
    const headers = await peekHeader(path, input.source.format).catch(() => undefined)
    if (headers === undefined) return undefined
    const rows = input.engine.scanDelimited({ paths: [path], columns: headers, delimiter, quote, header })
    relations.push({ rows, headers, line: undefined })
  }
  return createTally(input, relations).catch(() => undefined)
}

/** Counts distinct rows by reasons and title into a temporary table. */
async function createTally(input: PreviewInput, relations: readonly Rows[]): Promise<readonly Check[]> {
  const { engine, source, rules, now } = input
  const typed = relations.map(({ rows, headers, line }) =>
    typedRows({ engine, source, raw: rows, headers, line, keys: undefined, rules, now, secret: '' }),
  )
  const [first] = typed
  const values = (first?.columns ?? []).filter((name) => name !== 'is_valid_play')
  const columns = sql.join([...values, 'reasons', 'reject_hash'].map(sql.id))
  const hasTitle = first?.columns.includes('title_ref') ?? false
  const isViewing = source.kind === 'viewing'
  await engine.createTable(
    'preview_tally',
    sql`SELECT reasons, ${hasTitle ? sql`title_ref` : sql`CAST(NULL AS VARCHAR)`} AS title, count(*) AS plays,
        ${isViewing ? sql`sum(watched_seconds) / 60` : sql`CAST(NULL AS DOUBLE)`} AS minutes
      FROM (SELECT DISTINCT ${columns} FROM (${sql.join(
        typed.map(({ statement }) => sql`SELECT ${columns} FROM (${statement})`),
        ' UNION ALL ',
      )})) GROUP BY 1, 2`,
  )
  return first?.checks ?? []
}

async function readTally(
  input: PreviewInput,
  checks: readonly Check[],
  relations: readonly RawRelation[],
): Promise<SourcePreview> {
  const { engine, rules, source } = input
  const mask = quarantineMask(checks, rules)
  const isKept = sql`(reasons & ${sql.literal(mask)}) = 0`
  const groups = await engine.query<{ reasons: number; is_kept: boolean; rows: number }>(
    sql`SELECT reasons, ${isKept} AS is_kept, CAST(sum(plays) AS BIGINT) AS rows FROM ${tally} GROUP BY 1`,
  )
  const malformed = relations.reduce((sum, relation) => sum + relation.malformed.count, 0)
  const reasons: Record<string, number> = malformed > 0 ? { 'malformed-row': malformed } : {}
  const counts = { accepted: 0, quarantined: malformed }
  for (const group of groups) {
    counts[group.is_kept ? 'accepted' : 'quarantined'] += group.rows
    if (group.is_kept) continue
    const broken = checks.filter(
      ({ rule }, bit) => Math.floor(group.reasons / 2 ** bit) % 2 === 1 && rules.severity(rule) === 'quarantine',
    )
    for (const rule of new Set(broken.map((check) => check.rule))) {
      reasons[rule] = (reasons[rule] ?? 0) + group.rows
    }
  }
  let read = malformed
  for (const { rows, count } of relations) read += count ?? (await countRows(engine, rows))
  const titles =
    source.kind === 'viewing'
      ? await engine.query<{ title: string; plays: number; minutes: number }>(
          sql`SELECT title, CAST(sum(plays) AS BIGINT) AS plays, sum(minutes) AS minutes FROM ${tally} WHERE ${isKept} AND title IS NOT NULL
            GROUP BY title ORDER BY minutes DESC, title LIMIT ${input.limit}`,
        )
      : []
  await engine.dropTable('preview_tally')
  return { read, ...counts, duplicates: read - counts.accepted - counts.quarantined, reasons, titles }
}

async function countRows(engine: Engine, rows: Sql): Promise<number> {
  const [counted] = await engine.query<{ rows: number }>(sql`SELECT count(*) AS rows FROM ${rows}`)
  return counted?.rows ?? 0
}
