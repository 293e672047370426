import { type Sql, sql } from '../../engine/sql.ts'
import { foldedCharacters } from '../../language/scan-tokens.ts'

/**
 * `TokenScanner` in the SQL of Spark: the same tokens with the same hashes. Letters, marks and scripts are those of Java's version of Unicode, which
 * knows a few rare characters less.
 */
const [letters, kanaAndHan] = [String.raw`\p{L}\p{N}`, String.raw`\p{IsHan}\p{IsHiragana}\p{IsKatakana}`]
const letter = String.raw`[${letters}&&[^${kanaAndHan}]&&[\x{0}-\x{FFFF}]]`
const otherLetter = String.raw`^[\p{L}&&[\x{0}-\x{FFFF}]]`
const tag = '<[/A-Za-z][^>]{0,198}>'
const entity = '&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,7}|[A-Za-z]{1,9});'
const alone = String.raw`[${kanaAndHan}\p{P}\p{S}\x{10000}-\x{10FFFF}]`
const tokenPattern = `${tag}|${entity}|${letter}+(?:['’]${letter}+)*|${alone}`
const innerApostrophe = String.raw`(?<=[^\n])['’](?=[^\n])`
const lengthened = String.raw`([^0-9\n])\1{2,}`

/** Numbers of 32 bits are kept as positive BIGINT; products of two stay below 2^63. */
const bits = 4_294_967_295
const isWord = 4_294_967_296
const [hashStart, hashFactor] = [0x811c9dc5, 0x01000193]

/** What counts of the character `point` in a hash: itself, or its two UTF-16 units. */
const unit = (point: string): Sql => ({
  text: `CASE WHEN ${point} > 65535 THEN ((55296 + shiftright(${point} - 65536, 10)) * 1024L) ^ (56320 + ((${point} - 65536) & 1023)) ELSE ${point} END`,
  values: [],
})

/** What the first character of a token is, as it is written. */
const script = sql`CASE WHEN ascii(token) BETWEEN 13312 AND 40959 THEN 'han' WHEN ascii(token) BETWEEN 12352 AND 12543 THEN 'kana'
  WHEN ascii(token) < 592 THEN CASE WHEN (ascii(token) | 32) BETWEEN 97 AND 122 OR ascii(token) >= 192 THEN 'latin' END
  WHEN token RLIKE ${sql.literal(otherLetter)} THEN 'other' END`

/**
 * The rows of `reviews` with `kept`, their tokens in order: `hash`, and `script`, which is han, kana,
 * latin, other or NULL for what is no letter. `reviews` has a
 * column `text`, which is left out.
 */
export function tokensOf(reviews: Sql): Sql {
  const { from, to } = foldedCharacters()
  const found = sql`SELECT * EXCEPT (text), filter(regexp_extract_all(text, ${sql.literal(tokenPattern)}, 0), token -> NOT (length(token) > 1 AND left(token, 1) IN ('<', '&'))) AS tokens
    FROM ${reviews} reviews`
  const folded = sql`SELECT *, slice(split(regexp_replace(regexp_replace(translate(array_join(tokens, chr(10)), ${sql.literal(from)}, ${sql.literal(to)}),
      ${sql.literal(innerApostrophe)}, ''), ${sql.literal(lengthened)}, '$1$1'), ${sql.literal('\\n')}), 1, size(tokens)) AS folded FROM (${found}) found`
  const hash = sql`aggregate(split(form, ''), CAST(${sql.literal(hashStart)} AS BIGINT), (hash, one) -> CASE WHEN one = '' THEN hash
      ELSE ((hash ^ (${unit('ascii(one)')})) * ${sql.literal(hashFactor)}) & ${sql.literal(bits)} END)`
  const coded = sql`SELECT * EXCEPT (tokens, folded), zip_with(tokens, folded, (token, form) -> named_struct('script', ${script},
      'code', ${hash} + CASE WHEN length(token) > 1 OR token RLIKE ${sql.literal(letter)} THEN ${sql.literal(isWord)} ELSE 0 END)) AS coded FROM (${folded}) folded`
  // Of a mark that is repeated, two count; a word has a code of its own.
  const kept = sql`filter(coded, (token, i) -> NOT coalesce(token.code < ${sql.literal(isWord)} AND get(coded, i - 1).code = token.code AND get(coded, i - 2).code = token.code, false))`
  return sql`SELECT * EXCEPT (coded), transform(${kept}, token -> named_struct('hash', token.code & ${sql.literal(bits)}, 'script', token.script)) AS kept FROM (${coded}) coded`
}
