import { type Sql, sql } from '../../engine/sql.ts'

const bits = 4_294_967_295
const [first, second] = [0x2c1b3c6d, 0x297a2d39]

/** The keys of runs that are a token longer than those of `keys`; each key with the hash of the token after its run. */
const lengthened = (keys: Sql, hashes: Sql): Sql => {
  const joined = sql`zip_with(${keys}, ${hashes}, (key, hash) -> (((key ^ shiftright(key, 15)) * ${sql.literal(first)}) & ${sql.literal(bits)}) ^ hash)`
  const mixed = sql`transform(${joined}, h -> ((h ^ shiftright(h, 12)) * ${sql.literal(second)}) & ${sql.literal(bits)})`
  return sql`transform(${mixed}, k -> CASE WHEN k ^ shiftright(k, 15) = 0 THEN 1 ELSE k ^ shiftright(k, 15) END)`
}

const withoutLast = (list: Sql): Sql => sql`slice(${list}, 1, greatest(size(${list}) - 1, 0))`

/**
 * The rows of `tokens` with `grams`: of each token the keys, as `GramScanner` has them, of the runs of one, two and three tokens that begin there
 * (`one`, `two`, `three`, NULL where the text ends before). `kept` is left out.
 */
export function gramsOf(tokens: Sql): Sql {
  const hashes = sql`SELECT *, transform(kept, token -> token.hash) AS hashes FROM (${tokens}) tokens`
  const single = sql`SELECT *, ${lengthened(sql`transform(hashes, hash -> 0L)`, sql`hashes`)} AS one FROM (${hashes}) hashed`
  const after = (count: number) => sql`slice(hashes, ${sql.literal(count + 1)}, size(hashes))`
  const double = sql`SELECT *, ${lengthened(withoutLast(sql`one`), after(1))} AS two FROM (${single}) single`
  const triple = sql`SELECT *, ${lengthened(withoutLast(sql`two`), after(2))} AS three FROM (${double}) double`
  return sql`SELECT * EXCEPT (kept, hashes, one, two, three), arrays_zip(one, two, three) AS grams FROM (${triple}) triple`
}
