import { createHash } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import type { Engine } from '../engine/engine.ts'
import { type Sql, sql } from '../engine/sql.ts'
import { isMarqueeError } from '../errors.ts'
import { asFullDisk } from '../full-disk.ts'
import { pseudonymSql, viewerIdSql } from '../privacy/pseudonym.ts'
import type { SourceSettings } from '../project/settings.ts'
import { writeQuarantine } from '../quality/quarantine.ts'
import { replaceFile } from '../replace-file.ts'
import { titleFields } from '../warehouse/schema.ts'
import { damagedParquet } from './damaged-parquet.ts'
import { type Part, type PartContext, partFiles, type SourceFile } from './part.ts'
import { openRawFile } from './raw-file.ts'
import { rejectedRows } from './rejected-rows.ts'
import { requireColumns } from './require-columns.ts'
import { type Check, fieldText, hash52, mappedFields, quarantineMask, typedRows } from './typed/typed-rows.ts'

/** Raised when the layout or meaning of parts changes, so that no build reads a part of an older kind. */
const partFormat = 1

/** The id space of the persons of the id map; no source can be called that. */
const personSpace = ' person'

const progressMilliseconds = 200
/** Before that the engine is still building what it joins with, and its estimate says nothing. */
const settledShare = 0.05

/**
 * Reads one raw file into a part, or finds it read already. The part's description is written last, so that a part
 * that has one is whole.
 */
export async function readPart(context: PartContext, input: SourceFile): Promise<{ part: Part; isNew: boolean }> {
  const { engine, layout, rules } = context
  const sha256 = await context.seen.hashOf(input.path)
  const unchanged = sha256 && (await keptPart(context, partId(context, input, sha256)))
  if (unchanged) return { part: unchanged, isNew: false }
  const startedAt = context.now.getTime()
  const raw = await openRawFile(engine, input, context.scratch, context.signal)
  try {
    await context.seen.note(input.path, raw.sha256, startedAt)
    const id = partId(context, input, raw.sha256)
    const kept = await keptPart(context, id)
    if (kept) return { part: kept, isNew: false }
    const files = partFiles(layout, id)
    await mkdir(layout.parts, { recursive: true })
    await mkdir(layout.quarantine, { recursive: true })
    const key = Number.parseInt(id.slice(0, 13), 16)
    const relation = await raw.open()
    const raws = requireColumns(input, relation)
    const dictionaries = await readDictionaries(context, input.source, raws, files)
    const typed = typedRows({
      source: input.source,
      raw: raws,
      headers: relation.headers,
      line: relation.line,
      dictionaries,
      rules,
      now: context.now,
      secret: context.keys.pseudonym.toString('hex'),
    })
    const rows = await withProgress(context, relation.count, () =>
      engine.writeParquet(typed.statement, files.rows, { joinsAsWritten: true }),
    )
    for (const table of [dictionaries.viewers, dictionaries.titles])
      await engine.execute(sql`DROP TABLE IF EXISTS ${table}`)
    const mask = quarantineMask(typed.checks, rules)
    const reasons = await engine.query<{ reasons: number; rows: number }>(
      sql`SELECT reasons, count(*) AS rows FROM ${engine.scanParquet([files.rows])} WHERE reasons <> 0 GROUP BY reasons ORDER BY reasons`,
    )
    const part: Part = {
      id,
      key,
      source: input.source.name,
      kind: input.source.kind,
      file: input.file,
      bytes: raw.bytes,
      sha256: raw.sha256,
      rows,
      lineBase: relation.line ? undefined : relation.lineBase,
      malformed: relation.malformed.count,
      checks: typed.checks,
      quarantineMask: mask,
      hasTitles: mappedFields(input.source).some((field) => titleFields.includes(field)),
      columns: typed.columns,
      earliestFuture: await earliestFuture(engine, files.rows, typed.checks),
      reasons,
    }
    await writeQuarantine(files.quarantine, context.keys.quarantine, rejectedRows(context, part, relation, input))
    await replaceFile(files.description, JSON.stringify(part))
    return { part, isNew: true }
  } catch (failure) {
    const told = asFullDisk(failure)
    const error = input.source.format.type === 'parquet' ? damagedParquet(told, input.file) : told
    if (isMarqueeError(error) && error.file === undefined && error.code !== 'disk-full') {
      Object.defineProperty(error, 'file', { value: input.file, enumerable: true })
    }
    throw error
  } finally {
    await raw.close()
  }
}

/** The part of that id from an earlier build, unless time has caught up with an instant that lay in the future then. */
async function keptPart({ layout, rules, now }: PartContext, id: string): Promise<Part | undefined> {
  let part: Part
  try {
    part = JSON.parse(await readFile(partFiles(layout, id).description, 'utf8')) as Part
  } catch {
    return undefined
  }
  const latest = now.getTime() + rules.parameter('start-in-future', 'toleranceHours') * 3_600_000
  return part.earliestFuture !== null && Date.parse(part.earliestFuture) <= latest ? undefined : part
}

/** Reports how many of `count` rows the engine is through with, while `work` runs. */
async function withProgress<T>(
  { engine, progress }: PartContext,
  count: number | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (count === undefined) return work()
  const timer = setInterval(() => {
    const share = engine.progress()
    if (share !== undefined && share >= settledShare) progress.rows(Math.round(share * count), count)
  }, progressMilliseconds)
  return work().finally(() => clearInterval(timer))
}

