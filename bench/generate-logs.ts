import { join } from 'node:path'
import type { Engine } from '../src/engine/engine.ts'
import { sql } from '../src/engine/sql.ts'

/**
 * Writes the classic pair of watch logs: `rows` in all, 80 % in watch_a.csv; 5 % are copies of other rows, 2 % lack one
 * value, 1 % have a negative watch_time; 20,000 titles by Zipf's law, a tenth as many viewers as rows.
 */
export async function generateLogs(engine: Engine, folder: string, rows: number): Promise<void> {
  const base = Math.round(rows * 0.95)
  const random = (salt: number) => sql`(hash(i * 31 + ${sql.literal(salt)}) % 1000003) / 1000003.0`
  const rank = sql`CAST(floor(power(20000, ${random(1)})) AS BIGINT)`
  await engine.execute(sql`CREATE OR REPLACE TEMPORARY TABLE log AS
    SELECT i, CASE WHEN missing = 0 THEN NULL ELSE CAST(1 + hash(i * 7) % ${sql.literal(rows / 10)} AS VARCHAR) END AS user_id,
      CASE WHEN missing = 1 THEN NULL WHEN rank % 50 = 3 THEN 'Night, Season ' || rank WHEN rank % 25 = 7 THEN '长安' || rank ELSE 'Title ' || rank END AS title,
      CASE WHEN missing = 2 THEN NULL ELSE round((CASE WHEN ${random(2)} < 0.01 THEN -1 ELSE 1 END) * (0.005 + 2 * ${random(3)}), 3) END AS watch_time,
      CASE WHEN missing = 3 THEN NULL ELSE strftime(TIMESTAMP '2024-01-01' + INTERVAL 1 SECOND * CAST(31622400 * ${random(4)} AS BIGINT), '%Y-%m-%d %H:%M:%S') END AS started_at,
      CASE WHEN missing = 4 THEN NULL ELSE ['tv', 'phone', 'tablet', 'web', 'console', 'stick'][CAST(1 + hash(i * 11) % 6 AS BIGINT)] END AS device
    FROM (SELECT i, ${rank} AS rank, CASE WHEN ${random(5)} < 0.02 THEN hash(i * 13) % 5 END AS missing
      FROM (SELECT range AS i FROM range(${sql.literal(base)})))`)
  await engine.execute(sql`CREATE OR REPLACE TEMPORARY TABLE shuffled AS
    SELECT user_id, title, watch_time, started_at, device FROM (
      SELECT *, hash(i * 17) AS place FROM log UNION ALL SELECT *, hash(i * 19 + 1) AS place FROM log WHERE hash(i * 23) % 19 = 0) ORDER BY place`)
  const [counted] = await engine.query<{ rows: number }>(sql`SELECT count(*) AS rows FROM shuffled`)
  const first = Math.round((counted?.rows ?? 0) * 0.8)
  for (const [name, part] of [
    ['watch_a.csv', sql`LIMIT ${sql.literal(first)}`],
    ['watch_b.csv', sql`OFFSET ${sql.literal(first)}`],
  ] as const) {
    await engine.execute(
      sql`COPY (SELECT * FROM shuffled ${part}) TO ${sql.literal(join(folder, name))} (FORMAT csv, HEADER)`,
    )
  }
}
