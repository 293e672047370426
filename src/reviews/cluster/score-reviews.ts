import { type Sql, sql } from '../../engine/sql.ts'
import { gramsOf } from './grams.ts'
import { languagesOf } from './languages.ts'
import { tokensOf } from './tokens.ts'

const known = (gram: Sql, weight: Sql): Sql =>
  sql`named_struct('gram', ${gram}, 'coefficient', ${weight}.coefficient, 'weight', ${weight}.weight)`

/**
 * What a linear model finds in each row of `reviews`, which has `review_index`, `title_ref`, `line` and `text`, worked out by Spark: these but the text,
 * `tokens`, `language`, NULL where SQL cannot tell it, and `logit`, NULL where no n-gram is known. `weights` is a relation of the
 * model's n-grams: `gram`, its key as a positive number, `coefficient` and `weight`. As for `LinearSentiment`, an n-gram is known only where those are that
 * it begins with.
 */
export function scoresOf(reviews: Sql, weights: Sql, intercept: number): Sql {
  const read = sql`SELECT *, size(kept) AS tokens FROM (${languagesOf(tokensOf(reviews))}) told`
  const places = sql`SELECT * EXCEPT (grams), explode_outer(grams) AS place FROM (${gramsOf(read)}) found`
  const [one, two, three] = [sql`a`, sql`b`, sql`c`]
  const all = sql`SELECT /*+ BROADCAST(a), BROADCAST(b), BROADCAST(c) */ review_index, title_ref, line, tokens, language,
      explode(array(CASE WHEN a.gram IS NOT NULL THEN ${known(sql`a.gram`, one)} END,
        CASE WHEN a.gram IS NOT NULL AND b.gram IS NOT NULL THEN ${known(sql`b.gram`, two)} END,
        CASE WHEN a.gram IS NOT NULL AND b.gram IS NOT NULL AND c.gram IS NOT NULL THEN ${known(sql`c.gram`, three)} END)) AS gram
    FROM (${places}) p LEFT JOIN ${weights} a ON a.gram = p.place.one LEFT JOIN ${weights} b ON b.gram = p.place.two
      LEFT JOIN ${weights} c ON c.gram = p.place.three`
  const met = sql`SELECT review_index, any_value(title_ref) AS title_ref, any_value(line) AS line, any_value(tokens) AS tokens,
      any_value(language) AS language, collect_set(gram) AS met FROM (${all}) every GROUP BY review_index`
  const sum = (column: Sql) => sql`aggregate(met, 0D, (sum, gram) -> sum + gram.${column})`
  return sql`SELECT * EXCEPT (met, total, length), CASE WHEN length > 0 THEN ${sql.literal(intercept)} + total / sqrt(length) END AS logit
    FROM (SELECT *, ${sum(sql`coefficient`)} AS total, ${sum(sql`weight`)} AS length FROM (${met}) met) summed`
}
