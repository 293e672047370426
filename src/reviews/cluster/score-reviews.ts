import { type Sql, sql } from '../../engine/sql.ts'
import { mostCount } from '../sentiment/linear/scan-grams.ts'
import { gramsOf } from './grams.ts'
import { languagesOf } from './languages.ts'
import { tokensOf } from './tokens.ts'

const known = (gram: Sql, weight: Sql): Sql =>
  sql`named_struct('gram', ${gram}, 'coefficient', ${weight}.coefficient, 'weight', ${weight}.weight)`

/** The n-gram met last, how many times, and what all come to so far: nothing yet. */
const none = sql`named_struct('gram', 0L, 'times', 0, 'total', 0D, 'length', 0D)`
const value = (times: Sql): Sql => sql`(1 + ln(${times}))`

/** What `acc` becomes where n-gram `g` is met, equal ones one after another. */
function withGram(): Sql {
  const times = sql`CASE WHEN g.gram = acc.gram THEN least(acc.times + 1, ${sql.literal(mostCount)}) ELSE 1 END`
  const before = sql`CASE WHEN g.gram = acc.gram THEN ${value(sql`acc.times`)} ELSE 0D END`
  return sql`named_struct('gram', g.gram, 'times', ${times}, 'total', acc.total + g.coefficient * (${value(times)} - ${before}),
    'length', acc.length + g.weight * (pow(${value(times)}, 2) - pow(${before}, 2)))`
}

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
      any_value(language) AS language, sort_array(collect_list(gram)) AS met FROM (${all}) every GROUP BY review_index`
  return sql`SELECT * EXCEPT (met, sum), CASE WHEN sum.length > 0 THEN ${sql.literal(intercept)} + sum.total / sqrt(sum.length) END AS logit
    FROM (SELECT *, aggregate(met, ${none}, (acc, g) -> ${withGram()}) AS sum FROM (${met}) met) summed`
}
