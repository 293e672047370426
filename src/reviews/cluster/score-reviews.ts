import { type Sql, sql } from '../../engine/sql.ts'
import { gramsOf } from './grams.ts'
import { languagesOf } from './languages.ts'
import { tokensOf } from './tokens.ts'

/**
 * What a linear model finds in each row of `reviews`, which has `review_index`, `title_ref`, `line` and `text`, worked out by Spark: these but the text,
 * `tokens`, `language`, NULL where SQL cannot tell it, and `logit`, NULL where no n-gram is known. `weights` is a relation of the
 * model's n-grams: `gram`, its key as a positive number, and `coefficient`.
 */
export function scoresOf(reviews: Sql, weights: Sql, intercept: number): Sql {
  const read = sql`SELECT *, size(kept) AS tokens FROM (${languagesOf(tokensOf(reviews))}) told`
  const grams = sql`SELECT * EXCEPT (grams), explode_outer(grams) AS gram FROM (${gramsOf(read)}) found`
  return sql`SELECT /*+ BROADCAST(w) */ review_index, any_value(g.title_ref) AS title_ref, any_value(g.line) AS line, any_value(g.tokens) AS tokens, any_value(g.language) AS language,
      CASE WHEN count(w.coefficient) > 0 THEN ${sql.literal(intercept)} + sum(w.coefficient) / sqrt(count(w.coefficient)) END AS logit
    FROM (${grams}) g LEFT JOIN ${weights} w ON w.gram = g.gram GROUP BY review_index`
}
