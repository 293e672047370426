import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { parse, stringify } from 'yaml'
import type { z } from 'zod'
import { registry } from '../../src/cli/registry.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { sql } from '../../src/engine/sql.ts'
import { referenceBatches } from '../../src/ingest/integrate/title-references.ts'
import type { Part } from '../../src/ingest/part.ts'
import { layoutOf } from '../../src/project/layout.ts'
import { loadSettings } from '../../src/project/load-settings.ts'
import { openEngine } from '../../src/project/open-engine.ts'
import type { sourceSettings } from '../../src/project/settings.ts'
import { readBuildRecord } from '../../src/quality/build-record.ts'
import { buildProfile } from '../../src/quality/profile.ts'
import { openWarehouse } from '../../src/warehouse/open-warehouse.ts'
import { tables } from '../../src/warehouse/schema.ts'
import { askBoth, samplesOf } from '../support/ask-both.ts'
import { start } from '../support/command.ts'
import { differences } from '../support/differences.ts'
import type { TestProject } from '../support/project.ts'
import type { Samples } from '../support/question-ways.ts'
import { rareSources, withoutFacts, withoutTitles } from '../support/rare-sources.ts'
import { occursIn, recordStatements, sqlTemplates } from '../support/sql-templates.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { makeTwins, type Sources, simulated, type Twins } from '../support/twins.ts'

const spark = inject('spark')

let twins: Twins
let samples: Samples
let statementsOnSpark: () => string[]

/** Questions that look at no table, or change the project; all others are asked on both engines. */
const notAsked = [
  ...['demo', 'init', 'add', 'build', 'quarantine replay', 'simulate', 'spark up', 'doctor'],
  ...['recommend train', 'recommend models'],
  // They read files of their own.
  ...[
    'aspects evaluate',
    'aspects learn',
    'recommend evaluate',
    'sentiment train',
    'sentiment predict',
    'sentiment evaluate',
    'sentiment explain',
  ],
]

/** Where statements stand that never go to Spark. */
const embeddedOnly = [
  // The contract of engines runs these.
  'src/engine/**',
  // On Spark the keys of rows are hashes of them (row-keys.ts).
  'src/ingest/look-up-keys.ts',
  // Files outside a project are looked at and read with the embedded engine.
  'src/ingest/read-sample.ts',
  'src/ingest/read-table.ts',
]

/** Where statements stand that other tests run on both engines, over rows that lead to them. */
const runElsewhere = [
  // test/advice/advice.spark.test.ts
  'src/advice/query.ts',
]

/** Of estimates of distinct values on Spark. */
const standardError = 0.05

const noCatalogue = sql`SELECT CAST(NULL AS BIGINT) AS title_ref, CAST(NULL AS VARCHAR) AS title_type, CAST(NULL AS VARCHAR) AS series,
  CAST(NULL AS VARCHAR) AS original_title, CAST(NULL AS DOUBLE) AS runtime_seconds, CAST(NULL AS VARCHAR) AS directors,
  CAST(NULL AS VARCHAR) AS actors, CAST(NULL AS DATE) AS release_date, CAST(NULL AS BIGINT) AS rank WHERE false`

type Source = z.output<typeof sourceSettings>

async function contentsOf({ folder }: Pick<TestProject, 'folder'>) {
  const layout = layoutOf(folder)
  const names = (await readdir(layout.parts)).filter((name) => name.endsWith('.json'))
  const texts = await Promise.all(names.map((name) => readFile(join(layout.parts, name), 'utf8')))
  return {
    layout,
    settings: await loadSettings(layout.settings),
    version: join(layout.versions, (await readFile(layout.current, 'utf8')).trim()),
    parts: texts.map((text) => JSON.parse(text) as Part).sort((left, right) => (left.file < right.file ? -1 : 1)),
  }
}

async function builtTwins(sources: Sources): Promise<Twins> {
  const built = await makeTwins(spark?.address ?? '', sources)
  onTestFinished(() => built.remove())
  await built.embedded.ask('build')
  await built.distributed.ask('build')
  return built
}

/** What `work` gives for the project on the embedded engine and for that on Spark. */
async function onBoth<Result>(
  { embedded, distributed }: Twins,
  work: (engine: Engine, contents: Awaited<ReturnType<typeof contentsOf>>) => Promise<Result>,
): Promise<[Result, Result]> {
  const on = async (project: TestProject) => {
    const contents = await contentsOf(project)
    const engine = await openEngine(contents.layout, contents.settings)
    try {
      return await work(engine, contents)
    } finally {
      engine.close()
    }
  }
  return [await on(embedded), await on(distributed)]
}

