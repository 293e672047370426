import { expect, it } from 'vitest'
import { inlineFunctions } from '../../../src/engine/spark/inline-functions.ts'

it.each([
  ["SELECT regexp_matches(name, '^x')", "SELECT (name RLIKE '^x')"],
  ['SELECT SHA256 ( a || b )', 'SELECT (sha2((a || b), 256))'],
  ['SELECT epoch(t.moment), 1', 'SELECT (unix_micros((t.moment)) / 1e6D), 1'],
  ["SELECT sha256('a), b(')", "SELECT (sha2('a), b(', 256))"],
  [`SELECT sha256("a, ""b("), sha256(\`c, d)\`)`, `SELECT (sha2("a, ""b(", 256)), (sha2(\`c, d)\`, 256))`],
  ['SELECT sha256(list[least(1, 2)])', 'SELECT (sha2((list[least(1, 2)]), 256))'],
  ['SELECT sha256((SELECT max(a) FROM t))', 'SELECT (sha2(((SELECT max(a) FROM t)), 256))'],
])('writes out the call of %s', (statement, text) => expect(inlineFunctions(statement)).toBe(text))

it('writes out calls within calls, those of functions that the function calls too', () => {
  expect(inlineFunctions("SELECT regexp_matches(sha256(concat('a', sha256(b))), 'c')")).toBe(
    "SELECT (((sha2((concat('a', (sha2(b, 256)))), 256))) RLIKE 'c')",
  )
  expect(inlineFunctions('json_items(sha256(a))')).toBe('json_items((sha2(a, 256)))')
})

it('writes out names and constants as often as a function names them, in its order', () => {
  expect(inlineFunctions('SELECT days_between(a, DATE \'2024-01-01\'), days_between(a, "b c")')).toBe(
    'SELECT days_between(a, DATE \'2024-01-01\'), (CAST(datediff("b c", a) AS BIGINT))',
  )
  expect(inlineFunctions("SELECT utc_of(moment, 'Asia/Shanghai')").match(/moment/g)).toHaveLength(3)
})

it('keeps the places of bound values', () => {
  expect(
    inlineFunctions("SELECT ?, replace_pattern(replace_pattern(?, 'a', ?), ?, 'b'), ?").match(/\?|'[ab]'/g),
  ).toEqual(['?', '?', "'a'", '?', '?', "'b'", '?'])
})

it('passes over comments, but for hints', () => {
  expect(inlineFunctions('SELECT /*+ BROADCAST(a) */ sha256(a -- , sha256(\n) /* sha256(b) */ FROM a')).toBe(
    'SELECT /*+ BROADCAST(a) */ (sha2(a, 256))   FROM a',
  )
})

it.each([
  ['a name', 'SELECT epoch, "sha256"(a), t.epoch, `epoch` (b) FROM epoch WHERE \'sha256(a)\' = epoch'],
  ['a name of a relation with names of columns', 'WITH epoch(a) AS (SELECT 1) SELECT * FROM (VALUES (1)) AS sha256(b)'],
  ['a function of a schema', 'SELECT other.sha256(a)'],
  ['a longer name', 'SELECT my_sha256(a), sha256_of(a), été_sha256(a)'],
  ['a wrong number of arguments', 'SELECT sha256(), sha256(a, b), sha256(a, )'],
  ['an open end', 'SELECT sha256(a'],
  ['what would be evaluated twice', "SELECT utc_of(a || b, 'UTC'), utc_of(f(a), 'UTC'), utc_of(?, 'UTC')"],
  ['bound values that would change places', 'SELECT days_between(?, ?), days_between(a, ?)'],
  ['what a lambda would evaluate for each item', 'SELECT json_items(a)'],
  ['a function that Spark has', "SELECT btrim(a, 'b'), timestamp_micros(c)"],
])('leaves %s as it is', (_, statement) => expect(inlineFunctions(statement)).toBe(statement))
