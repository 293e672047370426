import { expect, it } from 'vitest'
import { demandReading, sparkText } from '../../../src/engine/spark/spark-text.ts'

it('writes texts and names as Spark reads them', () => {
  expect(
    sparkText(`SELECT 'it''s', '\\d', '"', "a""b", "c\`d", 'x--y' -- gone '\nFROM t /* gone " */ WHERE a-1 / 2 > ?`),
  ).toBe("SELECT 'it\\'s', '\\\\d', '\"', `a\"b`, `c``d`, 'x--y'  \nFROM t   WHERE a-1 / 2 > ?")
})

it('leaves Spark no way to see a text end elsewhere', () => {
  expect(sparkText("SELECT r'a''; DROP VIEW b'")).toBe("SELECT r 'a\\'; DROP VIEW b'")
  expect(sparkText("SELECT `'` , 1 AS `x``'`, '--'")).toBe("SELECT `'` , 1 AS `x``'`, '--'")
})

it.each([
  'SELECT 1',
  ' select 1 ; ',
  '(SELECT 1) UNION ALL SELECT 2',
  "WITH a AS (SELECT 'INSERT INTO x; reflect(' AS t) SELECT * FROM a",
  'SELECT "update", reflect_count FROM t -- DELETE',
  'EXPLAIN SELECT 1',
])('lets %s read', (statement) => expect(() => demandReading(statement)).not.toThrow())

it.each([
  'DROP VIEW a',
  'SET x = 1',
  'SELECT 1; SELECT 2',
  'WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a',
  'EXPLAIN UPDATE t SET a = 1',
  "SELECT reflect('java.lang.System', 'exit', 0)",
  "SELECT `reflect`('java.lang.System', 'getenv')",
  `SELECT "java_method"('java.lang.System', 'getenv')`,
  'SELECT try_reflect /* */ (1)',
  "SELECT `'`, reflect('java.lang.System', 'exit', 0), `'` FROM t",
  'INSERT INTO t VALUES (1)',
  'SELECT 1 /* unclosed ; */ ; DROP VIEW a',
])('refuses %s', (statement) =>
  expect(() => demandReading(statement)).toThrow(expect.objectContaining({ code: 'read-only' })),
)