/** A further file for `source`, which is in UTF-16: plays that it told of already, others of the same viewers, and a bad one twice. */
async function addPlays(folder: string, source: Source | undefined): Promise<void> {
  const [first = ''] = source?.files ?? []
  const [header = '', ...lines] = (await readFile(join(folder, first), 'utf16le')).split(/(?<=\n)/)
  const others = lines.slice(20, 40).map((line) => line.replace(/:\d\d(?=\t|\r?\n)/, ':59'))
  const bad = lines[0]?.replace(/[0-9]{4}-[0-9]{2}-[0-9]{2}/, 'some day') ?? ''
  const file = join(dirname(first), 'later.tsv')
  await writeFile(join(folder, file), [header, ...lines.slice(0, 20), ...others, bad, bad].join(''), 'utf16le')
  source?.files.push(file)
}

async function publishedRows(project: Pick<TestProject, 'folder'>): Promise<Record<string, unknown>> {
  const { layout, settings } = await contentsOf(project)
  const engine = await openEngine(layout, settings)
  try {
    await openWarehouse(engine, layout)
    const rows: Record<string, unknown> = {}
    for (const [name, columns] of Object.entries(tables)) {
      const order = sql.join(columns.map((column) => sql`${sql.id(column.name)} NULLS FIRST`))
      const selected = sql.join(columns.map((column) => sql.id(column.name)))
      rows[name] = await engine.query(sql`SELECT ${selected} FROM ${sql.id(name)} ORDER BY ${order}`)
    }
    return rows
  } finally {
    engine.close()
  }
}

/** The record of the published version, but for its time and for counts of values that can be estimates. */
async function record(project: TestProject): Promise<unknown> {
  const text = await readFile(join((await contentsOf(project)).version, 'build.json'), 'utf8')
  return JSON.parse(text, (key, value) => {
    if (['builtAt', 'measuredAt', 'ageDays', 'partId', 'quarantineIds'].includes(key)) return undefined
    if (value?.categories?.length === 0) return { ...value, distinct: undefined, isDistinctExact: undefined }
    return typeof value === 'number' ? Number(value.toPrecision(10)) : value
  })
}

async function kept({ ask }: TestProject): Promise<unknown> {
  return (await ask<{ entries: unknown }>('quarantine', 'list', '--limit', '100000')).entries
}

async function expectEqual({ embedded, distributed }: Twins): Promise<void> {
  expect(await publishedRows(distributed)).toEqual(await publishedRows(embedded))
  expect(await record(distributed)).toEqual(await record(embedded))
  expect(await kept(distributed)).toEqual(await kept(embedded))
}

