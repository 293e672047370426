import type { z } from 'zod'
import type { Engine } from '../../engine/engine.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import { type ials, learnedByMllib } from '../algorithm/ials.ts'
import type { Recommender } from '../recommender.ts'
import type { Pairs } from './pairs.ts'

/** Groups of viewers that are numbered apart from each other, so that no machine has to put all of them in order. */
const groups = 1000
/** Pairs to a block of MLlib, which takes some 20 bytes for each, so that a worker has room for several. */
const pairsPerBlock = 5_000_000
const fewestBlocks = 4

/** viewer_id and viewer, INTEGER from 1 on without gaps, since MLlib takes no longer ids. */
export const viewerNumbers = (pairs: Sql): Sql => {
  const viewers = sql`(SELECT DISTINCT viewer_id, viewer_id % ${groups} AS part FROM ${pairs} p)`
  return sql`SELECT v.viewer_id, CAST(b.earlier + row_number() OVER (PARTITION BY v.part ORDER BY v.viewer_id) AS INTEGER) AS viewer
    FROM ${viewers} v JOIN (SELECT part, sum(size) OVER (ORDER BY part) - size AS earlier
      FROM (SELECT part, count(*) AS size FROM ${viewers} n GROUP BY part) s) b ON b.part = v.part`
}

/** The rows that MLlib learns from. */
export const alsRows = ({ rows }: Pairs): Sql =>
  sql`SELECT n.viewer, p.title, CAST(p.weight AS FLOAT) AS weight FROM ${rows} p JOIN (${viewerNumbers(rows)}) n ON n.viewer_id = p.viewer_id`

/**
 * Factors of the titles of `pairs` by MLlib's ALS (`learnedByMllib` tells what of `settings` becomes what there); only they come
 * back. frequencyExponent and tolerance are iALS++'s own. `plays` is how many pairs there are, at most.
 */
export async function learnAls(
  factorise: NonNullable<Engine['factorise']>,
  pairs: Pairs & { readonly plays: number },
  settings: z.output<typeof ials.settings>,
  seed: number,
): Promise<Recommender> {
  const { factors: rank, alpha0, l2, passes } = settings
  const blocks = Math.max(fewestBlocks, Math.ceil(pairs.plays / pairsPerBlock))
  const learned = await factorise(alsRows(pairs), { rank, passes, l2: l2 / alpha0, alpha: 1 / alpha0, seed, blocks })
  try {
    const factors = new Float32Array(pairs.titles * rank)
    for await (const rows of learned.titles()) {
      for (const { id, features } of rows) factors.set(features, id * rank)
    }
    return learnedByMllib(settings, factors)
  } finally {
    await learned.delete()
  }
}
