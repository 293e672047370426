import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pLimit from 'p-limit'
import type { Engine } from '../engine/engine.ts'
import { interruptOnAbort } from '../engine/interrupt-on-abort.ts'
import { sql } from '../engine/sql.ts'
import { DataError, InputError } from '../errors.ts'
import { asFullDisk } from '../full-disk.ts'
import { mapAtOnce } from '../map-at-once.ts'
import type { Keys } from '../privacy/keys.ts'
import type { Progress } from '../progress.ts'
import type { Layout } from '../project/layout.ts'
import type { ProjectSettings } from '../project/settings.ts'
import { type BuildRecord, readBuildRecord } from '../quality/build-record.ts'
import { compareProfiles } from '../quality/drift.ts'
import { evaluateExpectations } from '../quality/expectations.ts'
import { buildProfile } from '../quality/profile.ts'
import { writeFlags } from '../reviews/hygiene/write-flags.ts'
import { basisOf, type JudgedReviews, judgeProject, knownJudges } from '../reviews/judge/project-judges.ts'
import type { TitleDecision } from '../titles/title.ts'
import { version as marqueeVersion } from '../version.ts'
import { createViews } from '../warehouse/create-views.ts'
import { type TableName, tables } from '../warehouse/schema.ts'
import { type Manifest, publish, readPublished, versionFolder } from '../warehouse/version.ts'
import { integrateRows } from './integrate/integrate-rows.ts'
import { integrateTitles } from './integrate/integrate-titles.ts'
import { makeLedgers } from './integrate/ledgers.ts'
import { partsWithFindings, quarantineFindings } from './integrate/quarantine-findings.ts'
import { titleTables, writeTitles } from './integrate/write-titles.ts'
import { loadIdentities } from './load-identities.ts'
import { removeLeftovers, takeLock } from './lock.ts'
import { forgetViewers } from './look-up-keys.ts'
import type { Part, PartContext, SourceFile } from './part.ts'
import { factsOf } from './part-facts.ts'
import { FileThreads } from './read/file-threads.ts'
import type { FileWork } from './read/file-work.ts'
import { readPart } from './read-part.ts'
import { removeRemains, removeUnused } from './remains.ts'
import { makeScratch } from './scratch.ts'
import { SeenFiles } from './seen-files.ts'
import { listSourceFiles } from './source-files.ts'
import { checkMapping } from './typed/check-mapping.ts'
import { tunedRules } from './typed/row-rules.ts'

export interface BuildInput {
  readonly layout: Layout
  readonly settings: ProjectSettings
  readonly keys: Keys
  readonly decisions: readonly TitleDecision[]
  readonly openEngine: () => Promise<Engine>
  readonly now: Date
  readonly signal: AbortSignal
  readonly progress: Progress
  /** Wait for another build of the project to end instead of refusing. */
  readonly wait: boolean
  /** Learn anew what makes a review favourable, where the project's own reviews teach it. */
  readonly learn: boolean
}

export interface BuildOutcome {
  readonly record: BuildRecord
  /** False when nothing had changed since the published version. */
  readonly isNew: boolean
  readonly filesRead: number
  readonly filesKept: number
}

/**
 * Brings the published version up to date with the sources: reads new and changed files, decides what looks across rows,
 * and publishes all tables at once. Killed at any moment, it leaves the last published version as it was.
 * @throws InputError, DataError; nothing is published then.
 */
export async function build(input: BuildInput): Promise<BuildOutcome> {
  const { layout, settings, progress } = input
  if (settings.sources.length === 0) {
    throw new InputError(
      { en: 'The project has no sources.', zh: '项目没有来源。' },
      {
        code: 'no-sources',
        advice: { en: 'Add files with `marquee add FILE...`.', zh: '请用 `marquee add 文件...` 添加文件。' },
      },
    )
  }
  const onWait = (pid: number) =>
    progress.step({ en: `Waiting for the build of process ${pid}`, zh: `等待进程 ${pid} 的构建结束` })
  const release = await takeLock(layout.lock, input.wait ? { signal: input.signal, onWait } : undefined)
  try {
    for (const prefix of ['spill-', 'lock.']) await removeLeftovers(layout.home, prefix)
    await removeRemains(layout)
    return await buildInScratch(input)
  } catch (error) {
    await removeRemains(layout).catch(() => undefined)
    throw asFullDisk(error)
  } finally {
    progress.done()
    await rm(layout.spill, { recursive: true, force: true })
    await release()
  }
}

