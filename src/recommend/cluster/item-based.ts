import { z } from 'zod'
import type { Engine } from '../../engine/engine.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import type { Neighbours } from '../../kernels/ranking/neighbours.ts'
import { itemBased, itemBasedOf } from '../algorithm/item-based.ts'
import type { Recommender } from '../recommender.ts'
import type { Pairs } from './pairs.ts'

/** Titles of one viewer that are compared with each other: a viewer of n titles makes n (n - 1) / 2 pairs of titles. */
const mostTitles = 500

/** Those of `itemBased`, without adjusted-cosine, which is for ratings. */
export const itemBasedSettings = itemBased.settings.extend({
  similarity: z.enum(['cosine', 'bm25', 'jaccard']).default('cosine'),
})

type Settings = z.output<typeof itemBasedSettings>

const entryTable = sql.id('recommend_entries')

/** viewer_id, title and the value that is multiplied, as `itemBased` weighs them. */
function entries({ rows, titles }: Pairs, { similarity, k1, b }: Settings): Sql {
  const kept = sql`(SELECT viewer_id, title, weight FROM ${rows} p WHERE place <= ${mostTitles})`
  if (similarity === 'cosine') return sql`SELECT viewer_id, title, weight AS value FROM ${kept} k`
  if (similarity === 'jaccard') return sql`SELECT viewer_id, title, CAST(1 AS DOUBLE) AS value FROM ${kept} k`
  return sql`SELECT k.viewer_id, k.title, ln(1 + (${titles} - k.watched + 0.5) / (k.watched + 0.5)) * k.weight * ${k1 + 1}
      / (${k1} * (1 - ${b} + ${b} * t.length / m.mean) + k.weight) AS value
    FROM (SELECT *, count(*) OVER (PARTITION BY viewer_id) AS watched FROM ${kept} k) k
    JOIN (SELECT title, sum(weight) AS length FROM ${kept} k GROUP BY title) t ON t.title = k.title
    CROSS JOIN (SELECT sum(weight) / ${titles} AS mean FROM ${kept} k) m`
}

const similarityOf: Readonly<Record<Settings['similarity'], (settings: Settings) => Sql>> = {
  cosine: ({ shrinkage }) => sql`d.product / (sqrt(i.squares) * sqrt(j.squares) + ${shrinkage})`,
  jaccard: ({ shrinkage }) => sql`d.product / (i.squares + j.squares + ${shrinkage} - d.product)`,
  bm25: () => sql`d.product`,
}

/** title, other, similarity above 0 and place, from 1, of the nearest of each title; of equal ones the lower first. */
function nearest(settings: Settings): Sql {
  const products = sql`SELECT a.title, b.title AS other, sum(a.value * b.value) AS product
    FROM ${entryTable} a JOIN ${entryTable} b ON b.viewer_id = a.viewer_id AND b.title > a.title GROUP BY a.title, b.title`
  const squares = sql`(SELECT title, sum(value * value) AS squares FROM ${entryTable} e GROUP BY title)`
  const similar = sql`SELECT d.title, d.other, CAST(${similarityOf[settings.similarity](settings)} AS FLOAT) AS similarity
    FROM (${products}) d JOIN ${squares} i ON i.title = d.title JOIN ${squares} j ON j.title = d.other`
  const bothWays = sql`SELECT CASE WHEN f.is_turned THEN s.other ELSE s.title END AS title,
      CASE WHEN f.is_turned THEN s.title ELSE s.other END AS other, s.similarity
    FROM (${similar}) s CROSS JOIN (VALUES (false), (true)) f(is_turned) WHERE s.similarity > 0`
  return sql`SELECT title, other, similarity, place FROM (SELECT title, other, similarity,
      row_number() OVER (PARTITION BY title ORDER BY similarity DESC, other) AS place FROM (${bothWays}) w) n
    WHERE place <= ${settings.neighbours}`
}

/** The first `count` of each `most` places, one after another. */
function compact(count: Uint32Array, most: number, index: Uint32Array, value: Float32Array): Neighbours {
  const start = new Uint32Array(count.length + 1)
  for (const [title, own] of count.entries()) {
    const to = start[title] as number
    start[title + 1] = to + own
    index.copyWithin(to, title * most, title * most + own)
    value.copyWithin(to, title * most, title * most + own)
  }
  const total = start[count.length] as number
  return { start, index: index.slice(0, total), value: value.slice(0, total) }
}

/** Memory that the neighbours take on this machine, in bytes. */
export const nearestBytes = (titles: number, { neighbours }: Settings) => 16 * titles * Math.min(neighbours, titles)

/**
 * `itemBased` of `pairs`, compared where the engine keeps them: only the nearest of each title come back. Of a viewer of more than 500 titles
 * those 500 count that weigh most, of equal ones the newest; where no viewer has more, the result is that of `itemBased`.
 * O(sum of squared history lengths) on the cluster.
 */
export async function learnItemBased(engine: Engine, pairs: Pairs, settings: Settings): Promise<Recommender> {
  const most = Math.min(settings.neighbours, pairs.titles)
  const index = new Uint32Array(pairs.titles * most)
  const value = new Float32Array(pairs.titles * most)
  const count = new Uint32Array(pairs.titles)
  await engine.createTable('recommend_entries', entries(pairs, settings))
  try {
    type Near = { title: number; other: number; similarity: number; place: number }
    for await (const rows of engine.stream<Near>(nearest(settings))) {
      for (const { title, other, similarity, place } of rows) {
        index[title * most + place - 1] = other
        value[title * most + place - 1] = similarity
        count[title] = (count[title] as number) + 1
      }
    }
  } finally {
    await engine.dropTable('recommend_entries')
  }
  return itemBasedOf(compact(count, most, index, value))
}
