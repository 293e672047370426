import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { registry } from '../../src/cli/registry.ts'
import { sql } from '../../src/engine/sql.ts'
import { layoutOf } from '../../src/project/layout.ts'
import { loadSettings } from '../../src/project/load-settings.ts'
import { openEngine } from '../../src/project/open-engine.ts'
import { openWarehouse } from '../../src/warehouse/open-warehouse.ts'
import { tables } from '../../src/warehouse/schema.ts'
import { askBoth, samplesOf } from '../support/ask-both.ts'
import { start } from '../support/command.ts'
import type { TestProject } from '../support/project.ts'
import type { Samples } from '../support/question-ways.ts'
import { occursIn, recordStatements, sqlTemplates } from '../support/sql-templates.ts'
import { makeTwins, type Twins } from '../support/twins.ts'

const spark = inject('spark')

let twins: Twins
let samples: Samples
let statementsOnSpark: () => string[]

/** Questions that look at no table, or change the project; all others are asked on both engines. */
const notAsked = ['demo', 'init', 'add', 'build', 'quarantine replay', 'simulate', 'spark up', 'doctor']

/** Where statements stand that never go to Spark. */
const embeddedOnly = [
  // The contract of engines runs these.
  'src/engine/**',
  // On Spark the keys of rows are hashes of them (row-keys.ts).
  'src/ingest/look-up-keys.ts',
  // `add` looks at files with the embedded engine.
  'src/ingest/read-sample.ts',
]

async function publishedRows({ folder }: TestProject): Promise<Record<string, unknown>> {
  const layout = layoutOf(folder)
  const engine = await openEngine(layout, await loadSettings(layout.settings))
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
async function record({ folder }: TestProject): Promise<unknown> {
  const layout = layoutOf(folder)
  const version = (await readFile(layout.current, 'utf8')).trim()
  const text = await readFile(join(layout.versions, version, 'build.json'), 'utf8')
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
    twins = await makeTwins(spark?.address ?? '', { viewers: 60, days: 5 })
    await twins.embedded.ask('build')
    samples = await samplesOf(twins.embedded)
  })
  afterAll(() => twins?.remove())

  it('publish the same rows, ledgers, quality and quarantine', { timeout: 400_000 }, async () => {
    await twins.distributed.ask('build')
    await expectEqual(twins)
  })

  it.each(Object.keys(registry).filter((name) => !notAsked.includes(name)))(
    'answer alike: %s',
    { timeout: 300_000 },
    async (name) => {
      const question = await registry[name]?.()
      if (!question) throw new Error(`No question ${name}`)
      expect(await askBoth(twins, question, samples)).toEqual([])
    },
  )

  it('run every statement', () => {
    const texts = statementsOnSpark()
    const templates = sqlTemplates(['src/**/*.ts', ...embeddedOnly.map((pattern) => `!${pattern}`)])
    expect(templates.length).toBeGreaterThan(300)
    const never = templates.filter((template) => !texts.some((text) => occursIn(template, text)))
    expect(never.map(({ place }) => place)).toEqual([])
  })

  it('killed in the middle, leaves what was published, and the next one completes it', {
    timeout: 600_000,
  }, async () => {
    const { embedded, distributed } = twins
    for (const { folder, write } of [embedded, distributed]) {
      await rename(join(folder, 'raw/harbour-tv/ratings.csv'), join(folder, 'raw/harbour-tv/panel.csv'))
      const settings = parse(await readFile(join(folder, 'marquee.yaml'), 'utf8')) as { sources: { files: string[] }[] }
      for (const source of settings.sources)
        source.files = source.files.map((file) => file.replace('harbour-tv/ratings.csv', 'harbour-tv/panel.csv'))
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
})