async function buildInScratch(input: BuildInput): Promise<BuildOutcome> {
  const scratch = await makeScratch(input.layout, input.settings)
  try {
    const engine = await input.openEngine()
    const work = new FileThreads(input.settings.threads)
    const settle = interruptOnAbort(engine, input.signal)
    try {
      return await buildWith(input, engine, work, scratch)
    } finally {
      settle()
      await work.close()
      engine.close()
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function buildWith(input: BuildInput, engine: Engine, work: FileWork, scratch: string): Promise<BuildOutcome> {
  const { layout, settings, progress, signal } = input
  const rules = tunedRules(settings)
  const seen = await SeenFiles.load(layout.seen)
  const context: PartContext = {
    engine,
    work,
    layout,
    keys: input.keys,
    seen,
    identities:
      settings.identities === undefined
        ? undefined
        : await loadIdentities(engine, resolve(layout.folder, settings.identities)),
    rules,
    now: input.now,
    scratch,
    signal,
    progress,
    inTurn: pLimit(engine.concurrency),
  }
  for (const source of settings.sources) await checkMapping(engine, source)
  const files = await listSourceFiles(layout.folder, settings.sources)
  const { parts, filesRead } = await readFiles(context, files)
  await seen.save()
  const previous = await readPublished(layout.current, layout.versions)
  const facts = factsOf(layout, parts)
  const known = facts.review && (await knownJudges(layout, settings.reviews, input.learn))
  const fingerprintBy = (basis: readonly unknown[]) =>
    createHash('sha256')
      .update(JSON.stringify([...[parts.map(({ id, file }) => [id, file]), settings, input.decisions], ...basis]))
      .digest('hex')
  const outcome = { filesRead, filesKept: files.length - filesRead }
  if (!input.learn && previous?.fingerprint === fingerprintBy(known ? basisOf(known) : [])) {
    const record = await readBuildRecord(versionFolder(layout.versions, previous.version))
    await removeUnused(layout, parts, record.ledgers)
    return { ...outcome, record, isNew: false }
  }

  const version = (previous?.version ?? 0) + 1
  const folder = versionFolder(layout.versions, version)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await createBuildParts(engine, parts, settings)

  progress.step({ en: 'Matching titles', zh: '匹配片名' })
  const matching = await integrateTitles({
    engine,
    layout,
    settings,
    parts,
    decisions: input.decisions,
    scratch,
  })
  signal.throwIfAborted()
  progress.step({ en: 'Looking across rows', zh: '跨行检查' })
  const comparable = previous?.engine === engine.name ? previous : undefined
  await integrateRows({ engine, layout, rules, parts, folder, previous: comparable })
  await writeTitles({ engine, layout, parts, folder })
  signal.throwIfAborted()
  progress.step({ en: 'Balancing the ledger', zh: '核对台账' })
  const ledgers = await makeLedgers(engine, layout, rules, parts)
  const withFindings = await partsWithFindings(engine)
  await mapAtOnce(parts, filesAtOnce(context), async (part, index) => {
    const file = files[index]
    const ledger = ledgers[index]
    if (!file || !ledger || !withFindings.has(part.key)) return
    const extra = await quarantineFindings(context, part, file)
    ledgers[index] = { ...ledger, quarantineIds: [...ledger.quarantineIds, extra] }
  })
  signal.throwIfAborted()

  const home = (name: string) => join('versions', String(version), `${name}.parquet`)
  const names = [...titleTables, 'finding', 'excluded']
  const draft = {
    version,
    engine: engine.name,
    builtAt: input.now.toISOString(),
    facts,
    files: Object.fromEntries(names.map((name) => [name, home(name)])),
    rows: Object.fromEntries(Object.keys(tables).map((name) => [name, 0])) as Manifest['rows'],
  }
  let judged: JudgedReviews | undefined
  if (known && facts.review) {
    await createViews(engine, layout.home, { ...draft, derived: {} })
    const references = engine.scanParquet([join(layout.home, home('title_reference'))])
    judged = await judgeProject(known, {
      ...{ engine, home: layout.home, parts: facts.review, references, version, now: input.now },
      ...{ threads: settings.threads, scratch, signal, progress },
    })
  }
  signal.throwIfAborted()

  if (settings.reviews.leaveOut.length > 0 && facts.review !== undefined) {
    progress.step({ en: 'Comparing reviews', zh: '比较评论' })
    await createViews(engine, layout.home, { ...draft, derived: {} })
    const path = join(layout.home, home('review_flag'))
    await writeFlags(engine, settings.reviews.leaveOut, { path, scratch }, signal)
    draft.files.review_flag = home('review_flag')
  }

  progress.step({ en: 'Profiling', zh: '质量评估' })
  const derived = Object.fromEntries((judged?.judges ?? []).map(({ table, key }) => [table, key]))
  const made = { ...draft, derived, fingerprint: fingerprintBy(judged ? basisOf(judged) : []) }
  await createViews(engine, layout.home, made)
  const rows = await countRows(engine, ledgers)
  const filled = (Object.keys(tables) as TableName[]).filter((name) => rows[name] > 0)
  const stored = Object.fromEntries(
    Object.entries(facts).map(([kind, own]) => [kind, new Set(['title_id', ...own.flatMap(({ columns }) => columns)])]),
  )
  const profile = await buildProfile(engine, filled, ledgers, input.now, stored)
  const before = previous ? await readBuildRecord(versionFolder(layout.versions, previous.version)) : undefined
  const expectations = evaluateExpectations(settings.expectations, profile)
  const record: BuildRecord = {
    version,
    builtAt: draft.builtAt,
    marqueeVersion: marqueeVersion(),
    ledgers,
    profile,
    drift: before ? compareProfiles(before.profile, profile) : [],
    expectations,
    uncertainTitles: matching.uncertain.map((pair) => ({ ...pair, reasons: [...pair.reasons] })),
    titleWarnings: [...matching.warnings],
    reviews: judged ? [judged.sentiment.text] : [],
  }
  const broken = expectations.filter((result) => !result.passed && result.expectation.severity === 'fail')
  if (broken.length > 0) {
    throw new DataError(
      {
        en: 'The data break an expectation of severity fail; nothing was published.',
        zh: '数据未达到 severity 为 fail 的预期，未发布任何内容。',
      },
      {
        code: 'expectation-failed',
        value: broken,
        advice: {
          en: 'Look at the values above, then mend the sources or the expectations in marquee.yaml.',
          zh: '请查看以上数值，然后修正来源或 marquee.yaml 中的预期。',
        },
      },
    )
  }
  await writeFile(join(folder, 'build.json'), JSON.stringify(record))
  await publish(layout.current, layout.versions, { ...made, rows })
  await removeUnused(layout, parts, ledgers)
  return { ...outcome, record, isNew: true }
}

/** While the engine has its turn with some files, threads prepare others. */
const filesAtOnce = ({ engine, work }: PartContext): number => engine.concurrency + work.threads

async function readFiles(context: PartContext, files: readonly SourceFile[]) {
  context.progress.step({ en: 'Looking at the raw files', zh: '查看原始文件' })
  const failed = new AbortController()
  const reading = { ...context, signal: AbortSignal.any([context.signal, failed.signal]) }
  let sealing = Promise.resolve()
  let readings: { part: Part; isNew: boolean }[]
  try {
    readings = await mapAtOnce(files, filesAtOnce(context), async (file) => {
      try {
        reading.signal.throwIfAborted()
        const { part, isNew, seal } = await readPart(reading, file)
        const before = sealing
        sealing = before.then(seal)
        sealing.catch(() => {}) // Thrown where it is awaited.
        await before
        return { part, isNew }
      } catch (failure) {
        await sealing.catch(() => {}) // What has been read stays read.
        failed.abort(failure)
        throw failure
      }
    })
  } finally {
    await sealing
  }
  context.signal.throwIfAborted()
  if (context.engine.name === 'duckdb') for (const { source } of files) await forgetViewers(context, source)
  return { parts: readings.map(({ part }) => part), filesRead: readings.filter(({ isNew }) => isNew).length }
}

async function createBuildParts(engine: Engine, parts: readonly Part[], settings: ProjectSettings): Promise<void> {
  const rows = parts.map((part, ordinal) => {
    const source = settings.sources.find(({ name, kind }) => name === part.source && kind === part.kind)
    return sql`SELECT CAST(${sql.literal(part.key)} AS BIGINT) AS part, ${sql.literal(ordinal)} AS ordinal,
      CAST(${sql.literal(source?.priority ?? 0)} AS DOUBLE) AS priority, ${sql.literal(part.source)} AS source`
  })
  await engine.createTable('build_parts', sql`${sql.join(rows, ' UNION ALL ')}`)
}

async function countRows(engine: Engine, ledgers: BuildRecord['ledgers']): Promise<Manifest['rows']> {
  const rows: Partial<Record<TableName, number>> = {}
  for (const name of Object.keys(tables) as TableName[]) {
    const accepted = ledgers.filter(({ kind }) => kind === name && kind !== 'title' && kind !== 'credit')
    if (accepted.length > 0) rows[name] = accepted.reduce((sum, ledger) => sum + ledger.accepted, 0)
    else {
      const [counted] = await engine.query<{ rows: number }>(sql`SELECT count(*) AS rows FROM ${sql.id(name)}`)
      rows[name] = counted?.rows ?? 0
    }
  }
  return rows as Manifest['rows']
}
