import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { suggest } from '../../src/advice/index.ts'
import { complaintClauses, opinionsOfTargets } from '../../src/advice/query.ts'
import { drivers } from '../../src/reviews/drivers/index.ts'
import type { Warehouse } from '../../src/warehouse/warehouse.ts'
import { differences } from '../support/differences.ts'
import { inventJudged } from '../support/judged-reviews.ts'
import { openSpark } from '../support/spark.ts'
import { createTableViews } from '../support/table-views.ts'
import { contextOf, openWarehouse, type TableRows } from '../support/warehouse.ts'

const spark = inject('spark')
const runtime = 1800
const usual = {
  acting: { mentioned: 0.7, mean: 0.3, effect: 1.2 },
  pace: { mentioned: 0.7, mean: 0.3, effect: 1.5 },
}
const weak = { ...usual, pace: { ...usual.pace, mean: -0.6 } }
const film = { title_type: 'film', year: 2022, runtime_seconds: runtime }

const judged = inventJudged(
  [
    { titleId: 1, count: 40, aspects: weak, firstViewer: 0 },
    ...[2, 3, 4].map((titleId) => ({ titleId, count: 25, aspects: usual, source: 'other', language: 'zh' })),
  ],
  3,
)
const ofOne = judged.review_aspect.filter(({ title_id, aspect }) => title_id === 1 && aspect === 'pace').slice(0, 3)

/** A film that drags, with a place that viewers leave at, and three others. */
const rows: TableRows = {
  ...judged,
  review_aspect: judged.review_aspect.map((row) => ({ ...row, target: ofOne.includes(row) ? 'Ada Lin' : null })),
  title: ['Night Ferry', 'Quiet', 'Harbour', 'Salt'].map((name, index) => ({ title_id: index + 1, name, ...film })),
  title_genre: [1, 2, 3, 4].map((title_id) => ({ title_id, genre: 'Drama' })),
  viewing: Array.from({ length: 240 }, (_, viewer_id) => {
    const end = viewer_id < 40 ? 900 + (viewer_id % 10) : viewer_id < 60 ? 25 * viewer_id : runtime
    return {
      ...{
        title_id: 1,
        viewer_id,
        source: 'app',
        watched_seconds: end,
        position_start_seconds: 0,
        position_end_seconds: end,
      },
    }
  }),
  timed_comment: Array.from({ length: 30 }, (_, index) => ({
    ...{
      title_id: 1,
      viewer_id: index,
      source: 'chat',
      position_seconds: 840 + index,
      text: `endless flashback ${index % 3}`,
    },
  })),
  credit: [{ title_id: 1, person: 'Ada Lin', role: 'actor' }],
  rating: [{ title_id: 2, viewer_id: 7, rating: 8, source: 'stars' }],
}

describe.skipIf(!spark)('on Spark', () => {
  let warehouses: readonly Warehouse[]
  beforeAll(async () => {
    const embedded = await openWarehouse(rows)
    const engine = await openSpark(spark?.address ?? '')
    await createTableViews(engine, rows)
    warehouses = [embedded, { ...embedded, engine }]
  }, 600_000)
  afterAll(() => {
    for (const { engine } of warehouses) engine.close()
  })

  test('drivers are what they are on the embedded engine', { timeout: 600_000 }, async () => {
    const parameters = drivers.parameters.parse({ outcome: ['rating', 'sentiment', 'completion'], leastReviews: 30 })
    const [embedded, distributed] = await Promise.all(
      warehouses.map((warehouse) => drivers.ask(contextOf(warehouse), parameters)),
    )
    expect(embedded?.models.map(({ outcome }) => outcome)).toEqual(['rating', 'sentiment', 'completion'])
    expect(differences(embedded, distributed)).toEqual([])
  })

  test('so are complaints about a person', { timeout: 600_000 }, async () => {
    const [embedded, distributed] = await Promise.all(
      warehouses.map(async ({ engine }) => [
        await engine.query(opinionsOfTargets('1')),
        await engine.query(complaintClauses('1', 'pace', 'Ada Lin')),
      ]),
    )
    expect(embedded?.map(({ length }) => length > 0)).toEqual([true, true])
    expect(differences(embedded, distributed)).toEqual([])
  })

  test('so are suggestions, and completion between titles', { timeout: 600_000 }, async () => {
    const parameters = suggest.parameters.parse({ title: 'Night Ferry', leastReviews: 30, leastMentions: 5 })
    const between = drivers.parameters.parse({ outcome: ['completion'], leastReviews: 100 })
    const [embedded, distributed] = await Promise.all(
      warehouses.map(async (warehouse) => [
        await suggest.ask(contextOf(warehouse), parameters),
        await drivers.ask(contextOf(warehouse), between),
      ]),
    )
    expect(embedded?.[0]).toMatchObject({ rows: [{ kind: 'drop-off' }, { kind: 'aspect', aspect: 'pace' }] })
    expect(differences(embedded, distributed)).toEqual([])
  })
})
