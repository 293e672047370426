import { type Sql, sql } from '../../engine/sql.ts'
import { englishStopWords, leastStopShare, leastWords } from '../../language/language-of.ts'

/**
 * The rows of `tokens` with `language`, as `languageOf` tells it; NULL where the letters of the text have to be looked at, which SQL does not do
 * (franc).
 */
export function languagesOf(tokens: Sql): Sql {
  const stops = sql.join([...englishStopWords()].filter((hash) => hash !== 0).map((hash) => sql.literal(hash >>> 0)))
  const count = (condition: Sql) => sql`size(filter(kept, token -> ${condition}))`
  const isWord = sql`token.script IN ('latin', 'other')`
  const counted = sql`SELECT *, ${count(sql`token.script = 'han'`)} AS han, ${count(sql`token.script = 'kana'`)} AS kana,
      ${count(sql`token.script = 'latin'`)} AS latin, ${count(isWord)} AS words, ${count(sql`${isWord} AND token.hash IN (${stops})`)} AS stops
    FROM (${tokens}) tokens`
  return sql`SELECT * EXCEPT (han, kana, latin, words, stops), CASE WHEN kana > 1 AND 10 * kana > han THEN 'jpn' WHEN han > 0 AND 2 * han >= words THEN 'zh'
      WHEN 2 * latin < words THEN NULL WHEN stops >= greatest(1, ${sql.literal(leastStopShare)} * words) THEN 'en'
      WHEN words < ${sql.literal(leastWords)} THEN 'und' END AS language FROM (${counted}) counted`
}
