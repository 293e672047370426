import { expect, it } from 'vitest'
import { sql } from '../../src/engine/sql.ts'

it('binds values and splices fragments with theirs, in order', () => {
  const inner = sql`b = ${2}`
  expect(sql`SELECT ${1} WHERE ${inner} AND c IN ${sql.list(['x', 'y'])}`).toEqual({
    text: 'SELECT ? WHERE b = ? AND c IN (?, ?)',
    values: [1, 2, 'x', 'y'],
  })
})

it('quotes identifiers and constants', () => {
  expect(sql.id('a"b').text).toBe('"a""b"')
  expect(sql.literal("it's").text).toBe("'it''s'")
  expect(sql.literal(null).text).toBe('NULL')
  expect(sql.literal(Number.POSITIVE_INFINITY).text).toBe("CAST('Infinity' AS DOUBLE)")
  expect(sql.list([]).text).toBe('(NULL)')
})