describe.skipIf(!spark)('a project on Spark, and the same on the embedded engine', () => {
  beforeAll(async () => {
    statementsOnSpark = recordStatements()
    twins = await makeTwins(spark?.address ?? '', simulated({ viewers: 60, days: 5 }))
    await twins.embedded.ask('build')
    samples = await samplesOf(twins.embedded)
  })
  afterAll(() => twins?.remove())

  it('publish the same rows, ledgers, quality and quarantine', { timeout: 900_000 }, async () => {
    await twins.distributed.ask('build')
    await expectEqual(twins)
  })

  it('learn the same from it', { timeout: 900_000 }, async () => {
    const train = ({ ask }: TestProject) => ask('recommend', 'train', '--model', 'item-based', '--threads', '1')
    const [embedded, distributed] = [await train(twins.embedded), await train(twins.distributed)]
    expect(distributed).toEqual(embedded)
  })

  it('learn on the cluster what titles are listed for a viewer', { timeout: 900_000 }, async () => {
    const { distributed } = twins
    const trained = await distributed.ask<{ rows: { algorithm: string; ndcg100: number }[] }>(
      ...['recommend', 'train', '--on', 'cluster'],
    )
    expect(trained.rows.map(({ algorithm }) => algorithm).sort()).toEqual(['ials', 'item-based', 'popularity'])
    for (const { ndcg100 } of trained.rows) expect(ndcg100).toBeGreaterThan(0)
    const [viewer] = samples.viewer as string[]
    const { rows } = await distributed.ask<{ rows: { score: number }[] }>('recommend', 'for', viewer ?? '')
    expect(rows[0]?.score).toBeGreaterThan(0)
    const { code, err } = await distributed.run('recommend', 'train', '--on', 'cluster', '--model', 'ease', '--json')
    expect([code === 0, JSON.parse(err)]).toEqual([
      false,
      { error: expect.objectContaining({ code: 'not-on-cluster' }) },
    ])
    await distributed.ask('recommend', 'models', '--use', '1')
  })

  it.each(Object.keys(registry).filter((name) => !notAsked.includes(name)))(
    'answer alike: %s',
    { timeout: 900_000 },
    async (name) => {
      const question = await registry[name]?.()
      if (!question) throw new Error(`No question ${name}`)
      expect(await askBoth(twins, question, samples)).toEqual([])
    },
  )

  it('show the same rows where Spark reads what the embedded engine has built', { timeout: 900_000 }, async () => {
    const folder = await temporaryFolder()
    await cp(twins.embedded.folder, folder, { recursive: true })
    await cp(join(twins.distributed.folder, 'marquee.yaml'), join(folder, 'marquee.yaml'))
    expect(await publishedRows({ folder })).toEqual(await publishedRows(twins.embedded))
  })

  it('killed in the middle of an incremental build, leave what was published, and the next build completes it', {
    timeout: 900_000,
  }, async () => {
    const { embedded, distributed } = twins
    for (const { folder, write } of [embedded, distributed]) {
      await rename(join(folder, 'raw/harbour-tv/ratings.csv'), join(folder, 'raw/harbour-tv/panel.csv'))
      const settings = parse(await readFile(join(folder, 'marquee.yaml'), 'utf8')) as { sources: Source[] }
      for (const source of settings.sources)
        source.files = source.files.map((file) => file.replace('harbour-tv/ratings.csv', 'harbour-tv/panel.csv'))
      await addPlays(
        folder,
        settings.sources.findLast(({ kind }) => kind === 'viewing'),
      )
      await write('marquee.yaml', stringify(settings))
    }
    for (const moment of ['panel.csv', 'Looking across rows']) {
      const { code } = await start(['build', '--project', distributed.folder], (said, child) => {
        if (said.includes(moment)) child.kill('SIGKILL')
      })
      expect(code).toBe(null)
      expect(await distributed.ask<{ version: number }>('status')).toMatchObject({ version: 1 })
    }
    await embedded.ask('build')
    await distributed.ask('build')
    await expectEqual(twins)
  })

  it.each([
    ['rare formats, units and rules', rareSources],
    ['no titles', withoutTitles],
  ])('publish the same of %s', { timeout: 900_000 }, async (_, sources) => {
    await expectEqual(await builtTwins(sources))
  })

  it('look at the same lines of sources that are too large for percentiles of all', async () => {
    const profiles = await onBoth(twins, async (engine, { layout, version }) => {
      await openWarehouse(engine, layout)
      const { ledgers: own } = await readBuildRecord(version)
      const ledgers = own.map((ledger) => ({ ...ledger, accepted: 1000 * ledger.accepted }))
      const profile = await buildProfile(engine, ['viewing', 'rating'], ledgers, new Date())
      return profile.tables.map(({ rows, columns }) => [rows, columns.map(({ percentiles }) => percentiles)])
    })
    expect(differences(...profiles)).toEqual([])
  })

  it('publish the same of nothing but a catalogue, and match it alike in batches', { timeout: 900_000 }, async () => {
    const pair = await builtTwins(withoutFacts)
    await expectEqual(pair)
    const batches = await onBoth(pair, async (engine, { layout, settings, parts }) => {
      await engine.createTable('catalogue', noCatalogue)
      const input = { engine, layout, settings, parts, decisions: [], scratch: await temporaryFolder() }
      const found: unknown[] = []
      for await (const batch of referenceBatches(input, { whole: 3, batch: 2 })) found.push(batch)
      return found
    })
    expect(batches[0].length).toBeGreaterThan(2)
    expect(differences(...batches)).toEqual([])
  })

  it('estimate distinct values within the bounds that the documentation gives', async () => {
    const { profile } = await readBuildRecord((await contentsOf(twins.distributed)).version)
    const estimated = profile.tables
      .filter(({ table }) => table === 'viewing')
      .flatMap(({ source, columns }) => columns.map((column) => ({ source, ...column })))
      .filter(({ isDistinctExact, present }) => !isDistinctExact && present > 0)
    expect(estimated.length).toBeGreaterThan(2)
    for (const { source, column, distinct } of estimated) {
      const counted = `SELECT count(DISTINCT ${column}) AS n FROM viewing WHERE source = '${source}'`
      const [row] = (await twins.embedded.ask<{ rows: { n: number }[] }>('query', counted)).rows
      const exact = Number(row?.n)
      expect(Math.abs(distinct - exact), `${source} ${column}`).toBeLessThanOrEqual(
        Math.max(1, 3 * standardError * exact),
      )
    }
  })

  it('run every statement', () => {
    const texts = statementsOnSpark()
    const templates = sqlTemplates([
      'src/**/*.ts',
      ...[...embeddedOnly, ...runElsewhere].map((pattern) => `!${pattern}`),
    ])
    expect(templates.length).toBeGreaterThan(300)
    const never = templates.filter((template) => !texts.some((text) => occursIn(template, text)))
    expect(never.map(({ place }) => place)).toEqual([])
  })
})