async function earliestFuture(engine: Engine, path: string, checks: readonly Check[]): Promise<string | null> {
  const found = checks.flatMap(({ rule, field }, bit) => (rule === 'start-in-future' ? [{ field, bit }] : []))
  if (found.length === 0) return null
  const earliest = found.map(
    ({ field, bit }) => sql`min(${sql.id(field)}) FILTER (WHERE (reasons & ${sql.literal(2 ** bit)}) <> 0)`,
  )
  const [row] = await engine.query<{ earliest: string | null }>(
    sql`SELECT least(${sql.join(earliest)}) AS earliest FROM ${engine.scanParquet([path])} WHERE reasons <> 0`,
  )
  return row?.earliest ?? null
}

function partId(context: PartContext, input: SourceFile, sha256: string): string {
  const { files: _files, priority: _priority, ...mapping } = input.source
  return createHash('sha256')
    .update(
      JSON.stringify([
        partFormat,
        input.file,
        sha256,
        mapping,
        context.rules.fingerprint,
        context.keys.fingerprint,
        context.identities?.sha256,
      ]),
    )
    .digest('hex')
    .slice(0, 32)
}

/**
 * Collects in one scan the distinct viewers and titles of a raw relation into temporary tables, and keeps what may be
 * kept of them beside the part. Raw viewer ids stay in memory.
 */
async function readDictionaries(
  context: PartContext,
  source: SourceSettings,
  rows: Sql,
  files: ReturnType<typeof partFiles>,
): Promise<{ viewers: Sql; titles: Sql }> {
  const { engine } = context
  const viewers = sql.id('part_viewers')
  const titles = sql.id('part_titles')
  const mapped = mappedFields(source)
  const identity = mapped.find((field) => field.type === 'identity')
  const inTitle = mapped.filter((field) => titleFields.includes(field))
  const names = inTitle.map((field) => sql.id(field.name))
  const columns = [
    ...inTitle.map((field) => sql`${fieldText(source, field)} AS ${sql.id(field.name)}`),
    ...(identity ? [sql`${fieldText(source, identity)} AS raw`] : []),
  ]
  await rm(files.references, { force: true })
  if (columns.length === 0) return { viewers, titles }
  const sets = [...(identity ? [sql`(raw)`] : []), ...(inTitle.length > 0 ? [sql`(${sql.join(names)})`] : [])]
  const ofViewers = identity && inTitle.length > 0 ? sql`grouping(raw) = 0` : sql`true`
  const ofTitles = identity && inTitle.length > 0 ? sql`grouping(raw) = 1` : sql`true`
  const isViewer = identity ? sql`${ofViewers} AS is_viewer` : sql`false AS is_viewer`
  const isTitle = inTitle.length > 0 ? sql`${ofTitles} AS is_title` : sql`false AS is_title`
  await engine.execute(
    sql`CREATE OR REPLACE TEMPORARY TABLE part_dictionary AS
      SELECT ${sql.join([...names, ...(identity ? [sql`raw`] : []), isViewer, isTitle, sql`count(*) AS rows`])}
      FROM (SELECT ${sql.join(columns)} FROM ${rows}) GROUP BY GROUPING SETS (${sql.join(sets)})`,
  )
  if (identity) {
    const own = pseudonymSql(sql`raw`, source.viewerIds ?? source.name, context.keys.pseudonym)
    const { identities } = context
    const pseudonym = identities
      ? sql`CASE WHEN person IS NULL THEN ${own} ELSE ${pseudonymSql(sql`person`, personSpace, context.keys.pseudonym)} END`
      : own
    const joined = identities
      ? sql`LEFT JOIN ${identities.table} m ON m.viewer = raw AND m.source = ${source.name}`
      : sql.empty
    await engine.execute(
      sql`CREATE OR REPLACE TEMPORARY TABLE ${viewers} AS
        SELECT raw, CASE WHEN raw IS NOT NULL THEN ${viewerIdSql(pseudonym)} END AS viewer_id
        FROM part_dictionary ${joined} WHERE is_viewer`,
    )
  }
  if (inTitle.length > 0) {
    const key = sql`concat_ws(chr(31), ${sql.join([
      sql.literal(source.name),
      sql.literal(source.kind === 'title' ? 'catalogue' : 'mention'),
      ...titleFields.map((field) => (inTitle.includes(field) ? sql`coalesce(${sql.id(field.name)}, '')` : sql`''`)),
    ])})`
    await engine.execute(
      sql`CREATE OR REPLACE TEMPORARY TABLE ${titles} AS
        SELECT ${sql.join([...names, sql`rows`, sql`${hash52(key)} AS title_ref`])} FROM part_dictionary WHERE is_title`,
    )
    const stored = titleFields.map((field) =>
      inTitle.includes(field) ? sql.id(field.name) : sql`CAST(NULL AS VARCHAR) AS ${sql.id(field.name)}`,
    )
    const named = sql.join(
      inTitle
        .filter(({ name }) => name === 'title' || name === 'title_id')
        .map(({ name }) => sql`${sql.id(name)} IS NOT NULL`),
      ' OR ',
    )
    await engine.writeParquet(
      sql`SELECT ${sql.join([sql`title_ref`, ...stored, sql`rows`])} FROM ${titles} WHERE ${named} ORDER BY title_ref`,
      files.references,
    )
  }
  await engine.execute(sql`DROP TABLE part_dictionary`)
  return { viewers, titles }
}
