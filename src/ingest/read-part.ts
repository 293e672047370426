import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import type { Engine } from '../engine/engine.ts'
import { sql } from '../engine/sql.ts'
import { isMarqueeError } from '../errors.ts'
import { asFullDisk } from '../full-disk.ts'
import { writeQuarantine } from '../quality/quarantine.ts'
import { replaceFile } from '../replace-file.ts'
import { titleFields } from '../warehouse/schema.ts'
import { damagedParquet } from './damaged-parquet.ts'
import { lookUpKeys } from './look-up-keys.ts'
import { type Part, type PartContext, partFiles, type SourceFile } from './part.ts'
import { openRawFile, type RawFile, type RawRelation } from './raw-file.ts'
import { rejectedRows } from './rejected-rows.ts'
import { computeKeys } from './row-keys.ts'
import { type Check, mappedFields, quarantineMask, typedRows } from './typed/typed-rows.ts'
import { writeReferences } from './write-references.ts'

/** Raised when the layout or meaning of parts changes, so that no build reads a part of an older kind. */
const partFormat = 4

const progressMilliseconds = 200
/** Before that the engine is still building what it joins with, and its estimate says nothing. */
const settledShare = 0.05

export interface PartReading {
  readonly part: Part
  readonly isNew: boolean
  /** Seals the rows that are kept out and completes the part; other files may be read meanwhile. To be called once. */
  seal(): Promise<void>
}

/**
 * Reads one raw file into a part, or finds it read already. The part's description is written last, when its quarantine
 * is sealed, so that a part that has one is whole.
 */
export async function readPart(context: PartContext, input: SourceFile): Promise<PartReading> {
  const sha256 = await context.seen.hashOf(input.path)
  const unchanged = sha256 && (await keptPart(context, partId(context, input, sha256)))
  if (unchanged) return { part: unchanged, isNew: false, seal: async () => {} }
  const startedAt = context.now.getTime()
  const raw = await openRawFile(context, input)
  try {
    await context.seen.note(input.path, raw.sha256, startedAt)
    const id = partId(context, input, raw.sha256)
    const kept = await keptPart(context, id)
    if (kept) return { part: kept, isNew: false, seal: raw.close }
    await raw.prepare()
    return await context.inTurn(() => makePart(context, input, raw, id))
  } catch (failure) {
    await raw.close()
    const told = asFullDisk(failure)
    const error = input.source.format.type === 'parquet' ? damagedParquet(told, input.file) : told
    if (isMarqueeError(error) && error.file === undefined && error.code !== 'disk-full') {
      Object.defineProperty(error, 'file', { value: input.file, enumerable: true })
    }
    throw error
  }
}

async function makePart(context: PartContext, input: SourceFile, raw: RawFile, id: string): Promise<PartReading> {
  context.signal.throwIfAborted()
  context.progress.step({ en: `Reading ${input.file}`, zh: `读取 ${input.file}` })
  const { part, relation } = await readRows(context, input, raw, id)
  const files = partFiles(context.layout, id)
  const rejected = await rejectedRows(context, part, relation, input)
  const seal = async () => {
    try {
      await writeQuarantine(files.quarantine, context.keys.quarantine, rejected)
      await replaceFile(files.description, JSON.stringify(part))
    } finally {
      await raw.close()
    }
  }
  if (!relation.needsEngine) return { part, isNew: true, seal }
  await seal()
  return { part, isNew: true, seal: async () => {} }
}

async function readRows(
  context: PartContext,
  input: SourceFile,
  raw: RawFile,
  id: string,
): Promise<{ part: Part; relation: RawRelation }> {
  const { engine, layout, rules } = context
  const files = partFiles(layout, id)
  await mkdir(layout.parts, { recursive: true })
  await mkdir(layout.quarantine, { recursive: true })
  const relation = await raw.open()
  const findKeys = engine.name === 'duckdb' ? lookUpKeys : computeKeys
  const titles = `titles ${id}`
  const typed = typedRows({
    engine,
    source: input.source,
    raw: relation.rows,
    headers: relation.headers,
    line: relation.line,
    keys: await findKeys(context, input.source, relation.rows, titles),
    rules,
    now: context.now,
    secret: context.keys.pseudonym.toString('hex'),
  })
  const rows = await withProgress(context, relation.count, () =>
    engine.writeParquet(typed.statement, files.rows, { joinsAsWritten: true }),
  )
  await writeReferences(context, input.source, titles, files.rows, files.references)
  const reasons = await engine.query<{ reasons: number; rows: number }>(
    sql`SELECT reasons, count(*) AS rows FROM ${engine.scanParquet([files.rows])} WHERE reasons <> 0 GROUP BY reasons ORDER BY reasons`,
  )
  const part: Part = {
    id,
    key: Number.parseInt(id.slice(0, 13), 16),
    source: input.source.name,
    kind: input.source.kind,
    file: input.file,
    bytes: raw.bytes,
    sha256: raw.sha256,
    rows,
    lineBase: relation.line ? null : relation.lineBase,
    malformed: relation.malformed.count,
    checks: typed.checks,
    quarantineMask: quarantineMask(typed.checks, rules),
    hasTitles: mappedFields(input.source).some((field) => titleFields.includes(field)),
    columns: typed.columns,
    earliestFuture: await earliestFuture(engine, files.rows, typed.checks),
    reasons,
  }
  return { part, relation }
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
    sql`SELECT least(CAST(NULL AS TIMESTAMP), ${sql.join(earliest)}) AS earliest FROM ${engine.scanParquet([path])} WHERE reasons <> 0`,
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
        ...(context.engine.name === 'spark' ? ['spark'] : []),
      ]),
    )
    .digest('hex')
    .slice(0, 32)
}
