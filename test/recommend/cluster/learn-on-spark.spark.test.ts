import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Engine } from '../../../src/engine/engine.ts'
import { sql } from '../../../src/engine/sql.ts'
import { rowOf, sparseMatrix } from '../../../src/kernels/matrices/sparse.ts'
import { ials } from '../../../src/recommend/algorithm/ials.ts'
import { readCatalogue } from '../../../src/recommend/catalogue.ts'
import { alsRows, learnAls, viewerNumbers } from '../../../src/recommend/cluster/als.ts'
import { itemBasedSettings, learnItemBased } from '../../../src/recommend/cluster/item-based.ts'
import { drawSample, keepPairs, type PairCounts, type Pairs } from '../../../src/recommend/cluster/pairs.ts'
import { learnPopularity } from '../../../src/recommend/cluster/popularity.ts'
import type { Recommender } from '../../../src/recommend/recommender.ts'
import { history, scoresOf } from '../../contracts/recommender.ts'
import { differences } from '../../support/differences.ts'
import { openSpark } from '../../support/spark.ts'
import { createTableViews } from '../../support/table-views.ts'
import { tasteTables } from '../../support/taste-tables.ts'
import { tastes } from '../../support/tastes.ts'
import { openWarehouse } from '../../support/warehouse.ts'

const spark = inject('spark')
const titles = 40
/** The last title is watched by nobody. */
const set = tastes({ viewers: 30, titles })
const facts = [...(set.facts ?? []), { ...set.facts?.[0], name: 'Unwatched', genres: [] }] as typeof set.facts
const tables = tasteTables({ ...set, ...(facts ? { facts } : {}) })
const weighing = { halfLifeDays: 50 }

describe.skipIf(!spark)('on Spark', () => {
  let engines: readonly [Engine, Engine]
  let pairs: readonly [Pairs & PairCounts, Pairs & PairCounts]
  beforeAll(async () => {
    const embedded = (await openWarehouse(tables)).engine
    const cluster = await openSpark(spark?.address ?? '')
    await createTableViews(cluster, tables)
    engines = [embedded, cluster]
    pairs = [await keepPairs(embedded, titles + 1, weighing), await keepPairs(cluster, titles + 1, weighing)]
  }, 600_000)
  afterAll(() => {
    for (const engine of engines) engine.close()
  })

  const scores = (model: Recommender) =>
    Array.from({ length: model.titles }, (_, title) => [...scoresOf(model, history(title))])
  const onBoth = async <T>(work: (engine: Engine, of: Pairs & PairCounts) => Promise<T>) =>
    [await work(engines[0], pairs[0]), await work(engines[1], pairs[1])] as const

  test.each([{ similarity: 'cosine' }, { similarity: 'jaccard', shrinkage: 1 }, { similarity: 'bm25', neighbours: 9 }])(
    'item-based is what it is on the embedded engine: %j',
    async (change) => {
      const settings = itemBasedSettings.parse(change)
      const [embedded, cluster] = await onBoth(async (...given) => scores(await learnItemBased(...given, settings)))
      expect(differences(embedded, cluster)).toEqual([])
      expect(cluster.flat().some((score) => score > 0)).toBe(true)
    },
  )

  test('popularity is too', async () => {
    const [embedded, cluster] = await onBoth(async (...given) =>
      scores(await learnPopularity(...given, { halfLifeDays: 20 })),
    )
    expect(differences(embedded, cluster)).toEqual([])
  })

  test('the same viewers are held out', async () => {
    const [embedded, cluster] = await onBoth(async (engine, of) =>
      drawSample(engine, of, await readCatalogue(engine), 5),
    )
    expect(cluster.splits).toHaveLength(1)
    expect(cluster.splits).toEqual(embedded.splits)
  })

  describe('ALS of MLlib', () => {
    const [alpha0, l2] = [0.2, 0.05]
    const settings = ials.settings.parse({ factors: 8, alpha0, l2, passes: 4 })

    test('is solved for a viewer as MLlib solves for it', { timeout: 600_000 }, async () => {
      const [, cluster] = engines
      const factorise = cluster.factorise?.bind(cluster)
      if (!factorise) throw new Error('Spark factorises')
      const of = pairs[1]
      const model = await learnAls(factorise, of, settings, 3)
      const theirs = await factorise(alsRows(of), {
        ...{ rank: 8, passes: 4, l2: l2 / alpha0, alpha: 1 / alpha0, seed: 3, blocks: 4 },
      })
      const all = async (factors: AsyncIterable<readonly { id: number; features: readonly number[] }[]>) => {
        const found = new Map<number, readonly number[]>()
        for await (const rows of factors) for (const { id, features } of rows) found.set(id, features)
        return found
      }
      const [viewers, items] = [await all(theirs.viewers()), await all(theirs.titles())]
      await theirs.delete()
      expect(viewers.size).toBe(of.viewers)
      expect(items.has(titles)).toBe(false)
      type Row = { viewer: number; title: number; weight: number }
      const rows = await cluster.query<Row>(sql`${alsRows(of)} ORDER BY 1, 2`)
      const histories = sparseMatrix(of.viewers + 1, titles + 1, {
        row: Uint32Array.from(rows, ({ viewer }) => viewer),
        column: Uint32Array.from(rows, ({ title }) => title),
        value: Float32Array.from(rows, ({ weight }) => weight),
      })
      for (const [viewer, x] of viewers) {
        const own = scoresOf(model, rowOf(histories, viewer))
        const largest = Math.max(...own)
        expect(largest).toBeGreaterThan(0.1)
        for (const [title, y] of items) {
          const score = x.reduce((sum, value, k) => sum + value * (y[k] as number), 0)
          expect(Math.abs((own[title] as number) - score)).toBeLessThan(1e-3 * largest)
        }
        expect(own[titles]).toBe(0)
      }
      expect(model.similar(titles, 5)).toEqual([])
      expect(model.similar(0, 5).map(({ title }) => title)).not.toContain(titles)
    })

    test('numbers viewers from 1 on without gaps, alike on both engines', async () => {
      const [embedded, cluster] = await onBoth((engine, { rows }) =>
        engine.query<{ viewer: number }>(sql`${viewerNumbers(rows)} ORDER BY viewer`),
      )
      expect(cluster).toEqual(embedded)
      expect(cluster.map(({ viewer }) => viewer)).toEqual(Array.from(cluster, (_, at) => at + 1))
    })
  })
})
