import { createHmac } from 'node:crypto'
import { type Sql, sql } from '../engine/sql.ts'

/** The block size of SHA-256 in bytes, to which HMAC pads its key (RFC 2104). */
const blockBytes = 64

/** HMAC-SHA-256 of `space NUL id` as 64 hexadecimal digits: the name a viewer goes by. */
export function pseudonymOf(id: string, space: string, key: Buffer): string {
  return createHmac('sha256', key).update(`${space}\0${id}`).digest('hex')
}

/**
 * The same as an expression: SHA-256 twice over the padded key, as RFC 2104 writes it out. NULL stays NULL.
 * `key` is at most 64 bytes long.
 */
export function pseudonymSql(id: Sql, space: string, key: Buffer): Sql {
  const padded = Buffer.concat([key, Buffer.alloc(blockBytes - key.length)])
  const pad = (byte: number) =>
    sql`unhex(${sql.literal(Buffer.from(padded.map((value) => value ^ byte)).toString('hex'))})`
  const message = sql`unhex(${sql.literal(Buffer.from(`${space}\0`).toString('hex'))}) || encode(${id})`
  return sql`sha256(${pad(0x5c)} || unhex(sha256(${pad(0x36)} || ${message})))`
}
