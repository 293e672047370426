import type { z } from 'zod'
import type { Engine } from '../../engine/engine.ts'
import { sql } from '../../engine/sql.ts'
import { type popularity, popularityOf } from '../algorithm/popularity.ts'
import type { Recommender } from '../recommender.ts'
import type { Pairs } from './pairs.ts'

/** `popularity` of `pairs`, added up where the engine keeps them; one row for each title comes back. */
export async function learnPopularity(
  engine: Engine,
  { rows: pairs, titles }: Pairs,
  { halfLifeDays }: z.output<typeof popularity.settings>,
): Promise<Recommender> {
  const decay = halfLifeDays === null ? sql`1` : sql`power(0.5, p.age_days / ${halfLifeDays})`
  const amounts = new Float64Array(titles)
  for await (const rows of engine.stream<{ title: number; amount: number }>(
    sql`SELECT p.title, sum(p.weight * ${decay}) AS amount FROM ${pairs} p GROUP BY p.title`,
  )) {
    for (const { title, amount } of rows) amounts[title] = amount
  }
  return popularityOf(amounts)
}
