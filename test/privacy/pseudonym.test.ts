import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DuckdbEngine } from '../../src/engine/duckdb.ts'
import { type Sql, sql } from '../../src/engine/sql.ts'
import { pseudonym, pseudonymSql, viewerId, viewerIdSql } from '../../src/privacy/pseudonym.ts'

let engine: DuckdbEngine
beforeAll(async () => {
  engine = await DuckdbEngine.open()
})
afterAll(() => engine.close())

async function evaluate(expression: Sql) {
  const [row] = await engine.query(sql`SELECT ${expression} AS answer`)
  return row?.answer
}

// RFC 4231, test cases 1, 2 and 4: an HMAC over text is the pseudonym's construction with the separator inside the data.
test('the construction in SQL gives the digests of RFC 4231', async () => {
  const vectors: [key: string, data: string, digest: string][] = [
    ['0b'.repeat(20), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [
      Buffer.from('Jefe').toString('hex'),
      'what do ya want for nothing?',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
  ]
  for (const [key, data, digest] of vectors) {
    const bytes = Buffer.from(key, 'hex')
    expect(createHmac('sha256', bytes).update(data).digest('hex')).toBe(digest)
    expect(await evaluate(withoutSeparator(pseudonymSql(sql`${data}`, '', bytes)))).toBe(digest)
  }
})

/** The same expression over the data alone: the separator is the last byte of the inner prefix. */
function withoutSeparator(expression: Sql): Sql {
  return {
    text: expression.text,
    values: expression.values.map((value) =>
      typeof value === 'string' ? value.replace(/^((?:..){64})00$/, '$1') : value,
    ),
  }
}

test('Node and the engine give the same pseudonym and the same viewer', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      async (id, space, bytes) => {
        const key = Buffer.from(bytes)
        const expected = pseudonym(id, space, key)
        expect(await evaluate(pseudonymSql(sql`CAST(${id} AS VARCHAR)`, space, key))).toBe(expected)
        expect(await evaluate(sql`CAST(${viewerIdSql(sql`${expected}`)} AS VARCHAR)`)).toBe(String(viewerId(expected)))
      },
    ),
    { numRuns: 50 },
  )
})

test('a viewer is the first 63 bits', async () => {
  for (const digits of ['ffffffffffffffff', '0000000000000000', '8000000000000001']) {
    const expected = BigInt(`0x${digits}`) >> 1n
    expect(viewerId(digits)).toBe(expected)
    expect(await evaluate(sql`CAST(${viewerIdSql(sql`${digits}`)} AS VARCHAR)`)).toBe(String(expected))
  }
})

test('id spaces and keys keep equal ids apart, and no id stays no id', async () => {
  const key = Buffer.alloc(32, 7)
  const all = [pseudonym('1', 'a', key), pseudonym('1', 'b', key), pseudonym('1', 'a', Buffer.alloc(32, 8))]
  expect(new Set(all).size).toBe(3)
  expect(await evaluate(pseudonymSql(sql`CAST(NULL AS VARCHAR)`, 'a', key))).toBeNull()
})
