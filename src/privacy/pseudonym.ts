import { createHmac } from 'node:crypto'
import { type Sql, sql } from '../engine/sql.ts'

const sha256BlockBytes = 64
const separator = '\0'

/** HMAC-SHA-256 (RFC 2104) of an id within its id space: 64 hexadecimal digits, equal in every build with the same key. */
export function pseudonym(id: string, space: string, key: Buffer): string {
  return createHmac('sha256', key).update(`${space}${separator}${id}`).digest('hex')
}

/** The first 63 bits of a pseudonym: a BIGINT that is never negative. */
export function viewerId(hexadecimal: string): bigint {
  return BigInt(`0x${hexadecimal.slice(0, 16)}`) >> 1n
}

/**
 * `pseudonym` as an expression over a text expression (NULL stays NULL), with key material in bound values only.
 * Written out as H(K ^ opad, H(K ^ ipad, text)) since engines have SHA-256 but no HMAC; the key is at most 64 bytes.
 */
export function pseudonymSql(idExpression: Sql, space: string, key: Buffer): Sql {
  const inner = Buffer.concat([pad(key, 0x36), Buffer.from(`${space}${separator}`)]).toString('hex')
  const outer = pad(key, 0x5c).toString('hex')
  return sql`sha256_bytes(unhex(${outer}) || unhex(sha256_bytes(unhex(${inner}) || utf8_bytes(${idExpression}))))`
}

/** `viewerId` as an expression over a pseudonym expression. */
export function viewerIdSql(pseudonymExpression: Sql): Sql {
  return sql`first_63_bits(${pseudonymExpression})`
}

function pad(key: Buffer, byte: number): Buffer {
  return Buffer.from(Array.from({ length: sha256BlockBytes }, (_, index) => (key[index] ?? 0) ^ byte))
}
